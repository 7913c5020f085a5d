package token

import (
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ui/widget"
)

// buildLines builds the rows of a pane.
func buildLines(p *Pane, clock explain.Clock, s shape) lines {
	b, r := builder{t: s.theme, clock: clock, width: s.width}, p.report
	b.fault(r.Fault, p.entry.Probed)
	failed, signed := verdict(r, clock)
	if p.Stale {
		b.line(explain.Line{Tone: explain.Warn, Text: staleText}, b.t.Warn.Bold(true))
		b.t = b.t.Faded()
	} else {
		b.failures(failed)
	}
	for _, note := range p.notes {
		b.line(note, b.t.Tone(note.Tone))
	}
	b.source(r)
	out := lines{shape: s, foldable: b.segments(r.Segments, p.whole)}
	for _, part := range r.Parts() {
		if part.Text != "" {
			b.blank()
			b.paragraph(widget.Fit(part.Title, labelWidth), part.Text, b.t.Plain)
			continue
		}
		b.object(part.Title, part.Members)
	}
	out.signature, out.findings = len(b.rows), len(b.rows)
	if !p.Stale {
		b.signature(signed)
		out.findings = len(b.rows)
		b.findings(r.Findings)
	}
	out.rows = b.rows
	return out
}

// age writes the lines about the signature again, which say how old a key is that
// was fetched.
func (l *lines) age(r *explain.Report, clock explain.Clock) {
	b := builder{t: l.shape.theme, clock: clock, width: l.shape.width, rows: l.rows[:l.signature:l.signature]}
	_, signed := verdict(r, clock)
	b.signature(signed)
	l.rows, l.findings = append(b.rows, l.rows[l.findings:]...), len(b.rows)
}

const staleText = "this is the last token that could be signed; the document has changed since"

// verdict returns the lines above the token. If a key has made the signature, the
// lines about it stand below the claims.
func verdict(r *explain.Report, clock explain.Clock) (first, signed []explain.Line) {
	all := r.Verdict(clock)
	if r.Key == nil {
		return all, nil
	}
	return all[:len(r.Failures)], all[len(r.Failures):]
}

// fault says what was made wrong about the token on purpose, and what a probe found.
func (b *builder) fault(f *explain.FaultFacts, probed explain.Line) {
	if f == nil {
		return
	}
	lines := f.Lines()
	b.line(lines[0], b.t.Bad.Bold(true))
	b.paragraph("  ", lines[1].String(), b.t.Plain)
	for _, line := range lines[2:] {
		b.paragraph("  ", line.String(), b.t.Faint)
	}
	if probed.Text != "" {
		probed.Label = "the probed API"
		b.line(probed, b.t.Strong)
	}
	b.blank()
}

// failures says loudly why the token is not good: all checks that it failed, or that
// nobody has checked it.
func (b *builder) failures(lines []explain.Line) {
	for _, line := range lines {
		style := b.t.Tone(line.Tone).Bold(true)
		if line.Do == "" {
			b.line(line, style)
			continue
		}
		b.line(explain.Line{Tone: line.Tone, Label: line.Label, Text: line.Text}, style)
		b.paragraph("  ", line.Advice(), b.t.Faint)
	}
}

// source says what the token was extracted from, and that there are more.
func (b *builder) source(r *explain.Report) {
	if r.Around != "" {
		b.line(explain.Line{Text: r.Around}, b.t.Faint)
	}
	if r.Others != "" {
		b.line(explain.Line{Text: r.Others, Do: "o shows the next"}, b.t.Warn)
	}
}

// signature says who signed.
func (b *builder) signature(lines []explain.Line) {
	if len(lines) == 0 {
		return
	}
	b.blank()
	for _, line := range lines {
		b.line(line, b.t.Tone(line.Tone))
	}
}

func (b *builder) findings(findings []explain.Line) {
	if len(findings) == 0 {
		return
	}
	b.blank()
	b.add(b.t.Strong.Render(phrase.Count(len(findings), "finding", "findings")))
	for _, f := range findings {
		b.paragraph(f.Tone.Sign()+" "+f.Label+": ", f.Said(), b.t.Tone(f.Tone))
	}
}

package token

import (
	"slices"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// content is what a pane says, as it was built for a shape.
type content struct {
	lines []line
	stops []int // the lines that are rows
	grid  grid
	shape shape
	// aged are the lines that say how old a key is that was fetched.
	aged lineSpan
}

// lineSpan is some lines: from the first up to the one before the end.
type lineSpan struct{ first, end int }

// shape is everything that the lines depend on.
type shape struct {
	report  *explain.Report
	size    size
	room    int // lines that are visible
	day     int // a moment of today is drawn without its date
	local   bool
	stale   bool
	preview bool
	theme   *widget.Theme
	folds   int          // how often something was folded
	again   explain.Line // about a token that is not signed
}

// build builds the lines of a pane: first the fault that a token was made with, the verdict
// and what to do about it, then the claims, the header, the findings and the compact form.
func build(p *Pane, clock explain.Clock, s shape) content {
	b, r := builder{t: s.theme, clock: clock, size: s.size, folds: p.sheet.folds}, s.report
	out := content{shape: s}
	if !s.preview {
		b.fault(r.Fault, p.shown.entry.Probed)
		out.aged = b.verdict(r, p)
		if s.again.Text != "" {
			b.line(s.again, b.t.Tone(s.again.Tone))
		}
		b.source(r)
	}
	if s.stale {
		b.t = b.t.Faded()
	}
	b.parts(r)
	if !s.stale && !s.preview {
		b.findings(r)
	}
	b.group()
	b.compact(r.Segments)
	if s.preview {
		b.previewNotes(p, s.room)
	}
	out.lines, out.grid = b.lines, b.grid
	for i := range out.lines {
		if out.lines[i].row != nil {
			out.stops = append(out.stops, i)
		}
	}
	return out
}

const staleText = "this is the last token that could be signed; the document has changed since"

// verdict says whether the token is good and what to do if it is not: every check that it
// failed, who signed, what else is known of the keys, and the keys of the keyboard that
// help. It returns the lines about the signature.
func (b *builder) verdict(r *explain.Report, p *Pane) lineSpan {
	failed, signed := verdictOf(r, b.clock)
	if p.Stale {
		b.line(explain.Line{Tone: explain.Warn, Text: staleText}, b.t.Warn.Bold(true))
		failed, signed = nil, nil
	}
	b.failures(failed)
	aged := lineSpan{first: len(b.lines)}
	b.signature(signed)
	aged.end = len(b.lines)
	b.notes(p)
	for _, way := range p.said.ways {
		lead := "  " + b.t.HelpKey.Render(way.Key) + "  "
		for _, text := range widget.Wrap(visible.Text(way.Text), b.size.width-widget.Width(lead)) {
			b.add(lead + b.t.Plain.Render(text))
			lead = "     "
		}
	}
	return aged
}

// notes says what a pane says besides.
func (b *builder) notes(p *Pane) {
	for _, note := range p.said.notes {
		b.line(note, b.t.Tone(note.Tone))
	}
}

// previewNotes says below a preview what is to be said about it. Those notes about its claims
// that are not visible there have a line above them.
func (b *builder) previewNotes(p *Pane, room int) {
	about := p.said.about
	if len(about)+len(p.said.notes) > 0 {
		b.group()
	}
	for _, note := range about {
		b.line(note, b.t.Tone(note.Tone))
	}
	if len(about) > 0 && len(b.lines) > room {
		text := phrase.Count(len(about), "note", "notes") + ": " + visible.Text(about[0].String())
		top := line{text: b.t.Warn.Render(widget.Clip(widget.Warn.Sign()+" "+text, b.size.width))}
		b.lines = slices.Insert(b.lines, 0, top)
	}
	b.notes(p)
}

// age writes the lines about the signature again, which say how old a key is that was
// fetched.
func (out *content) age(r *explain.Report, clock explain.Clock) {
	b := builder{t: out.shape.theme, clock: clock, size: out.shape.size}
	_, signed := verdictOf(r, clock)
	b.signature(signed)
	if more := len(b.lines) - (out.aged.end - out.aged.first); more != 0 {
		out.lines = slices.Replace(out.lines, out.aged.first, out.aged.end, b.lines...)
		out.aged.end += more
		for i := range out.stops {
			out.stops[i] += more
		}
		return
	}
	copy(out.lines[out.aged.first:], b.lines)
}

// verdictOf returns the checks that failed, and what is known of the signature.
func verdictOf(r *explain.Report, clock explain.Clock) (failed, signed []explain.Line) {
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
	b.group()
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

// signature says who signed.
func (b *builder) signature(lines []explain.Line) {
	for _, line := range lines {
		b.stated(line)
	}
}

// source says what the token was extracted from, and that there are more.
func (b *builder) source(r *explain.Report) {
	if r.Around != "" {
		b.line(explain.Line{Text: r.Around}, b.t.Faint)
	}
	if r.Others != "" {
		b.line(explain.Line{Text: r.Others, Do: "tab shows the next"}, b.t.Warn)
	}
}

// findings says what is odd or dangerous, or that nothing is.
func (b *builder) findings(r *explain.Report) {
	if len(r.Findings) == 0 {
		if r.Token.Claims != nil && b.size.roomy {
			b.labelled("findings", "none", b.t.Good)
		}
		return
	}
	b.group()
	b.add(b.t.Strong.Render(phrase.Count(len(r.Findings), "finding", "findings")))
	for _, f := range r.Findings {
		b.paragraph(f.Tone.Sign()+" "+f.Label+": ", f.Said(), b.t.Tone(f.Tone))
	}
}

package token

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/jwks"
	"tokendesk/ui/widget"
)

// shortPart is how many lines a part of a token may take before it is folded.
const shortPart = 6

// row is one line of the pane. A date's distance from now is put in when the
// line is drawn, so that the rows need not be built every second.
type row struct {
	text string
	date *auth.NumericDate
}

// draw returns the line as it is at a moment.
func (r row) draw(t *widget.Theme, now time.Time, width int) string {
	if r.date == nil {
		return r.text
	}
	left := width - widget.Width(r.text) - 2
	ago := phrase.Distance(r.date.Sub(now), "0s ago")
	if left < len(ago) {
		return r.text
	}
	return r.text + ", " + t.Plain.Render(ago)
}

// rowBuilder puts the lines of a pane together.
type rowBuilder struct {
	t     *widget.Theme
	now   time.Time
	zone  *time.Location
	width int
	rows  []row
	fault *fault.Fault // that the token has, or nil
}

// buildRows returns the lines of a pane, and whether its token can be folded.
func buildRows(p *Pane, t *widget.Theme, now time.Time, zone *time.Location, width int) ([]row, bool) {
	e := p.entry
	b := rowBuilder{t: t, now: now, zone: zone, width: width, fault: e.Fault}
	b.defect(e.Probed)
	if p.Stale {
		b.paragraph("▲ ", "this is not what is typed, which cannot be signed; it is the last token that could", t.Warn.Bold(true))
		b.t = t.Faded()
	} else {
		b.verdict(e)
	}
	if p.Note.Text != "" {
		b.paragraph(p.Note.Tone.Sign(), p.Note.Text, b.t.Tone(p.Note.Tone))
	}
	b.source(p)
	foldable := b.compact(e.Token, p.whole)
	if e.Token.Header != nil {
		b.object("header", fault.PartHeader, e.Token.Header, b.headerNote)
	}
	if e.Token.Claims != nil {
		b.object("claims", fault.PartPayload, e.Token.Claims, b.claimNote)
	}
	if !p.Stale {
		b.signature(e)
		b.findings(auth.Findings(e.Token, now))
	}
	return b.rows, foldable
}

func (b *rowBuilder) add(text string) { b.rows = append(b.rows, row{text: text}) }

func (b *rowBuilder) blank() {
	if len(b.rows) > 0 {
		b.add("")
	}
}

// paragraph adds wrapped text behind a sign; lines after the first stand under
// the text.
func (b *rowBuilder) paragraph(sign, text string, style lipgloss.Style) {
	indent := widget.Width(sign)
	for i, line := range widget.Wrap(visible.Text(text), b.width-indent) {
		if i > 0 {
			sign = strings.Repeat(" ", indent)
		}
		b.add(style.Render(sign + line))
	}
}

// verdict says loudly when the token is not good, every failed check at once.
func (b *rowBuilder) verdict(e *desk.Entry) {
	r := e.Result
	if r.Verdict == auth.VerdictValid {
		return
	}
	for _, f := range r.Failures {
		b.paragraph("✗ ", f.Verdict.String()+": "+f.Reason, b.t.Bad.Bold(true))
		if f.Advice != "" && b.fault == nil { // which is there on purpose
			b.paragraph("  ", f.Advice+source(f.Source), b.t.Faint)
		}
	}
	if shown := e.Token.Compact != "" || e.Token.Header != nil; shown && !r.SignatureChecked {
		b.paragraph("! ", "the signature was not checked: anybody can have written what is shown below", b.t.Warn.Bold(true))
	}
}

func source(rfc string) string {
	if rfc == "" {
		return ""
	}
	return " (" + rfc + ")"
}

// source says what was peeled off around the token.
func (b *rowBuilder) source(p *Pane) {
	if len(p.Around) > 0 {
		b.paragraph("· ", "taken off: "+strings.Join(p.Around, ", "), b.t.Faint)
	}
	if p.Others > 0 {
		b.paragraph("· ", fmt.Sprintf("the text holds %s: o shows the next", phrase.Count(p.Others, "more token", "more tokens")), b.t.Warn)
	}
}

// segment is a part of the serialization.
type segment struct {
	label, text string
	style       lipgloss.Style
}

// segments returns the parts of the serialization with the dots before them:
// three of a signed token (RFC 7515 section 3.1), five of an encrypted one
// (RFC 7516 section 3.1). Of anything else only the first part is known.
func (b *rowBuilder) segments(t *auth.Token) []segment {
	header, rest, _ := strings.Cut(t.Compact, ".")
	rest = "." + rest
	if t.HeaderSegment == "" || rest == "." {
		return []segment{{"text", t.Compact, b.t.Header}}
	}
	parts := []segment{{"header", header, b.t.Header}}
	var others []segment
	switch strings.Count(t.Compact, ".") {
	case 1, 2:
		others = []segment{{"payload", "", b.t.Payload}, {"signature", "", b.t.Signature}}
	case 4:
		others = []segment{
			{"encrypted key", "", b.t.Plain},
			{"initialization vector", "", b.t.Plain},
			{"ciphertext", "", b.t.Payload},
			{"tag", "", b.t.Signature},
		}
	default:
		return append(parts, segment{"rest", rest, b.t.Payload})
	}
	for i, text := range strings.Split(rest, ".")[1:] {
		others[i].text = "." + text
	}
	return append(parts, others...)
}

// compact draws the serialization, its parts by colour and by label, and
// reports whether it is long enough to be folded.
func (b *rowBuilder) compact(t *auth.Token, whole bool) bool {
	if t.Compact == "" {
		return false
	}
	b.blank()
	parts := b.segments(t)
	lead := labelWidth
	for i := range parts {
		if b.atFault(fault.Part(parts[i].label)) {
			parts[i].label = faultSign + parts[i].label
		}
		lead = max(lead, widget.Width(parts[i].label)+2)
	}
	if lead > b.width/2 {
		lead = 0
	}
	long := false
	for _, part := range parts {
		long = b.part(part, lead, whole) || long
	}
	if long {
		hint := "s shows all of it"
		if whole {
			hint = "s folds it"
		}
		b.add(b.t.Faint.Render(fmt.Sprintf("%12d bytes · %s", len(t.Compact), hint)))
	}
	return long
}

const labelWidth = 11

// part draws one segment behind its label, or below it when lead is 0, and
// reports whether it is one to be folded.
func (b *rowBuilder) part(p segment, lead int, whole bool) bool {
	lines := widget.Chop(visible.Text(p.text), b.width-lead)
	shown, long := lines, len(lines) > shortPart
	if long && !whole {
		shown = append(append([]string{}, lines[:2]...), "…", lines[len(lines)-1])
	}
	if lead == 0 {
		b.add(b.t.Faint.Render(p.label))
	}
	for i, line := range shown {
		name := ""
		if i == 0 {
			name = p.label
		}
		b.add(b.t.Faint.Render(widget.Fit(name, lead)) + p.style.Render(line))
	}
	return long
}

// object draws the members of the header or of the claims, and marks those that
// are at fault.
func (b *rowBuilder) object(title string, part fault.Part, o auth.Object, note func(auth.Member) (string, *auth.NumericDate)) {
	b.blank()
	if len(o) == 0 {
		b.add(b.t.Faint.Render(widget.Fit(title, labelWidth) + "empty"))
		return
	}
	names := 3
	label := func(m auth.Member) (string, lipgloss.Style) {
		name := visible.Text(m.Name)
		if slices.Contains(b.wrongMembers(part), m.Name) {
			return faultSign + name, b.t.Bad
		}
		return name, b.t.Name
	}
	for _, m := range o {
		name, _ := label(m)
		names = max(names, min(18, widget.Width(name)))
	}
	lead := labelWidth
	if b.width < 48 { // no room for the title beside the names
		b.add(b.t.Faint.Render(title))
		title, lead = "", 1
	}
	indent := lead + names + 2
	width := max(8, b.width-indent)
	values := make([][]string, len(o))
	column := 0 // where the notes begin
	for i, m := range o {
		values[i] = b.value(m, width)
		if w := widget.Width(values[i][0]); len(values[i]) == 1 && w <= width/2 {
			column = max(column, w)
		}
	}
	for i, m := range o {
		if i > 0 {
			title = ""
		}
		name, style := label(m)
		prefix := b.t.Faint.Render(widget.Fit(title, lead)) + style.Render(widget.Fit(name, names)) + "  "
		text, date := note(m)
		b.member(prefix, strings.Repeat(" ", indent), values[i], width, column, text, date)
	}
}

// member draws one name and its value, and what the value means beside it when
// there is room. What a date means is always said, else below it.
func (b *rowBuilder) member(prefix, indent string, value []string, width, column int, note string, date *auth.NumericDate) {
	at := max(column, widget.Width(value[0])) + 3
	inline := len(value) == 1 && note != "" && at+widget.Width(note) <= width
	if inline {
		b.rows = append(b.rows, row{prefix + widget.Fit(value[0], at) + b.t.Faint.Render(note), date})
		return
	}
	b.add(prefix + value[0])
	for _, line := range value[1:] {
		b.add(indent + line)
	}
	if date != nil {
		b.rows = append(b.rows, row{indent + b.t.Faint.Render(widget.Fit(note, min(width, widget.Width(note)))), date})
	}
}

// value draws a claim's value. A string is shown without its quotes: its type
// is clear from the colour and from not being JSON.
func (b *rowBuilder) value(m auth.Member, width int) []string {
	o := auth.Object{m}
	text, isString := o.String(m.Name)
	if !isString || text == "" {
		return jsonLines(b.t, m.Value, width)
	}
	lines := widget.Chop(visible.Text(text), width)
	for i := range lines {
		lines[i] = b.t.Plain.Render(lines[i])
	}
	return lines
}

func (b *rowBuilder) headerNote(m auth.Member) (string, *auth.NumericDate) {
	if m.Name == "alg" {
		name, _ := auth.Object{m}.String("alg")
		if description := auth.Algorithm(name).Description(); description != "" {
			return description, nil
		}
	}
	return explain.ParameterMeaning(m.Name), nil
}

func (b *rowBuilder) claimNote(m auth.Member) (string, *auth.NumericDate) {
	description := explain.ClaimMeaning(m.Name)
	if !auth.IsDate(m.Name) {
		return description, nil
	}
	date, ok := auth.ParseNumericDate(m.Value)
	if !ok {
		return "not a number, so not a date", nil
	}
	moment, ok := date.Time()
	if !ok {
		return "outside of years 1 to 9999", nil
	}
	if m.Name == "exp" && date.Sub(b.now) <= 0 {
		description = "expired"
	}
	return description + " " + phrase.MomentToday(moment, b.now, b.zone), &date
}

// signature says who signed.
func (b *rowBuilder) signature(e *desk.Entry) {
	if e.Result.Key == nil {
		return
	}
	b.blank()
	text := "✓ signature verified with key " + e.Result.Key.Fingerprint()
	if e.Result.Verdict == auth.VerdictValid {
		text = "✓ valid: signature verified with key " + e.Result.Key.Fingerprint()
	}
	style := b.t.Good
	if e.Result.Key.Weakness() != nil {
		text, style = "▲ signature verified with key "+e.Result.Key.Fingerprint()+", which is weak: anybody can guess it", b.t.Warn
	}
	b.paragraph("", text, style)
	b.origin(e.Published, e.Result.Key)
}

func (b *rowBuilder) findings(findings []auth.Finding) {
	if len(findings) == 0 {
		return
	}
	b.blank()
	b.add(b.t.Strong.Render(phrase.Count(len(findings), "finding", "findings")))
	for _, f := range findings {
		sign, style := "· note: ", b.t.Faint
		switch f.Severity {
		case auth.SeverityDanger:
			sign, style = "✗ danger: ", b.t.Bad
		case auth.SeverityWarning:
			sign, style = "▲ warning: ", b.t.Warn
		default:
		}
		b.paragraph(sign, f.Text+source(f.Source), style)
	}
}

// origin says where the key that signed is from, when it was fetched.
func (b *rowBuilder) origin(set *jwks.Set, key *auth.Key) {
	if set == nil {
		return
	}
	b.paragraph("  ", "kid "+key.ID()+" of "+set.From, b.t.Faint)
	fetched := auth.NumericDate{Seconds: set.Fetched.Unix()}
	text := "  fetched " + visible.Text(phrase.MomentToday(set.Fetched, b.now, b.zone))
	b.rows = append(b.rows, row{b.t.Faint.Render(text), &fetched})
}

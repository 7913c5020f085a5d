package old

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/visible"
)

// shortPart is how many lines a part of a token may take before it is folded.
const shortPart = 6

func itoa(n int) string { return strconv.Itoa(n) }

func textWidth(s string) int { return ansi.StringWidth(s) }

// plural returns the count with the right word.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// rowBuilder puts the lines of a pane together.
type rowBuilder struct {
	s     styles
	now   time.Time
	zone  *time.Location
	width int
	rows  []row
	fault *fault.Fault // that the token has, or nil
}

// tokenRows returns the lines of a pane, and whether its token can be folded.
func tokenRows(p *pane, s styles, now time.Time, zone *time.Location, width int) ([]row, bool) {
	b := rowBuilder{s: s, now: now, zone: zone, width: width}
	e := p.entry
	b.fault = e.fault
	b.defect(e.probed)
	if p.stale {
		b.paragraph("▲ ", "this is not what is typed, which cannot be signed; it is the last token that could", s.warn.Bold(true))
		b.s = s.faded()
	} else {
		b.verdict(e)
	}
	if p.note.text != "" {
		b.paragraph(p.note.tone.sign(), p.note.text, b.s.tone(p.note.tone))
	}
	b.source(p)
	foldable := b.compact(e.token, p.whole)
	if e.token.Header != nil {
		b.object("header", fault.PartHeader, e.token.Header, b.headerNote)
	}
	if e.token.Claims != nil {
		b.object("claims", fault.PartPayload, e.token.Claims, b.claimNote)
	}
	if !p.stale {
		b.signature(e)
		b.findings(auth.Findings(e.token, now))
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
	indent := textWidth(sign)
	for i, line := range wrap(visible.Text(text), b.width-indent) {
		if i > 0 {
			sign = strings.Repeat(" ", indent)
		}
		b.add(style.Render(sign + line))
	}
}

// verdict says loudly when the token is not good, every failed check at once.
func (b *rowBuilder) verdict(e *entry) {
	r := e.result
	if r.Verdict == auth.VerdictValid {
		return
	}
	for _, f := range r.Failures {
		b.paragraph("✗ ", f.Verdict.String()+": "+f.Reason, b.s.bad.Bold(true))
		if f.Advice != "" && b.fault == nil { // which is there on purpose
			b.paragraph("  ", f.Advice+source(f.Source), b.s.faint)
		}
	}
	if shown := e.token.Compact != "" || e.token.Header != nil; shown && !r.SignatureChecked {
		b.paragraph("! ", "the signature was not checked: anybody can have written what is shown below", b.s.warn.Bold(true))
	}
}

func source(rfc string) string {
	if rfc == "" {
		return ""
	}
	return " (" + rfc + ")"
}

// source says what was peeled off around the token.
func (b *rowBuilder) source(p *pane) {
	if len(p.peeled) > 0 {
		b.paragraph("· ", "taken off: "+strings.Join(p.peeled, ", "), b.s.faint)
	}
	if p.others > 0 {
		b.paragraph("· ", fmt.Sprintf("the text holds %s: o shows the next", plural(p.others, "more token", "more tokens")), b.s.warn)
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
		return []segment{{"text", t.Compact, b.s.header}}
	}
	parts := []segment{{"header", header, b.s.header}}
	var others []segment
	switch strings.Count(t.Compact, ".") {
	case 1, 2:
		others = []segment{{"payload", "", b.s.payload}, {"signature", "", b.s.signature}}
	case 4:
		others = []segment{
			{"encrypted key", "", b.s.plain},
			{"initialization vector", "", b.s.plain},
			{"ciphertext", "", b.s.payload},
			{"tag", "", b.s.signature},
		}
	default:
		return append(parts, segment{"rest", rest, b.s.payload})
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
		lead = max(lead, textWidth(parts[i].label)+2)
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
		b.add(b.s.faint.Render(fmt.Sprintf("%12d bytes · %s", len(t.Compact), hint)))
	}
	return long
}

const labelWidth = 11

// part draws one segment behind its label, or below it when lead is 0, and
// reports whether it is one to be folded.
func (b *rowBuilder) part(p segment, lead int, whole bool) bool {
	lines := chop(visible.Text(p.text), b.width-lead)
	shown, long := lines, len(lines) > shortPart
	if long && !whole {
		shown = append(append([]string{}, lines[:2]...), "…", lines[len(lines)-1])
	}
	if lead == 0 {
		b.add(b.s.faint.Render(p.label))
	}
	for i, line := range shown {
		name := ""
		if i == 0 {
			name = p.label
		}
		b.add(b.s.faint.Render(fit(name, lead)) + p.style.Render(line))
	}
	return long
}

// object draws the members of the header or of the claims, and marks those that
// are at fault.
func (b *rowBuilder) object(title string, part fault.Part, o auth.Object, note func(auth.Member) (string, *auth.NumericDate)) {
	b.blank()
	if len(o) == 0 {
		b.add(b.s.faint.Render(fit(title, labelWidth) + "empty"))
		return
	}
	names := 3
	label := func(m auth.Member) (string, lipgloss.Style) {
		name := visible.Text(m.Name)
		if slices.Contains(b.wrongMembers(part), m.Name) {
			return faultSign + name, b.s.bad
		}
		return name, b.s.name
	}
	for _, m := range o {
		name, _ := label(m)
		names = max(names, min(18, textWidth(name)))
	}
	lead := labelWidth
	if b.width < 48 { // no room for the title beside the names
		b.add(b.s.faint.Render(title))
		title, lead = "", 1
	}
	indent := lead + names + 2
	width := max(8, b.width-indent)
	values := make([][]string, len(o))
	column := 0 // where the notes begin
	for i, m := range o {
		values[i] = b.value(m, width)
		if w := textWidth(values[i][0]); len(values[i]) == 1 && w <= width/2 {
			column = max(column, w)
		}
	}
	for i, m := range o {
		if i > 0 {
			title = ""
		}
		name, style := label(m)
		prefix := b.s.faint.Render(fit(title, lead)) + style.Render(fit(name, names)) + "  "
		text, date := note(m)
		b.member(prefix, strings.Repeat(" ", indent), values[i], width, column, text, date)
	}
}

// member draws one name and its value, and what the value means beside it when
// there is room. What a date means is always said, else below it.
func (b *rowBuilder) member(prefix, indent string, value []string, width, column int, note string, date *auth.NumericDate) {
	at := max(column, textWidth(value[0])) + 3
	inline := len(value) == 1 && note != "" && at+textWidth(note) <= width
	if inline {
		b.rows = append(b.rows, row{prefix + fit(value[0], at) + b.s.faint.Render(note), date})
		return
	}
	b.add(prefix + value[0])
	for _, line := range value[1:] {
		b.add(indent + line)
	}
	if date != nil {
		b.rows = append(b.rows, row{indent + b.s.faint.Render(fit(note, min(width, textWidth(note)))), date})
	}
}

// value draws a claim's value. A string is shown without its quotes: its type
// is clear from the colour and from not being JSON.
func (b *rowBuilder) value(m auth.Member, width int) []string {
	o := auth.Object{m}
	text, isString := o.String(m.Name)
	if !isString || text == "" {
		return b.s.jsonLines(m.Value, width)
	}
	lines := chop(visible.Text(text), width)
	for i := range lines {
		lines[i] = b.s.plain.Render(lines[i])
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
	return description + " " + formatMoment(moment, b.now, b.zone), &date
}

// formatMoment writes a moment as a person reads it: the time of day alone when
// it is today.
func formatMoment(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	layout := "2006-01-02 15:04:05 MST"
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		layout = "15:04:05 MST"
	}
	return t.Format(layout)
}

// signature says who signed.
func (b *rowBuilder) signature(e *entry) {
	if e.result.Key == nil {
		return
	}
	b.blank()
	text := "✓ signature verified with key " + e.result.Key.Fingerprint()
	if e.result.Verdict == auth.VerdictValid {
		text = "✓ valid: signature verified with key " + e.result.Key.Fingerprint()
	}
	style := b.s.good
	if e.result.Key.Weakness() != nil {
		text, style = "▲ signature verified with key "+e.result.Key.Fingerprint()+", which is weak: anybody can guess it", b.s.warn
	}
	b.paragraph("", text, style)
	b.origin(e.publisher, e.result.Key)
}

func (b *rowBuilder) findings(findings []auth.Finding) {
	if len(findings) == 0 {
		return
	}
	b.blank()
	b.add(b.s.strong.Render(plural(len(findings), "finding", "findings")))
	for _, f := range findings {
		sign, style := "· note: ", b.s.faint
		switch f.Severity {
		case auth.SeverityDanger:
			sign, style = "✗ danger: ", b.s.bad
		case auth.SeverityWarning:
			sign, style = "▲ warning: ", b.s.warn
		default:
		}
		b.paragraph(sign, f.Text+source(f.Source), style)
	}
}

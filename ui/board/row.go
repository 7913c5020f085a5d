package board

import (
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// column is a part of each row, with a heading above it.
type column struct {
	name  string
	width int // with the blank behind it
	order desk.Order
	text  func(c *frame.Ctx, r desk.Row) (string, lipgloss.Style)
}

// columns are the parts of a row from left to right. The first two, the sign with the time
// and the subject, are always there.
type columns struct {
	left, subject int // the widths of the first two
	more          []column
}

// The widths of what is always there.
const (
	leadWidth    = 4 // mark, blank, sign, blank
	leastLeft    = 7
	leastSubject = 16
	mostSubject  = 28
	narrow       = 54 // there are no other columns below
)

// further returns the columns beside the first two, those first that are worth most.
func further() []column {
	quiet := func(text func(c *frame.Ctx, r desk.Row) string) func(*frame.Ctx, desk.Row) (string, lipgloss.Style) {
		return func(c *frame.Ctx, r desk.Row) (string, lipgloss.Style) { return text(c, r), c.Env.Theme.Faint }
	}
	date := func(name string) func(c *frame.Ctx, r desk.Row) (string, lipgloss.Style) {
		return quiet(func(c *frame.Ctx, r desk.Row) string { return clock(c, r.Token, name) })
	}
	return []column{
		{"PERSONA", 11, desk.ByPersona, func(c *frame.Ctx, r desk.Row) (string, lipgloss.Style) { return r.Persona(), c.Env.Theme.Accent }},
		{"LABEL", 13, desk.ByLabel, func(c *frame.Ctx, r desk.Row) (string, lipgloss.Style) { return r.Label, c.Env.Theme.Plain }},
		{"KEY", 10, desk.ByKey, quiet(func(_ *frame.Ctx, r desk.Row) string { return r.Fingerprint() })},
		{"ALG", 7, desk.ByKey, quiet(func(_ *frame.Ctx, r desk.Row) string { return string(r.Token.Algorithm()) })},
		{"ISSUED", 10, desk.ByNewest, date("iat")},
		{"EXPIRES", 10, desk.ByTimeLeft, date("exp")},
		{"FROM", 12, desk.ByArrival, quiet(func(_ *frame.Ctx, r desk.Row) string { return r.Arrival.String() })},
	}
}

// shownAs is the place of each column from left to right.
var shownAs = [...]string{"PERSONA", "LABEL", "ISSUED", "EXPIRES", "KEY", "ALG", "FROM"}

// newColumns chooses the columns that fit the width, beside those of the widths of what is
// visible in the first two. Those that no row has anything in are left out.
func newColumns(width, left, subject int, used map[string]bool) columns {
	col := columns{left: max(leastLeft, min(left, max(9, width/5), 13))}
	subject = max(leastSubject, min(subject+1, mostSubject, width*3/8))
	rest := width - leadWidth - col.left - 2 - subject
	fit := map[string]column{}
	for _, one := range further() {
		if used[one.name] && one.width <= rest && width >= narrow {
			fit[one.name] = one
			rest -= one.width
		}
	}
	for _, name := range shownAs {
		if one, ok := fit[name]; ok {
			col.more = append(col.more, one)
		}
	}
	col.subject = subject + rest
	if spare := col.subject - mostSubject; spare > 0 { // some of it is for the names
		for i, one := range col.more {
			if one.name == "PERSONA" || one.name == "LABEL" || one.name == "FROM" {
				wider := min(spare/3, 10)
				col.more[i].width += wider
				col.subject -= wider
			}
		}
	}
	return col
}

// has reports whether there is a column of that name.
func (col columns) has(name string) bool {
	return slices.ContainsFunc(col.more, func(one column) bool { return one.name == name })
}

// heads draws the headings.
func (col columns) heads(t *widget.Theme) string {
	line := strings.Repeat(" ", leadWidth) + right("LEFT", col.left) + "  " + widget.Fit("FOR", col.subject)
	for _, one := range col.more {
		line += widget.Fit(one.name, one.width)
	}
	return t.Faint.Render(line)
}

// headings returns where the headings begin in a row, and how they sort.
func (col columns) headings() []column {
	first := []column{{width: leadWidth + col.left + 2, order: desk.ByTimeLeft}, {width: col.subject, order: desk.BySubject}}
	return slices.Concat(first, col.more)
}

// againSign is the sign of a token of the ledger, which is signed again when it is opened or
// copied.
const againSign = "?"

// isUnsigned reports whether the token is one of the ledger and has not expired.
func isUnsigned(e *desk.Entry, status explain.Status) bool {
	return e.Unsigned() && status.State != auth.StateExpired
}

// aliveSign is the sign of a token that is issued again before it expires.
const aliveSign = "◉"

// right returns a text at the right end of a width.
func right(text string, width int) string {
	return strings.Repeat(" ", max(0, width-widget.Width(text))) + widget.Clip(text, width)
}

// row draws a token in a line.
func (col columns) row(c *frame.Ctx, r desk.Row, selected bool) string {
	t, status := c.Env.Theme, explain.StatusOf(&r.Result, c.Now)
	mark, sign := " ", t.Tone(status.Tone).Render(status.Sign)
	if r.Marked {
		mark = t.Accent.Render("*")
	}
	if r.Kept && status.State == auth.StateActive {
		sign = t.Good.Render(aliveSign)
	}
	if isUnsigned(r.Entry, status) {
		sign = t.Faint.Render(againSign)
	}
	left, style := leftOf(t, r.Entry, status)
	line := mark + " " + sign + " " + style.Render(right(left, col.left)) + "  "
	line += col.who(c, r, selected)
	for _, one := range col.more {
		text, style := one.text(c, r)
		line += style.Render(widget.Fit(visible.Text(text), one.width-1)) + " "
	}
	return line
}

// told is what tells a token from others of its subject: its number.
func told(r desk.Row) string {
	if r.Several {
		return " · " + number(r)
	}
	return ""
}

// others returns what tells a token from others of its subject and has no column.
func (col columns) others(c *frame.Ctx, r desk.Row) string {
	var more []string
	if !col.has("PERSONA") {
		more = append(more, r.Persona())
	}
	if !col.has("LABEL") {
		more = append(more, r.Label)
	}
	text := told(r)
	for _, one := range append(more, token.Elsewhere(c, r.Entry)) {
		if one != "" {
			text += " · " + visible.Text(one)
		}
	}
	return text
}

// who draws the subject and the others.
func (col columns) who(c *frame.Ctx, r desk.Row, selected bool) string {
	t, width := c.Env.Theme, col.subject-1
	style := t.Plain
	if selected {
		style = t.Strong
	}
	line, extra := style.Render(visible.Text(explain.Subject(r.Token))), t.Faint.Render(col.others(c, r))
	if extra != "" && widget.Width(line)+widget.Width(extra) > width { // the subject gives way to a number
		line = widget.Clip(line, max(width/2, width-widget.Width(extra)))
	}
	return widget.Fit(line+extra, width) + " "
}

// brief leaves the smaller units of a time out: all but two, or all but one of a time that
// has passed.
func brief(text string) string {
	words := strings.Fields(text)
	switch n := len(words); {
	case n > 2 && words[n-1] == "ago":
		return words[0] + " ago"
	case n > 3 && words[0] == "in":
		return strings.Join(words[:3], " ")
	case n > 2 && words[0] != "in":
		return strings.Join(words[:2], " ")
	}
	return text
}

// leftOf returns the time that is left, or the word that matters more, and its style.
func leftOf(t *widget.Theme, e *desk.Entry, s explain.Status) (string, lipgloss.Style) {
	switch {
	case isUnsigned(e, s) && e.Arrival.Ledger:
		return "re-sign", t.Faint
	case isUnsigned(e, s):
		return "not kept", t.Faint
	case s.Claimed:
		return s.Word, t.Tone(s.Tone)
	case s.State == auth.StateNoExpiry:
		return "no exp", t.Warn
	case s.State == auth.StateExpired:
		return brief(s.Short), t.Bad
	case s.State == auth.StateNotYetValid:
		return brief(s.Short), t.Faint
	case s.Soon:
		return brief(s.Short), t.Warn
	default:
		return brief(s.Short), t.Plain
	}
}

// clock returns the moment of a claim: the time of a day, or the date of another one.
func clock(c *frame.Ctx, of *auth.Token, name string) string {
	date, ok := of.Date(name)
	if !ok {
		return ""
	}
	at, ok := date.Time()
	if !ok {
		return "far away"
	}
	zone := c.Env.Zone(c.Now)
	at, now := at.In(zone), c.Now.In(zone)
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return at.Format(time.TimeOnly)
	case at.Year() == now.Year():
		return at.Format("02 Jan")
	default:
		return at.Format("Jan 2006")
	}
}

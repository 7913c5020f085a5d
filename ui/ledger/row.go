package ledger

import (
	"strconv"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// column is a part of each row, with a heading above it.
type column struct {
	name  string
	width int // with the blank behind it
	text  func(c *frame.Ctx, r *ledger.Row) (string, lipgloss.Style)
}

// columns are the parts of a row from left to right. The sign, the time and the subject are
// always there.
type columns struct {
	subject int
	more    []column
}

const (
	whenWidth    = 12 // sign, blank, time, blanks
	leastSubject = 16
	mostSubject  = 36
)

// further returns the columns beside the first ones, those first that are worth most.
func further() []column {
	quiet := func(text func(c *frame.Ctx, r *ledger.Row) string) func(*frame.Ctx, *ledger.Row) (string, lipgloss.Style) {
		return func(c *frame.Ctx, r *ledger.Row) (string, lipgloss.Style) { return text(c, r), c.Env.Theme.Faint }
	}
	return []column{
		{"PERSONA", 12, func(c *frame.Ctx, r *ledger.Row) (string, lipgloss.Style) { return r.Persona, c.Env.Theme.Accent }},
		{"KEY", 10, quiet(func(_ *frame.Ctx, r *ledger.Row) string { return r.Fingerprint })},
		{"BY", 9, quiet(func(_ *frame.Ctx, r *ledger.Row) string { return r.Face })},
		{"PROFILE", 10, quiet(func(_ *frame.Ctx, r *ledger.Row) string { return r.Profile })},
		{"EXPIRES", 10, quiet(func(c *frame.Ctx, r *ledger.Row) string {
			if at, ok := moment(r.Expires.String()); ok {
				return clock(c, at)
			}
			return ""
		})},
		{"ALG", 7, quiet(func(_ *frame.Ctx, r *ledger.Row) string { return r.Algorithm })},
	}
}

// newColumns chooses the columns that fit the width, without those that no visible row has
// anything in.
func newColumns(c *frame.Ctx, width int, visibleRows []recorded) columns {
	longest := leastSubject
	for i := range visibleRows {
		name := who(&visibleRows[i].Row) + more(&visibleRows[i].Row)
		longest = max(longest, widget.Width(visible.Text(name))+2)
	}
	col := columns{subject: max(leastSubject, min(longest, mostSubject, width*3/8))}
	rest := width - whenWidth - col.subject
	for _, one := range further() {
		used := false
		for i := range visibleRows {
			text, _ := one.text(c, &visibleRows[i].Row)
			used = used || text != ""
		}
		if used && one.width <= rest {
			col.more = append(col.more, one)
			rest -= one.width
		}
	}
	col.subject += max(0, min(rest, longest-col.subject))
	if len(col.more) == 0 {
		col.subject = width - whenWidth
	}
	return col
}

// heads draws the headings.
func (col columns) heads(t *widget.Theme) string {
	line := widget.Fit("  WHEN", whenWidth) + widget.Fit("FOR", col.subject)
	for _, one := range col.more {
		line += widget.Fit(one.name, one.width)
	}
	return t.Faint.Render(line)
}

// row draws a row in a line.
func (col columns) row(c *frame.Ctx, r *ledger.Row, selected bool) string {
	t := c.Env.Theme
	sign, tone := signOf(r, c.Now)
	style := t.Plain
	if selected {
		style = t.Strong
	}
	line := t.Tone(tone).Render(sign) + " " + t.Faint.Render(widget.Fit(clock(c, r.When), whenWidth-2))
	name := style.Render(visible.Text(who(r))) + t.Faint.Render(visible.Text(more(r)))
	line += widget.Fit(name, col.subject-1) + " "
	for _, one := range col.more {
		text, style := one.text(c, r)
		line += style.Render(widget.Fit(visible.Text(text), one.width-1)) + " "
	}
	return line
}

// who names whom the token of a row is about, or what a batch made its tokens from.
func who(r *ledger.Row) string {
	switch {
	case r.Event == ledger.Batch:
		return strconv.Itoa(r.Count) + " tokens"
	case r.Subject == "":
		return "nobody"
	}
	return r.Subject
}

// more is what stands behind the name.
func more(r *ledger.Row) string {
	if what := event(r); what != "" {
		return " · " + what
	}
	return ""
}

// event says what happened, if no token was issued.
func event(r *ledger.Row) string {
	switch {
	case r.Event == ledger.Labelled && r.Label == "":
		return "no label"
	case r.Event == ledger.Labelled:
		return "label " + r.Label
	case r.Event == ledger.Removed:
		return "removed"
	case r.Event == ledger.Batch:
		return r.Pattern
	}
	return ""
}

// signOf says by a sign where the token of a row stands.
func signOf(r *ledger.Row, now time.Time) (string, widget.Tone) {
	s := statusOf(r, now)
	switch {
	case r.Event == ledger.Batch:
		return "≡", widget.Quiet
	case !isIssued(r):
		return "·", widget.Quiet
	}
	return s.Sign, s.Tone
}

func isIssued(r *ledger.Row) bool { return r.Event == ledger.Issued }

// statusOf returns where the token of a row stands by its times.
func statusOf(r *ledger.Row, now time.Time) explain.Status {
	times := desk.StatusOf(r, now)
	return explain.Times(times, explain.Soon(times))
}

// moment reads a date of a row.
func moment(text string) (time.Time, bool) {
	date, ok := auth.ParseNumericDate([]byte(text))
	if text == "" || !ok {
		return time.Time{}, false
	}
	return date.Time()
}

// clock returns a moment in a column: the time of today, the date of another day.
func clock(c *frame.Ctx, at time.Time) string {
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

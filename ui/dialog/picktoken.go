package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// pickToken has the user choose one of some tokens.
type pickToken struct {
	picker
	all, left []*desk.Entry
	filter    widget.Field
}

// PickToken has the user choose one of some tokens, and hands it to then.
func PickToken(c *frame.Ctx, title string, all []*desk.Entry, then func(c *frame.Ctx, e *desk.Entry) tea.Cmd) tea.Cmd {
	d := &pickToken{all: all, left: all, filter: widget.NewField("type to search")}
	d.filter.Prompt("/ ")
	d.filter.Focus()
	const most, wide = 14, 90
	d.picker = picker{
		title: title, group: "Tokens", verb: "choose it", rows: len(all), most: min(most, len(all)), wide: wide, filter: &d.filter,
		empty: "no token fits", row: d.draw, narrow: d.narrow,
		choose: func(c *frame.Ctx, i int) tea.Cmd {
			chosen := d.left[i]
			return tea.Batch(c.Close(d), then(c, chosen))
		},
		close: func(c *frame.Ctx) tea.Cmd { return c.Close(d) },
	}
	return c.Push(d)
}

func (d *pickToken) narrow(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	d.left = slices.DeleteFunc(slices.Clone(d.all), func(e *desk.Entry) bool {
		t := e.Result.Innermost().Token
		iss, _ := t.Claims.String("iss")
		about := strings.ToLower(explain.Subject(t) + "\n" + iss + "\n" + e.Label + "\n" + string(t.Algorithm()))
		return !strings.Contains(about, text)
	})
	d.rows = len(d.left)
}

// draw draws a token in a line.
func (d *pickToken) draw(c *frame.Ctx, i, width int) string { return TokenLine(c, d.left[i], width) }

// TokenLine draws a token in a line: its state, its subject, the time left, and who issued it
// with which algorithm.
func TokenLine(c *frame.Ctx, e *desk.Entry, width int) string {
	t, inner := c.Env.Theme, e.Result.Innermost().Token
	status := explain.StatusOf(&e.Result, c.Now)
	about := string(inner.Algorithm())
	if iss, ok := inner.Claims.String("iss"); ok {
		about += " · " + iss
	}
	left, subject := status.Short, visible.Text(explain.Subject(inner))
	const lefts = 9
	subjects := min(max(12, width/3), max(1, width-lefts-4))
	line := t.Tone(status.Tone).Render(status.Sign) + " " + t.Plain.Render(widget.Fit(subject, subjects)) + " "
	line += t.Faint.Render(widget.Fit(left, lefts))
	if rest := width - widget.Width(line) - 1; rest > 6 {
		line += " " + t.Faint.Render(widget.Clip(visible.Text(about), rest))
	}
	return line
}

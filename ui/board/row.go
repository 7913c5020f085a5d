package board

import (
	"slices"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// columns holds the width of each column. A column of width 0 is left out.
type columns struct{ state, subject, label, alg, key, left, bar int }

// signOnly is the width of a column for the sign of a state, without the word.
const signOnly = 2

func newColumns(width int) columns {
	c := columns{state: 16, left: 18}
	if width < 60 {
		c.state, c.left = signOnly, 15
	}
	if width >= 70 {
		c.alg, c.key = 7, 9
	}
	if width >= 90 {
		c.bar = 16
	}
	rest := width - c.state - c.left - c.alg - c.key - c.bar - 2
	if width >= 110 {
		c.label = rest / 3
	}
	c.subject = max(8, rest-c.label)
	return c
}

// row draws a token in a line.
func (col columns) row(c *frame.Ctx, e *desk.Entry) string {
	t, status := c.Env.Theme, explain.StatusOf(&e.Result, c.Now)
	text := t.Plain
	subject, label := col.names(c, e)
	line := widget.Fit(widget.Cut(token.Sign(t, status), col.state-1), col.state)
	line += text.Render(widget.Fit(subject, col.subject-1)) + " "
	if col.label > 0 {
		line += t.Faint.Render(widget.Fit(label, col.label-1)) + " "
	}
	if col.alg > 0 {
		line += t.Faint.Render(widget.Fit(visible.Text(string(e.Token.Algorithm())), col.alg))
		line += t.Faint.Render(widget.Fit(e.Fingerprint(), col.key))
	}
	if status.Soon {
		text = t.Warn
	}
	left := status.Short
	if left == "" && col.state == signOnly {
		left = status.Left
	}
	line += text.Render(widget.Fit(left, col.left-1)) + " "
	if col.bar > 0 && status.HasBar {
		line += token.Left(t, status, col.bar-1)
	}
	return line
}

// names returns the subject of the token and its other names. These follow the
// subject if they have no column.
func (col columns) names(c *frame.Ctx, e *desk.Entry) (subject, label string) {
	subject = visible.Text(explain.Subject(e.Token))
	more := []string{e.Persona(), e.Label}
	if col.alg > 0 { // otherwise there is no room for it
		more = append(more, token.Elsewhere(c, e))
	}
	label = visible.Text(strings.Join(slices.DeleteFunc(more, func(text string) bool { return text == "" }), " · "))
	if col.label == 0 && label != "" {
		return subject + " · " + label, ""
	}
	return subject, label
}

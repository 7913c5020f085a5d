package board

import (
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// columns says how wide each column is; a column of 0 is left out.
type columns struct{ state, subject, label, alg, key, left, bar int }

func newColumns(width int) columns {
	c := columns{state: 16, left: 18}
	if width < 60 {
		c.state, c.left = 2, 15 // the sign alone
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
func (col columns) row(c *frame.Ctx, e *desk.Entry, selected bool) string {
	t, status := c.Env.Theme, e.Token.Status(c.Now)
	sign, text := t.Mark(selected)
	subject, label := col.names(c, e)
	var b strings.Builder
	b.WriteString(sign)
	b.WriteString(widget.Fit(widget.Cut(token.Sign(t, e, status), col.state-1), col.state))
	b.WriteString(text.Render(widget.Fit(subject, col.subject-1)) + " ")
	if col.label > 0 {
		b.WriteString(t.Faint.Render(widget.Fit(label, col.label-1)) + " ")
	}
	if col.alg > 0 {
		b.WriteString(t.Faint.Render(widget.Fit(visible.Text(string(e.Token.Algorithm())), col.alg)))
		b.WriteString(t.Faint.Render(widget.Fit(e.Fingerprint(), col.key)))
	}
	if token.ExpiresSoon(status) {
		text = t.Warn
	}
	b.WriteString(text.Render(widget.Fit(timeLeft(status), col.left-1)) + " ")
	if col.bar > 0 {
		b.WriteString(token.Left(t, e, status, col.bar-1))
	}
	return b.String()
}

// names returns who the token is for and what else it is called. Where that has no
// column of its own it stands behind the subject.
func (col columns) names(c *frame.Ctx, e *desk.Entry) (subject, label string) {
	subject = visible.Text(e.Token.Subject())
	if subject == "" {
		subject = "(no subject)"
	}
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

// timeLeft is the status without the word that stands in a column of its own.
func timeLeft(status auth.Status) string {
	left := auth.FormatDuration(status.Left)
	switch status.State {
	case auth.StateExpired:
		return left + " ago"
	case auth.StateNotYetValid:
		return "in " + left
	case auth.StateNoExpiry:
		return "for ever"
	default:
		return left
	}
}

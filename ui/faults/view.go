package faults

import (
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Layout settles which faults are visible. Each group has its name before it.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.in = s.browser.Layout(c, r)
	l := &s.catalogue
	var heads []int
	for i, f := range l.listed {
		if i == 0 || f.Group != l.listed[i-1].Group {
			heads = append(heads, i)
		}
	}
	l.rows.Layout(len(l.listed), s.in.H-1, heads...)
}

// View draws the catalogue, or the open token.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	name := "Fault"
	if e := s.browser.Pane.Entry(); e != nil {
		name += " · " + e.Fault.Name
	}
	rows := &s.catalogue.rows
	places := rows.Places(widget.Rect{X: s.in.X, Y: s.in.Y + 1, W: s.in.W})
	return s.browser.View(c, s.list(c, s.in.W), s.browser.Zones(places, rows.Cursor()), places[rows.Cursor()].Cursor(), name)
}

// list draws the line above the rows, and the rows by group.
func (s *Screen) list(c *frame.Ctx, width int) []string {
	t, l := c.Env.Theme, &s.catalogue
	summary := token.Summary(len(l.listed), len(l.all), "fault", "faults")
	if probed := s.probing.summary(len(l.all)); probed != "" {
		summary += " · " + probed
	}
	lines := []string{s.browser.Head(t, summary, "for "+visible.Text(l.subject), width)}
	if len(l.listed) == 0 {
		return append(lines, t.Faint.Render("Nothing matches. esc clears the filter."))
	}
	names := l.names(width)
	row := func(i int) string { return s.row(t, i, names, width) }
	group := func(i int) string { return t.Strong.Render(string(l.listed[i].Group)) }
	return append(lines, l.rows.View(t, width, row, group)...)
}

// names returns the width of the column of names.
func (l *catalogue) names(width int) int {
	names := 0
	for _, f := range l.all {
		names = max(names, len(f.Name))
	}
	return min(names, max(12, width/2-4))
}

// row draws a fault in a line: its name, its outcome in a probe, and what is wrong
// with the token or why it cannot be made.
func (s *Screen) row(t *widget.Theme, i, names, width int) string {
	f, style := &s.catalogue.listed[i], t.Plain
	text := f.Wrong
	if reason := s.catalogue.impossible[f.Name]; reason != "" {
		text = explain.Line{Label: "cannot be made", Text: reason}.String()
		if i != s.catalogue.rows.Cursor() {
			style = t.Faint
		}
	}
	came := s.probing.draw(t, f)
	rest := width - names - 4 - widget.Width(came)
	return style.Render(widget.Fit(f.Name, names)) + "  " + came + t.Faint.Render(widget.Fit(visible.Text(text), rest))
}

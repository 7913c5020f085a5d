package board

import (
	"strconv"

	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Layout applies the filter, and looks up the visible rows.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.room = frame.Divide(r)
	in := s.room.Inner(r)
	if s.typed {
		s.typed = false
		c.Board.Filter(s.filter.Value())
		c.Board.Move(0, c.Now) // selects one again if none was left
	}
	s.filter.Layout(c.Env.Theme, max(10, in.W/2))
	if s.opened {
		s.pane.Layout(c, in, s.room.Bordered)
	}
	s.scroll.Layout(c.Board.Shown(), in.H-1)
	s.scroll.Show(c.Board.Place(c.Now))
	first, end := s.scroll.Window()
	s.rows = c.Board.Window(first, end-first, c.Now)
}

// View draws the list, or the open token.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r := c.Env.Theme, s.room
	if s.opened {
		title, sign := s.pane.Title(c, "Token")
		return frame.Drawing{Lines: r.Pane(t, r.Body, title, sign, s.pane.View(c), true)}
	}
	in := r.Inner(r.Body)
	d := frame.Drawing{Lines: r.Pane(t, r.Body, t.Strong.Render("Board"), "", s.list(c, in), true), Zones: s.zones(r.Body, in.Y+1)}
	if s.filtering {
		d.Cursor = in.Shift(s.filter.Cursor())
	}
	return d
}

// list draws the line above the rows, and the visible rows.
func (s *Screen) list(c *frame.Ctx, in widget.Rect) []string {
	t := c.Env.Theme
	if c.Board.Len() == 0 {
		return widget.Centered(t, in.W, in.H, "No tokens yet.", "Issue one, or inspect one and press b to add it.")
	}
	count := t.Faint.Render(summary(c.Board.Shown(), c.Board.Len()))
	lines := []string{widget.Spread(count, t.Faint.Render(c.Board.Order().String()), in.W)}
	if s.filtering || s.filter.Value() != "" {
		lines[0] = widget.Spread(s.filter.View(), count, in.W)
	}
	if c.Board.Shown() == 0 {
		return append(lines, t.Faint.Render("Nothing matches. esc clears the filter."))
	}
	columns := newColumns(in.W)
	for _, e := range s.rows {
		lines = append(lines, columns.row(c, e, e == c.Board.Selected()))
	}
	return lines
}

// summary says how many of the tokens are listed.
func summary(shown, all int) string {
	text := phrase.Count(all, "token", "tokens")
	if shown == all {
		return text
	}
	return strconv.Itoa(shown) + " of " + text
}

// zones returns the zones of the visible rows, the first on line y, as wide as the
// screen.
func (s *Screen) zones(body widget.Rect, y int) []frame.Zone {
	first, _ := s.scroll.Window()
	zones := make([]frame.Zone, len(s.rows))
	for i, e := range s.rows {
		at := widget.Rect{X: body.X, Y: y + i, W: body.W, H: 1}
		zones[i] = frame.Zone{Rect: at, Do: s.click(e, first+i)}
	}
	return zones
}

package board

import (
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Layout applies the filter, and scrolls to the selected token.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.browser.Follow(c.Board.Selected())
	s.in = s.browser.Layout(c, r)
	if s.typed {
		s.typed = false
		c.Board.Filter(s.browser.Filter())
		c.Board.Move(0, c.Now) // there may be one to select again
	}
	s.list.Select(c.Board.Place(c.Now))
	s.list.Layout(c.Board.Shown(), s.in.H-1)
}

// View draws the list and the token.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	if s.browser.Covers() {
		return s.browser.View(c, nil, nil, nil, "Token")
	}
	selected, list := -1, s.browser.Room().First
	places := s.list.Places(widget.Rect{X: list.X, Y: s.in.Y + 1, W: list.W}) // as wide as the list with its border
	d := frame.Drawing{}
	if c.Board.Selected() != nil {
		selected = s.list.Cursor()
		d.Cursor = widget.Rect{X: s.in.X, Y: places[selected].Y}.Cursor()
	}
	return s.browser.View(c, s.draw(c), s.browser.Zones(places, selected), d.Cursor, "Token")
}

// draw draws the line above the rows, and the visible rows.
func (s *Screen) draw(c *frame.Ctx) []string {
	t, in, all, shown := c.Env.Theme, s.in, c.Board.Len(), c.Board.Shown()
	if all == 0 {
		return widget.Centered(t, in.W, in.H, "No tokens yet.", "Issue one, or inspect one and press b to add it.")
	}
	head := s.browser.Head(t, token.Summary(shown, all, "token", "tokens"), c.Board.Order().String(), in.W)
	if shown == 0 {
		return []string{head, t.Faint.Render("Nothing matches. esc clears the filter.")}
	}
	columns := newColumns(in.W)
	rows := s.list.View(t, in.W, func(place int) string {
		return columns.row(c, c.Board.Window(place, 1, c.Now)[0])
	}, nil)
	return append([]string{head}, rows...)
}

package board

import (
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Layout applies the filter, and scrolls to the selected token.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.body, s.in = r, s.browser.Layout(c, r)
	if s.typed {
		s.typed = false
		c.Board.Filter(s.browser.Filter())
		c.Board.Move(0, c.Now) // there may be one to select again
	}
	s.list.Select(c.Board.Place(c.Now))
	s.list.Layout(c.Board.Shown(), s.in.H-1)
}

// View draws the list, or the token that was opened.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	if s.browser.Opened() {
		return s.browser.ViewToken(c, "Token")
	}
	selected := s.list.Cursor()
	if c.Board.Selected() == nil {
		selected = -1
	}
	places := s.list.Places(widget.Rect{X: s.body.X, Y: s.in.Y + 1, W: s.body.W}) // as wide as the screen
	return s.browser.ViewList(c, s.draw(c), s.browser.Zones(places, selected))
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

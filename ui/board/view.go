package board

import (
	"strconv"

	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Layout applies the filter, and looks up the visible rows.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.body, s.in = r, s.browser.Layout(c, r)
	if s.typed {
		s.typed = false
		c.Board.Filter(s.browser.Filter())
		c.Board.Move(0, c.Now) // there may be one to select again
	}
	s.scroll.Layout(c.Board.Shown(), s.in.H-1)
	s.scroll.Show(c.Board.Place(c.Now))
	first, end := s.scroll.Window()
	s.rows = c.Board.Window(first, end-first, c.Now)
}

// View draws the list, or the token that was opened.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	if s.browser.Opened() {
		return s.browser.ViewToken(c, "Token")
	}
	return s.browser.ViewList(c, s.list(c, s.in), s.zones(s.body, s.in.Y+1))
}

// list draws the line above the rows, and the visible rows.
func (s *Screen) list(c *frame.Ctx, in widget.Rect) []string {
	t := c.Env.Theme
	if c.Board.Len() == 0 {
		return widget.Centered(t, in.W, in.H, "No tokens yet.", "Issue one, or inspect one and press b to add it.")
	}
	lines := []string{s.browser.Head(t, summary(c.Board.Shown(), c.Board.Len()), c.Board.Order().String(), in.W)}
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

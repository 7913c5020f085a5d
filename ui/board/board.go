// Package board is the screen with the tokens that the user watches.
package board

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the tokens of the board, or shows one of them. The board holds the
// order and the selection; the screen looks only at the visible rows. Other screens add
// tokens to the board themselves, and a token keeps the keys that verified it.
type Screen struct {
	frame.Passive

	browser *token.Browser
	typed   bool        // the filter has changed, and the board does not know yet
	list    widget.List // of the places on the board

	in widget.Rect // the list inside its border
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list.
func New() *Screen {
	s := &Screen{}
	s.browser = token.NewBrowser(token.List{
		Title: "Board", Hint: "subject, persona, label, key", Plan: plan,
		Move:   func(c *frame.Ctx, step int) { c.Board.Move(step, c.Now) },
		Narrow: func() { s.typed = true },
		Select: func(c *frame.Ctx, place int) { c.Board.Select(place, c.Now) },
		Open:   s.open,
	})
	return s
}

// plan gives the list the whole room.
func plan(width int) frame.Plan { return frame.Plan{Left: width} }

// Badge is the number of tokens.
func (s *Screen) Badge(c *frame.Ctx) frame.Badge {
	if n := c.Board.Len(); n > 0 {
		return frame.Badge{Text: strconv.Itoa(n)}
	}
	return frame.Badge{}
}

// Typing reports whether the filter has the cursor.
func (s *Screen) Typing() bool { return s.browser.Typing() }

// Update types into the filter, and scrolls list or token with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd { return s.browser.Update(c, msg) }

// open shows the selected token.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	e := c.Board.Selected()
	e.Verify(c.Now)
	s.browser.Show(e)
	return nil
}

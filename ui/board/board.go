// Package board is the screen with the tokens that the user watches.
package board

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the tokens of the board, or shows one of them. The board holds the
// order and the selection; the screen looks only at the visible rows.
type Screen struct {
	filter    widget.Field
	filtering bool // the filter has the cursor
	typed     bool // the filter has changed since the last Layout
	scroll    widget.Scroll
	pane      token.Pane
	opened    bool // the pane is shown instead of the list

	room frame.Room
	rows []*desk.Entry // that are visible
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list.
func New() *Screen {
	s := &Screen{filter: widget.NewField("subject, persona, label, key")}
	s.filter.Prompt("/ ")
	s.pane.Owner = token.Owner{Leave: func(*frame.Ctx) tea.Cmd {
		s.opened = false
		return nil
	}}
	return s
}

// Name is the word in the tab row.
func (s *Screen) Name() string { return "Board" }

// Badge is the number of tokens.
func (s *Screen) Badge(c *frame.Ctx) string {
	if n := c.Board.Len(); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// Enter has nothing to do.
func (s *Screen) Enter(*frame.Ctx) tea.Cmd { return nil }

// Renew has nothing to do: a token keeps the keys that verified it.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd { return nil }

// Accept takes nothing: other screens add tokens to the board themselves.
func (s *Screen) Accept(*frame.Ctx, frame.Intent) (tea.Cmd, bool) { return nil, false }

// Typing reports whether the filter has the cursor.
func (s *Screen) Typing() bool { return s.filtering && !s.opened }

// Update types into the filter, and scrolls list or token with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case step != 0 && s.opened:
		s.pane.Scroll(step)
	case step != 0:
		c.Board.Move(step, c.Now)
	case pasted && s.Typing():
		return dialog.Pasted(c, paste, s.write)
	case pasted:
		return dialog.Pasted(c, paste, nil)
	case s.Typing():
		return s.write(msg)
	}
	return nil
}

// write types into the filter.
func (s *Screen) write(msg tea.Msg) tea.Cmd {
	s.typed = true
	return s.filter.Update(msg)
}

// keepFilter leaves the filter and keeps its text.
func (s *Screen) keepFilter() {
	s.filtering = false
	s.filter.Blur()
}

func (s *Screen) clearFilter(c *frame.Ctx) tea.Cmd {
	s.keepFilter()
	s.filter.Set("")
	c.Board.Filter("")
	return nil
}

// open shows the selected token.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	e := c.Board.Selected()
	e.Verify(c.Now)
	s.pane.Show(e)
	s.opened = true
	return nil
}

// click selects the token at a place, or opens it if it is already selected.
func (s *Screen) click(e *desk.Entry, place int) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		if c.Board.Selected() == e {
			return s.open(c)
		}
		c.Board.Select(place, c.Now)
		return nil
	}
}

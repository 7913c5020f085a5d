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

// Screen lists the tokens of the board and shows the selected one beside or below the
// list. The board holds the order, the marks and the selection; the screen looks only at
// the visible rows. Other screens add tokens to the board themselves, and a token keeps
// the keys that verified it.
type Screen struct {
	frame.Passive

	filter widget.Filter
	narrow string     // the text that the board was filtered by last
	pane   token.Pane // the selected token, or the one that was opened
	raw    token.Raw  // its JSON, where there is room
	opened bool       // the pane has the keys and the whole room
	list   widget.List
	adder  adder

	room frame.Room
	rows widget.Rect // the lines of the list, with the headings above them
	cols columns
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list.
func New() *Screen {
	s := &Screen{filter: widget.NewFilter("subject, persona, label, key, jti")}
	s.pane.Owner = s.owner()
	return s
}

// Badge is the number of tokens, and how many of them have expired.
func (s *Screen) Badge(c *frame.Ctx) frame.Badge {
	var b frame.Badge
	if n := c.Board.Len(); n > 0 {
		b.Text = strconv.Itoa(n)
	}
	if n := expired(c); n > 0 {
		b.News = widget.Note{Tone: widget.Bad, Text: strconv.Itoa(n) + " expired"}
	}
	return b
}

// expired returns how many tokens have expired.
func expired(c *frame.Ctx) int {
	active, _ := c.Board.Ahead(c.Now)
	return c.Board.Len() - active
}

// Typing reports whether a text field has the cursor.
func (s *Screen) Typing() bool {
	if s.opened {
		return s.pane.Typing()
	}
	return s.filter.Typing()
}

// Update types into the filter, adds what is pasted, and scrolls with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case s.opened && (!pasted || s.Typing()):
		return s.pane.Update(c, msg)
	case pasted && s.Typing():
		return dialog.Pasted(c, paste, true, s.filter.Update)
	case pasted:
		return s.adder.paste(c, paste.Content)
	case step != 0:
		move(c, step)
	case s.Typing():
		s.filter.Update(msg)
	}
	return nil
}

// open shows the selected token in the whole room. One of the ledger is signed again first; if
// that cannot be, what is known of it is shown, and why.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	return frame.Sign(c, c.Board.Selected(), func(c *frame.Ctx, e *desk.Entry, err error) tea.Cmd {
		e.Verify(c.Now)
		s.pane.Show(e)
		s.opened = true
		if err != nil {
			return frame.Tell(c, frame.NotSigned(err))
		}
		return nil
	})
}

// move moves the selection.
func move(c *frame.Ctx, step int) { c.Board.Move(step, c.Now) }

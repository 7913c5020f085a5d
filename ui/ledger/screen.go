// Package ledger is the screen with the record of what was issued.
package ledger

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ledger"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the rows of the ledger, the newest first, and shows the selected one beside or
// below the list. It reads them off the loop, a portion at a time.
type Screen struct {
	frame.Passive

	search search
	filter widget.Filter
	list   widget.List
	of     string     // the path of the ledger that was read last
	pane   token.Pane // the token of the selected row
	raw    token.Raw  // its JSON, where there is room
	opened bool       // the pane has the keys and the whole room

	room frame.Room
	rows widget.Rect // the lines of the list, with the headings above them
	cols columns
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen.
func New() *Screen {
	s := &Screen{filter: widget.NewFilter("subject, persona, key, jti, claim, label")}
	s.pane.Owner = token.Owner{Leave: frame.Just(func() { s.opened = false }), Fail: frame.Fail}
	return s
}

// Badge says how many lines of the ledger are damaged.
func (s *Screen) Badge(*frame.Ctx) frame.Badge {
	if s.search.damaged == 0 {
		return frame.Badge{}
	}
	return frame.Badge{News: widget.Note{Tone: widget.Warn, Text: strconv.Itoa(s.search.damaged) + " damaged"}}
}

// Enter reads the ledger again: rows have been added since.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	if s.opened {
		return nil
	}
	return s.begin(c)
}

// Renew forgets the rows of another ledger.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	if s.of != path(c) {
		s.search.end()
		s.search.rows, s.opened = nil, false
	}
	return nil
}

// begin reads the first rows that fit the filter. The selection stays on its row.
func (s *Screen) begin(c *frame.Ctx) tea.Cmd {
	before := ""
	if row := s.row(); row != nil {
		before = rowName(&row.Row)
	}
	s.of = path(c)
	return s.search.begin(c, func() {
		s.list.Select(0)
		s.list.Restart()
		for i := range s.search.rows {
			if rowName(&s.search.rows[i].Row) == before {
				s.list.Select(i)
				break
			}
		}
	})
}

// path returns the path of the ledger of the desk, or nothing.
func path(c *frame.Ctx) string {
	if of := desk.LedgerOf(c.Desk); of != nil {
		return of.Path()
	}
	return ""
}

// rowName tells a row from others.
func rowName(r *ledger.Row) string {
	return string(r.Event) + " " + r.When.UTC().Format("20060102150405.000000000") + " " + r.Token()
}

// Typing reports whether a text field has the cursor.
func (s *Screen) Typing() bool {
	if s.opened {
		return s.pane.Typing()
	}
	return s.filter.Typing()
}

// Update types into the filter and scrolls with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case s.opened && (!pasted || s.Typing()):
		return s.pane.Update(c, msg)
	case pasted:
		said := dialog.Pasted(c, paste, s.Typing(), s.filter.Update)
		return tea.Batch(said, s.narrow(c))
	case step != 0:
		return s.move(c, step)
	case s.Typing():
		s.filter.Update(msg)
		return s.narrow(c)
	}
	return nil
}

// narrow searches for what the filter says now.
func (s *Screen) narrow(c *frame.Ctx) tea.Cmd {
	if s.search.text == s.filter.Text() {
		return nil
	}
	s.search.text = s.filter.Text()
	return s.begin(c)
}

// move selects the row that many rows away, and reads on near the last one.
func (s *Screen) move(c *frame.Ctx, step int) tea.Cmd {
	s.list.Move(step)
	return s.search.more(c, s.list.Cursor())
}

// row returns the selected row, or nil, and entry its token, which a batch has not.
func (s *Screen) row() *recorded {
	if at := s.list.Cursor(); at < len(s.search.rows) {
		return &s.search.rows[at]
	}
	return nil
}

func (s *Screen) entry() *desk.Entry {
	if row := s.row(); row != nil {
		return row.entry
	}
	return nil
}

// take takes the entry with its token in the place of the one without.
func (s *Screen) take(old, made *desk.Entry) {
	for i := range s.search.rows {
		if s.search.rows[i].entry == old {
			s.search.rows[i].entry = made
			s.pane.Renew(made)
		}
	}
}

// Package personas is the screen with the personas of a team: who they are, which tokens
// they have, what the next one would have, and everything that changes their file.
package personas

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the personas. Beside or below the list stands what the next token of the
// selected one would have, or the token that was issued for it last.
type Screen struct {
	frame.Passive

	people  people
	side    side
	changes changes
	editor  editor // is open, or nil
	issuing frame.Job
	places  places
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen without personas: it reads them when it is shown.
func New() *Screen {
	s := &Screen{people: people{filter: widget.NewFilter("name, subject, role, key, claim")}}
	s.side.pane.Owner = token.Owner{Leave: frame.Just(s.toList), Fail: frame.Fail}
	return s
}

// Enter reads the personas, which may have changed.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd { return s.read(c) }

// Renew forgets what belongs to the desk before.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd {
	s.side.made = nil
	s.people.file, s.changes, s.editor = nil, changes{}, nil
	return nil
}

// Noticed reads the personas again when their file has changed.
func (s *Screen) Noticed(c *frame.Ctx) tea.Cmd { return s.read(c) }

// Typing reports whether a text field has the cursor.
func (s *Screen) Typing() bool {
	switch {
	case s.editor != nil:
		return true
	case s.side.away:
		return s.side.pane.Typing()
	}
	return s.people.filter.Typing()
}

// Update types into the filter, and moves the selection with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case s.editor != nil && pasted:
		return tea.Batch(dialog.Pasted(c, paste, true, s.editor.update), bench{s}.try(c))
	case s.editor != nil:
		return bench{s}.typeInto(c, msg)
	case s.side.away && (!pasted || s.Typing()):
		return s.side.pane.Update(c, msg)
	case pasted:
		return dialog.Pasted(c, paste, s.Typing(), s.people.filter.Update)
	case step != 0:
		s.move(step)
	case s.Typing():
		s.people.filter.Update(msg)
	}
	return nil
}

// move selects the persona that many rows away.
func (s *Screen) move(step int) { s.people.rows.Move(step) }

// toList gives the list the keys.
func (s *Screen) toList() { s.side.away = false }

// selected returns the selected persona, or nil.
func (s *Screen) selected() *settings.Persona { return s.people.selected() }

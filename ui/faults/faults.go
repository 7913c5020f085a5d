// Package faults is the screen with the catalogue of faulty tokens, with what each of them
// is, and with what came of each in a probe of an API.
package faults

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/probe"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Screen lists the faults, and shows the selected one beside or below the list.
type Screen struct {
	frame.Passive

	catalogue catalogue
	filter    widget.Filter
	probing   probing
	detail    detail
	places    places
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list. Every probe is a copy of the given one, with
// its own URL, maker and faults.
func New(how probe.Probe) *Screen {
	s := &Screen{
		catalogue: catalogue{all: fault.Catalogue()}, filter: widget.NewFilter("words, such as alg none or accepted 200"),
		probing: probing{how: how, results: map[string]known{}},
	}
	s.detail.pane.Owner.Leave = frame.Just(func() { s.detail.opened = false })
	s.detail.pane.Owner.Fail = frame.Fail
	return s
}

// Enter finds out again which faults can be made from the draft of the form.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	from := draft(c)
	s.catalogue.find(c.Desk.Faults(from).Impossible(), from.For())
	if !s.detail.opened {
		s.detail.pane.Show(nil) // it may be for somebody else
	}
	s.narrow()
	return s.follow(c)
}

// Renew stops a probe, whose tokens are those of the desk before.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd {
	s.probing.preparing.Drop()
	s.probing.stop()
	return nil
}

// Badge says how many faults a running probe has tried, and how many the API accepted.
func (s *Screen) Badge(*frame.Ctx) frame.Badge { return s.probing.badge() }

// Typing reports whether the filter or the search in the token has the cursor.
func (s *Screen) Typing() bool {
	if s.detail.opened {
		return s.detail.pane.Typing()
	}
	return s.filter.Typing()
}

// Update types into the filter, and scrolls list or token with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case s.detail.opened && (!pasted || s.Typing()):
		return s.detail.pane.Update(c, msg)
	case step != 0:
		return s.move(c, step)
	case pasted:
		put := func(msg tea.Msg) { s.filter.Update(msg); s.narrow() }
		return tea.Batch(dialog.Pasted(c, paste, s.Typing(), put), s.follow(c))
	case s.Typing():
		s.filter.Update(msg)
		s.narrow()
		return s.follow(c)
	}
	return nil
}

// move selects the fault that many rows away.
func (s *Screen) move(c *frame.Ctx, step int) tea.Cmd {
	s.catalogue.rows.Move(step)
	return s.follow(c)
}

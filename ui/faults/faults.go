// Package faults is the screen with the catalogue of faulty tokens, and with the
// outcome of each in a probe of an API.
package faults

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/probe"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the faults, or shows the token of one of them.
type Screen struct {
	catalogue catalogue
	probing   probing
	making    frame.Job // of the token that the user asked for
	pane      token.Pane
	opened    bool // the pane is shown instead of the list
	room      frame.Room
}

// catalogue holds the faults, and those that are listed.
type catalogue struct {
	all        []fault.Fault
	listed     []fault.Fault     // those that the filter finds
	impossible map[string]string // why a fault cannot be made
	subject    string            // of the tokens
	filter     widget.Field
	filtering  bool // the filter has the cursor
	rows       widget.List
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list. Every probe is a copy of the given one, with
// its own URL, maker and faults.
func New(how probe.Probe) *Screen {
	s := &Screen{
		catalogue: catalogue{all: fault.Catalogue(), filter: widget.NewField("words, such as alg none or let in 200")},
		probing:   probing{how: how},
	}
	s.catalogue.filter.Prompt("/ ")
	s.pane.Owner = token.Owner{Leave: func(*frame.Ctx) tea.Cmd {
		s.opened = false
		return nil
	}}
	return s
}

// Name is the word in the tab row.
func (s *Screen) Name() string { return "Faults" }

// Badge is empty.
func (s *Screen) Badge(*frame.Ctx) string { return "" }

// Enter finds out again which faults can be made from the draft of the form.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	from := draft(c)
	why := c.Desk.Faults(from).Impossible()
	s.catalogue.subject, s.catalogue.impossible = from.For(), map[string]string{}
	for _, f := range s.catalogue.all {
		if reason := why(f); reason != "" {
			s.catalogue.impossible[f.Name] = reason
		}
	}
	s.narrow()
	return nil
}

// Renew stops a probe, whose tokens are those of the desk before.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd {
	s.probing.preparing.Drop()
	s.probing.stop()
	return nil
}

// Accept takes nothing.
func (s *Screen) Accept(*frame.Ctx, frame.Intent) (tea.Cmd, bool) { return nil, false }

// Typing reports whether the filter has the cursor.
func (s *Screen) Typing() bool { return s.catalogue.filtering && !s.opened }

// Update types into the filter, and scrolls list or token with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case step != 0 && s.opened:
		s.pane.Scroll(step)
	case step != 0:
		s.catalogue.rows.Move(step)
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
	cmd := s.catalogue.filter.Update(msg)
	s.narrow()
	return cmd
}

// narrow lists the faults that the filter finds, also by their outcomes. The selected
// one stays selected as long as it is listed.
func (s *Screen) narrow() {
	l, selected := &s.catalogue, ""
	if f := l.selected(); f != nil {
		selected = f.Name
	}
	l.listed = explain.Search(l.all, l.filter.Value(), func(f fault.Fault) string { return s.probing.outcome(f.Name).Text })
	l.rows.Select(max(0, slices.IndexFunc(l.listed, func(f fault.Fault) bool { return f.Name == selected })))
}

// selected returns the selected fault, or nil.
func (l *catalogue) selected() *fault.Fault {
	if at := l.rows.Cursor(); at < len(l.listed) {
		return &l.listed[at]
	}
	return nil
}

// keepFilter leaves the filter and keeps its text.
func (s *Screen) keepFilter() {
	s.catalogue.filtering = false
	s.catalogue.filter.Blur()
}

func (s *Screen) clearFilter(*frame.Ctx) tea.Cmd {
	s.keepFilter()
	s.catalogue.filter.Set("")
	s.narrow()
	return nil
}

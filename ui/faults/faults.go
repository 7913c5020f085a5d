// Package faults is the screen with the catalogue of faulty tokens, and with what
// an API made of each of them in a probe.
package faults

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
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
	making    frame.Job // a token that was asked for
	pane      token.Pane
	opened    bool // the pane is shown in place of the list
	room      frame.Room
}

// catalogue is the faults, and which of them are listed.
type catalogue struct {
	all        []fault.Fault
	listed     []*fault.Fault    // what the filter leaves
	impossible map[string]string // why a fault cannot be made
	subject    string            // whom the tokens are for
	filter     widget.Field
	filtering  bool // the filter is typed
	rows       widget.List
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list. A probe goes as that one says, but for
// what each has of its own: the URL, the maker and the faults.
func New(how probe.Probe) *Screen {
	s := &Screen{
		catalogue: catalogue{all: fault.Catalogue(), filter: widget.NewField("name, group, what is wrong, or let in")},
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

// Enter looks again at which faults can be made of what the form holds.
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

// Renew stops a probe, whose tokens are of the desk before.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd {
	s.probing.preparing.Drop()
	s.probing.stop()
	return nil
}

// Accept takes nothing.
func (s *Screen) Accept(*frame.Ctx, frame.Intent) (tea.Cmd, bool) { return nil, false }

// Typing reports whether the filter has the cursor.
func (s *Screen) Typing() bool { return s.catalogue.filtering && !s.opened }

// Update types into the filter, and goes through list or token with the wheel.
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

// narrow lists the faults that hold what is typed, in what is said of them or in
// what came of them. The selected one stays selected as long as it is listed.
func (s *Screen) narrow() {
	l := &s.catalogue
	selected, wanted := l.selected(), strings.ToLower(strings.TrimSpace(l.filter.Value()))
	l.listed = nil
	for i := range l.all {
		f := &l.all[i]
		came, _ := s.probing.outcome(f)
		text := strings.Join([]string{f.Name, string(f.Group), f.Wrong, f.Source, came}, "\n")
		if strings.Contains(strings.ToLower(text), wanted) {
			l.listed = append(l.listed, f)
		}
	}
	l.rows.Select(max(0, slices.Index(l.listed, selected)))
}

// selected returns the fault that the cursor stands on, or nil.
func (l *catalogue) selected() *fault.Fault {
	if at := l.rows.Cursor(); at < len(l.listed) {
		return l.listed[at]
	}
	return nil
}

// keepFilter leaves the filter as it is typed.
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

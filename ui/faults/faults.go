// Package faults is the screen with the catalogue of faulty tokens, and with the
// outcome of each in a probe of an API.
package faults

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/probe"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen lists the faults, or shows the token of one of them.
type Screen struct {
	frame.Passive

	catalogue catalogue
	probing   probing
	making    frame.Job // of the token that the user asked for
	browser   *token.Browser
	in        widget.Rect // the list
}

// catalogue holds the faults, and those that are listed.
type catalogue struct {
	all        []fault.Fault
	listed     []fault.Fault     // those that the filter finds
	impossible map[string]string // why a fault cannot be made
	subject    string            // of the tokens
	rows       widget.List
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with its list. Every probe is a copy of the given one, with
// its own URL, maker and faults.
func New(how probe.Probe) *Screen {
	s := &Screen{catalogue: catalogue{all: fault.Catalogue()}, probing: probing{how: how}}
	s.browser = token.NewBrowser(token.List{
		Title: "Faults", Hint: "words, such as alg none or accepted 200", Plan: plan,
		Move:   func(_ *frame.Ctx, step int) { s.catalogue.rows.Move(step) },
		Select: func(_ *frame.Ctx, row int) { s.catalogue.rows.Select(row) },
		Narrow: s.narrow, Open: s.open,
	})
	return s
}

// plan gives the list the whole room.
func plan(width int) frame.Plan { return frame.Plan{Left: width} }

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

// Typing reports whether the filter has the cursor.
func (s *Screen) Typing() bool { return s.browser.Typing() }

// Update types into the filter, and scrolls list or token with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd { return s.browser.Update(c, msg) }

// narrow lists the faults that the filter finds, also by their outcomes. The selected
// one stays selected as long as it is listed.
func (s *Screen) narrow() {
	l, selected := &s.catalogue, ""
	if f := l.selected(); f != nil {
		selected = f.Name
	}
	l.listed = explain.Search(l.all, s.browser.Filter(), func(f fault.Fault) string { return s.probing.outcome(f.Name).Text })
	l.rows.Select(max(0, slices.IndexFunc(l.listed, func(f fault.Fault) bool { return f.Name == selected })))
}

// selected returns the selected fault, or nil.
func (l *catalogue) selected() *fault.Fault {
	if at := l.rows.Cursor(); at < len(l.listed) {
		return &l.listed[at]
	}
	return nil
}

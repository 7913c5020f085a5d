package faults

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	move := func(_ *frame.Ctx, step int) { s.catalogue.rows.Move(step) }
	switch {
	case s.opened:
		return s.pane.Actions(c)
	case s.catalogue.filtering:
		return []frame.Group{frame.Filtering(frame.Just(s.keepFilter), s.clearFilter, move)}
	}
	n := len(s.catalogue.listed)
	moves := frame.Moves(n > 0, max(1, s.room.Body.H-3), n, move)
	return []frame.Group{{Title: "Faults", Actions: append(s.listActions(), moves...)}}
}

// listActions returns the actions for the list and the selected fault.
func (s *Screen) listActions() []frame.Action {
	k, l := frame.DefaultKeys(), &s.catalogue
	some, running := len(l.listed) > 0, s.probing.running()
	return []frame.Action{
		frame.On(k.Open, some, s.open),
		frame.On(k.Clear, l.filter.Value() != "", s.clearFilter),
		frame.On(k.Filter, true, frame.Just(func() {
			l.filtering = true
			l.filter.Focus()
		})),
		frame.On(frame.Bind("p", "probe an API", "p"), !running, s.askTarget),
		frame.On(frame.Bind("x", "stop", "x"), running, frame.Just(s.probing.stop)),
		frame.On(token.Keys().Copy, some, s.copied),
	}
}

// click selects a fault, or opens it if it is already selected.
func (s *Screen) click(row int) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		if s.catalogue.rows.Cursor() == row {
			return s.open(c)
		}
		s.catalogue.rows.Select(row)
		return nil
	}
}

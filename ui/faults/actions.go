package faults

import (
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	n := len(s.catalogue.listed)
	rows := token.Rows{Filters: true, Moves: n > 0, Opens: n > 0, Shown: n}
	return s.browser.Actions(c, rows, s.listActions())
}

// listActions returns the actions for the list and the selected fault.
func (s *Screen) listActions() []frame.Action {
	some, running := len(s.catalogue.listed) > 0, s.probing.running()
	return []frame.Action{
		frame.On(frame.Bind("p", "probe an API", "p"), !running, s.askTarget),
		frame.On(frame.Bind("x", "stop", "x"), running, frame.Just(s.probing.stop)),
		frame.On(token.Keys().Copy, some, s.copied),
	}
}

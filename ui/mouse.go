package ui

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// onClick does what a click means in the first zone that has the cell.
func (m *Model) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	for _, zone := range m.last.zones {
		if zone.Contains(msg.X, msg.Y) {
			return zone.Click(m.c(), msg.X, msg.Y)
		}
	}
	return nil
}

// around returns the zones of a dialog and of what lies beside it: a click there closes the
// dialog, unless that asks something.
func around(m *Model, dialog widget.Rect) []frame.Zone {
	inside := frame.Zone{Rect: dialog} // a click into it that hits nothing
	if _, asks := m.Top().(frame.Question); asks {
		return []frame.Zone{inside}
	}
	return []frame.Zone{inside, {Rect: m.size, Do: func(c *frame.Ctx) tea.Cmd {
		cmd, _ := frame.Press(c, m.groups(), "esc")
		return cmd
	}}}
}

package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// twice is how soon a second click on the same cell makes a double click.
const twice = 500 * time.Millisecond

// mouse is where the left button was pressed last.
type mouse struct {
	zone    frame.Zone
	at      tea.Position
	when    time.Time
	pressed bool // and it still is
}

// onClick does what a click means in the first zone that has the cell. A second one soon
// after the first selects a word.
func (m *Model) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	before := m.mouse
	m.mouse = mouse{at: tea.Position{X: msg.X, Y: msg.Y}, when: m.ctx.Env.Clock()}
	for _, zone := range m.last.zones {
		if !zone.Contains(msg.X, msg.Y) {
			continue
		}
		m.mouse.zone, m.mouse.pressed = zone, true
		passed := m.mouse.when.Sub(before.when)
		if zone.Text != nil && before.zone.Rect == zone.Rect && before.at == m.mouse.at && passed >= 0 && passed < twice {
			m.mouse.when = time.Time{} // a third click is a first one
			zone.Text.Word(msg.X-zone.X, msg.Y-zone.Y)
			return nil
		}
		return zone.Click(m.c(), msg.X, msg.Y)
	}
	return nil
}

// onDrag selects in the text where the button was pressed.
func (m *Model) onDrag(msg tea.MouseMotionMsg) {
	if held := m.mouse; held.pressed && held.zone.Text != nil && msg.Button == tea.MouseLeft {
		held.zone.Text.Drag(msg.X-held.zone.X, msg.Y-held.zone.Y)
	}
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

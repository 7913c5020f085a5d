package old

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// onClick does what a click on that cell means.
func (m *Model) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || m.width < minWidth || m.height < minHeight {
		return nil
	}
	l := newLayout(m.width, m.height)
	if m.overlay != overlayNone {
		return nil
	}
	if msg.Y == l.tabs.y && m.screen != screenStart {
		m.clickTab(msg.X)
		return nil
	}
	switch m.screen {
	case screenStart:
		return m.clickStart(l, msg.Y)
	case screenIssue:
		return m.clickIssue(l, msg.X, msg.Y)
	case screenBoard:
		return m.clickBoard(l, msg.Y)
	case screenFaults:
		return m.clickFaults(l, msg.Y)
	default:
		return nil
	}
}

func (m *Model) clickTab(x int) {
	at := 1
	for i, tab := range m.tabs() {
		if i > 0 {
			at += m.tabGap()
		}
		width := textWidth(tab.text)
		if tab.screen == m.screen {
			width += 2
		}
		if x >= at && x < at+width {
			m.goTo(tab.screen)
			return
		}
		at += width
	}
}

// clickStart chooses the line of the start screen under the pointer.
func (m *Model) clickStart(l layout, y int) tea.Cmd {
	in := l.inner(l.body)
	lines := m.viewStart(in.w, in.h)
	for i, c := range m.choices() {
		row := y - in.y
		if row >= 0 && row < len(lines) && containsPlain(lines[row], c.text) {
			m.start.cursor = i
			return c.run()
		}
	}
	return nil
}

func (m *Model) clickIssue(l layout, x, y int) tea.Cmd {
	s := &m.issue
	if (l.wide && l.right.contains(x, y)) || (!l.wide && s.onPane) {
		if s.pane.entry != nil {
			m.focusToken()
		}
		return nil
	}
	f := m.formRects(l.inner(l.left))
	for _, target := range []struct {
		area  rect
		field formField
	}{
		{f.subjectLabel, subjectField},
		{f.subject, subjectField},
		{f.lifetimeLabel, lifetimeField},
		{f.lifetime, lifetimeField},
		{f.claimsLabel, claimsField},
		{f.claims, claimsField},
	} {
		if target.area.contains(x, y) {
			s.moveTo(target.field)
			return nil
		}
	}
	if f.btn.contains(x, y) {
		s.moveTo(buttonField)
		return m.submit()
	}
	return nil
}

// clickBoard selects a row, and opens it when it was selected already.
func (m *Model) clickBoard(l layout, y int) tea.Cmd {
	b := &m.board
	place := b.offset + y - l.inner(l.body).y - 1
	if b.opened || place < b.offset || place >= len(b.list) {
		return nil
	}
	item := b.at(place, firstAlive(b.list, m.now))
	if item == b.selected {
		return m.openSelected()
	}
	b.selected = item
	return nil
}

// onWheel scrolls what is on the screen.
func (m *Model) onWheel(msg tea.MouseWheelMsg) tea.Cmd {
	step := 3
	switch msg.Button {
	case tea.MouseWheelUp:
		step = -3
	case tea.MouseWheelDown:
	default:
		return nil
	}
	switch {
	case m.overlay == overlayHelp:
		m.helpScroll += step
	case m.overlay == overlayCopy:
		return m.menuMove(step / 3)
	case m.overlay == overlaySwitch:
		return m.switcherMove(step / 3)
	case m.overlay == overlayKeys:
		m.keyList.scroll += step
	case m.overlay == overlayPersonas:
		m.personas.move(step / 3)
	case m.overlay != overlayNone:
	case m.screen == screenStart:
		return m.scrollStart(step / 3)
	case m.screen == screenBoard && !m.board.opened:
		m.board.move(step, m.now)
	case m.screen == screenFaults && !m.faults.opened:
		m.faults.move(step)
	case m.screen == screenIssue:
		m.issue.pane.scrollBy(step)
	default:
		if p := m.currentPane(); p != nil {
			p.scrollBy(step)
		}
	}
	return nil
}

// containsPlain reports whether a styled line shows the text.
func containsPlain(line, text string) bool {
	return strings.Contains(ansi.Strip(line), text)
}

package ui

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
)

// groups returns the current key table, the nearest group first. Handling, help line
// and help screen all use it.
func (m *Model) groups() []frame.Group {
	top := m.Top()
	return frame.While(top.Typing(), append(top.Actions(m.c()), m.everywhere()))
}

// everywhere returns the last group of every table.
func (m *Model) everywhere() frame.Group {
	alone := len(m.stack.dialogs) == 0
	open := alone && m.stack.tabbed()
	switches := alone && (open || m.stack.before < 0) && len(m.ctx.Env.Profiles) > 0
	g := frame.Group{Title: "Everywhere"}
	n := 0
	for i, row := range m.stack.rows {
		if !row.tab {
			continue
		}
		n++
		keys := tabKeys(n, strings.ToLower(row.name))
		g.Actions = append(g.Actions, frame.On(keys, open, func(*frame.Ctx) tea.Cmd { return m.goTo(i) }))
	}
	help := frame.On(frame.Bind("?", "help", "?", "f1"), !m.stack.helping(), m.openHelp)
	quit := frame.On(frame.Bind("ctrl+c", "quit", "ctrl+c"), true, func(*frame.Ctx) tea.Cmd { return tea.Quit })
	help.Always, quit.Always = true, true
	g.Actions = append(g.Actions,
		frame.On(frame.Bind("P", "profile", "P", "f9", "alt+p"), switches, dialog.Profiles),
		frame.On(frame.Bind("K", "signing keys", "K", "f8", "alt+k"), open && len(m.ctx.Desk.Keyring().Keys()) > 0, dialog.Keys),
		frame.On(frame.Bind("S", "another secret", "S", "f10", "alt+s"), open && desk.OtherSecrets(m.ctx.Desk) != nil, dialog.OtherSecrets),
		help)
	g.Actions = append(g.Actions, wishActions(m)...)
	g.Actions = append(g.Actions, m.undoOrSuspend()...)
	g.Actions = append(g.Actions, quit)
	return g
}

// undoOrSuspend returns the actions of ctrl+z and alt+z, which change a text that has the
// cursor.
func (m *Model) undoOrSuspend() []frame.Action {
	if !m.Top().Typing() {
		return []frame.Action{
			frame.On(frame.Bind("ctrl+z", "suspend", "ctrl+z"), canSuspend, func(*frame.Ctx) tea.Cmd { return tea.Suspend }),
		}
	}
	return []frame.Action{
		frame.On(frame.Bind("ctrl+z", "undo", "ctrl+z"), true, m.hand(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})),
		frame.On(frame.Bind("alt+z", "redo", "alt+z"), true, m.hand(tea.KeyPressMsg{Code: 'z', Mod: tea.ModAlt})),
	}
}

// hand hands a key to the part that has the focus.
func (m *Model) hand(k tea.KeyPressMsg) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd { return m.Top().Update(c, k) }
}

// tabKeys returns the keys of the tab at a place, counted from 1: digits as far as they
// go, and function keys up to f7, since f8 and f9 have another meaning. A later tab has
// none and is clicked.
func tabKeys(n int, name string) key.Binding {
	const functionKeys, digits = 6, 9
	tab := strconv.Itoa(n)
	switch {
	case n > digits:
		return frame.Bind("", "")
	case n > functionKeys:
		return frame.Bind(tab, name, tab, "alt+"+tab)
	default:
		return frame.Bind(tab, name, tab, "f"+strconv.Itoa(n+1), "alt+"+tab)
	}
}

// openHelp shows the current keys.
func (m *Model) openHelp(*frame.Ctx) tea.Cmd {
	under, isDialog := m.Top(), len(m.stack.dialogs) > 0
	help := dialog.NewHelp(m.groups(), func(c *frame.Ctx, width int) []string { return m.aboveHelp(c, under, isDialog, width) })
	m.stack.help = help
	return m.Push(help)
}

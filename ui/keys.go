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
	at := m.place()
	groups := append(at.top().Actions(m.c()), at.everywhere())
	if m.keyboard.escaped {
		nameLetters(groups)
	}
	return frame.While(types(m), groups)
}

// place is where the user is: parts of which the last has the focus.
type place struct {
	m     *Model
	parts []frame.Part
}

func (m *Model) place() place { return place{m, m.stack.parts()} }

func (p place) top() frame.Part { return p.parts[len(p.parts)-1] }

// everywhere returns the last group of every table.
func (p place) everywhere() frame.Group {
	m := p.m
	g := frame.Group{Title: "Everywhere", Actions: p.screens()}
	g.Actions = append(g.Actions, p.about()...)
	palette := frame.On(frame.Bind(":", "find", ":", "ctrl+p"), !isPalette(p.top()), p.openPalette)
	palette.Hidden = true
	help := frame.On(frame.Bind("?", "help", "?", "f1"), !m.stack.helping(), p.openHelp)
	quit := frame.On(frame.Bind("ctrl+c", "quit", "ctrl+c"), true, func(*frame.Ctx) tea.Cmd { return tea.Quit })
	help.Title, palette.Always, help.Always, quit.Always = "Help: the keys of the moment", true, true, true
	g.Actions = append(append(g.Actions, help), p.undoOrSuspend()...)
	g.Actions = append(g.Actions, palette, quit)
	return g
}

// screens returns the actions that bring a screen to the front.
func (p place) screens() []frame.Action {
	var all []frame.Action
	for i, row := range p.m.stack.rows {
		if !row.tab {
			continue
		}
		keys := tabKeys(len(all)+1, strings.ToLower(row.name))
		show := frame.Unless(keys, p.covered(), func(*frame.Ctx) tea.Cmd { return p.m.goTo(i) })
		show.Title = row.name
		all = append(all, show)
	}
	return all
}

// about returns the actions for the profile and the keys.
func (p place) about() []frame.Action {
	m := p.m
	covered := p.covered()
	unless := func(not string, isSo bool) string {
		if covered == "" && isSo {
			return not
		}
		return covered
	}
	profile := unless("there is no file of settings", len(m.ctx.Env.Profiles) == 0)
	if len(p.parts) == 1 && m.stack.before < 0 && len(m.ctx.Env.Profiles) > 0 {
		profile = "" // before the first key
	}
	all := []frame.Action{
		frame.Unless(frame.Bind("f9", "profile", "f9", "alt+p"), profile, dialog.Profiles),
		frame.Unless(frame.Bind("f8", "signing keys", "f8", "alt+k"),
			unless("there is no key", len(m.ctx.Desk.Keyring().Keys()) == 0), dialog.Keys),
		frame.Unless(frame.Bind("f10", "another secret", "f10", "alt+s"),
			unless("the settings have no other secret", desk.OtherSecrets(m.ctx.Desk) == nil), dialog.OtherSecrets),
		frame.Unless(frame.Bind("f12", "read again", "f12", "alt+r"), covered, reload(m)),
	}
	titles := []string{"Change the profile", "Signing keys", "Sign with another secret of the settings", "Read the settings again"}
	for i, title := range titles {
		all[i].Title = title
	}
	return all
}

// covered says why no other screen can come to the front, or nothing.
func (p place) covered() string {
	switch {
	case len(p.parts) > 1:
		return "esc closes this first"
	case !p.m.stack.tabbed():
		return "finish this first"
	default:
		return ""
	}
}

// undoOrSuspend returns the actions of ctrl+z and alt+z, which change a text that has the
// cursor.
func (p place) undoOrSuspend() []frame.Action {
	if !p.top().Typing() {
		return []frame.Action{
			frame.On(frame.Bind("ctrl+z", "suspend", "ctrl+z"), canSuspend, func(*frame.Ctx) tea.Cmd { return tea.Suspend }),
		}
	}
	return []frame.Action{
		frame.On(frame.Bind("ctrl+z", "undo", "ctrl+z", "u"), true, p.hand(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})),
		frame.On(frame.Bind("alt+z", "redo", "alt+z"), true, p.hand(tea.KeyPressMsg{Code: 'z', Mod: tea.ModAlt})),
	}
}

// hand hands a key to the part that has the focus.
func (p place) hand(k tea.KeyPressMsg) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd { return p.m.Top().Update(c, k) }
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

// onKey runs the action of the key, or types it.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if !roomy(m.size) {
		if msg.String() == "ctrl+c" {
			return tea.Quit
		}
		return nil // the user cannot see its effect
	}
	if frame.IsModifier(msg) {
		return nil
	}
	if msg.Code == tea.KeyEscape && msg.Mod == tea.ModAlt { // esc twice, read at once
		msg.Mod = 0
	}
	m.messages.read(m.stack.screen())
	top, typing := m.Top(), m.Top().Typing()
	cmd, done := pressed(m, msg)
	if !done {
		cmd = m.Top().Update(m.c(), msg)
	}
	m.keyboard.escaped = msg.String() == "esc" && typing && !m.keyboard.escaped && len(m.stack.dialogs) == 0 && top == m.Top() && top.Typing()
	return cmd
}

// enhancements are what the console asks a terminal to report of keys: their places, and
// those of letters where no text field has the cursor.
func enhancements(typing bool) tea.KeyboardEnhancements {
	return tea.KeyboardEnhancements{
		ReportAlternateKeys:        true,
		ReportAllKeysAsEscapeCodes: !typing,
		ReportAssociatedText:       !typing,
	}
}

// openHelp shows the current keys.
func (p place) openHelp(*frame.Ctx) tea.Cmd {
	m, under, isDialog := p.m, p.top(), len(p.parts) > 1
	help := dialog.NewHelp(m.groups(), func(c *frame.Ctx, width int) []string { return m.aboveHelp(c, under, isDialog, width) })
	m.stack.help = help
	return m.Push(help)
}

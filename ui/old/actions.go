package old

import (
	tea "charm.land/bubbletea/v2"
)

// groups returns the key table of the moment, what is nearest first. Handling,
// help line and help screen all come from it.
func (m *Model) groups() []group {
	switch m.overlay {
	case overlayHelp:
		return []group{m.helpActions(), m.everywhere()}
	case overlayCopy:
		return []group{m.menuActions(), m.everywhere()}
	case overlayWrite:
		return []group{m.questionActions(m.writeFile, "write it"), m.everywhere()}
	case overlayLabel:
		return []group{m.questionActions(m.keepLabel, "keep it"), m.everywhere()}
	case overlayProtect:
		return []group{m.protectActions(), m.everywhere()}
	case overlaySwitch:
		return []group{m.switcherActions(), m.everywhere()}
	case overlayProbe:
		return []group{m.probeActions(), m.everywhere()}
	case overlayUnlock:
		return []group{m.unlockActions(), m.everywhere()}
	case overlayKeys:
		return []group{m.keyActions(), m.everywhere()}
	case overlayOffer:
		g := m.questionActions(m.acceptOffer, "read it")
		g.actions = append(g.actions, on(m.keys.PutIn, m.typing(), m.refuseOffer))
		return []group{g, m.everywhere()}
	case overlayEdit:
		return []group{m.editActions(), m.everywhere()}
	case overlaySave:
		return []group{m.questionActions(m.savePersona, "save it"), m.everywhere()}
	case overlayPersonas:
		return []group{m.personaActions(), m.everywhere()}
	default:
	}
	if p := m.currentPane(); p != nil {
		return []group{m.paneActions(p), m.scrollActions(p), m.everywhere()}
	}
	switch m.screen {
	case screenIssue:
		return []group{m.formActions(), m.everywhere()}
	case screenBoard:
		return []group{m.boardActions(), m.everywhere()}
	case screenInspect:
		return []group{m.inspectActions(), m.everywhere()}
	case screenFaults:
		return []group{m.faultsActions(), m.everywhere()}
	default:
		return []group{m.startActions(), m.everywhere()}
	}
}

// do wraps what has no command.
func do(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

// everywhere is the last group of every table.
func (m *Model) everywhere() group {
	k := m.keys
	typing, open := m.typing(), m.screen != screenStart && m.overlay == overlayNone
	switches := m.cfg.Profiles != nil && m.overlay == overlayNone
	hasKeys := open && len(m.desk.verifier.Keys) > 0
	goTo := func(s screen) func() tea.Cmd { return do(func() { m.goTo(s) }) }
	return group{"Everywhere", []action{
		on(k.Issue, open && !typing, goTo(screenIssue)),
		on(k.Board, open && !typing, goTo(screenBoard)),
		on(k.Inspect, open && !typing, goTo(screenInspect)),
		on(k.IssueTyping, open && typing, goTo(screenIssue)),
		on(k.BoardTyping, open && typing, goTo(screenBoard)),
		on(k.InspectTyping, open && typing, goTo(screenInspect)),
		on(k.Faults, open && !typing, goTo(screenFaults)),
		on(k.FaultsTyping, open && typing, goTo(screenFaults)),
		on(k.Profile, switches && !typing, m.openSwitcher),
		on(k.ProfileTyping, switches && typing, m.openSwitcher),
		on(k.Keys, hasKeys && !typing, m.openKeys),
		on(k.KeysTyping, hasKeys && typing, m.openKeys),
		on(k.Help, !typing && m.overlay != overlayHelp, m.openHelp),
		on(k.HelpTyping, typing && m.overlay != overlayHelp, m.openHelp),
		on(k.Suspend, canSuspend, func() tea.Cmd { return tea.Suspend }),
		on(k.Quit, true, func() tea.Cmd { return tea.Quit }),
	}}
}

func (m *Model) goTo(s screen) {
	m.screen = s
	if s == screenFaults {
		m.listFaults()
	}
	m.setNow(m.now) // the token there may have expired meanwhile
}

func (m *Model) openHelp() tea.Cmd {
	m.helpGroups, m.helpScroll, m.helpOver = m.groups(), 0, m.overlay
	m.overlay = overlayHelp
	return nil
}

func (m *Model) startActions() group {
	k, p := m.keys, m.startOnScreen()
	scrolls := len(p.reasons) > p.room
	page := max(1, p.room-1)
	return group{"Start", []action{
		on(k.Choose, true, func() tea.Cmd { return m.choices()[m.start.cursor].run() }),
		on(k.Up, true, func() tea.Cmd { return m.startMove(-1) }),
		on(k.Down, true, func() tea.Cmd { return m.startMove(1) }),
		on(k.PageDown, scrolls, func() tea.Cmd { return m.scrollStart(page) }),
		on(k.PageUp, scrolls, func() tea.Cmd { return m.scrollStart(-page) }),
		on(k.Reload, m.loadErr != nil || m.desk.settings.Found, m.reload),
	}}
}

func (m *Model) formActions() group {
	k, s := m.keys, &m.issue
	k.Down.SetKeys("down") // the letters are typed
	k.Up.SetKeys("up")
	inClaims, hasToken := s.focus == claimsField, s.pane.entry != nil
	move := func(step formField) func() tea.Cmd {
		return do(func() {
			if step > 0 && s.focus == buttonField && hasToken {
				m.focusToken()
				return
			}
			s.moveTo(s.focus + step)
		})
	}
	step := func(n int) func() tea.Cmd { return do(func() { s.preset(n, m.desk.issuer.MaxLifetime, m.now) }) }
	lifetime := s.focus == lifetimeField
	toggle := do(func() { s.claims.note = s.claims.toggle() })
	return group{"New token", []action{
		on(k.Submit, !inClaims, m.submit),
		on(k.SubmitAny, inClaims, m.submit),
		on(k.NextField, true, move(1)),
		on(k.NextPreset, lifetime, step(1)),
		on(k.PrevPreset, lifetime, step(-1)),
		on(k.ToggleJSON, inClaims, toggle), // where it is wanted it comes first
		on(k.Personas, true, m.openPersonas),
		on(k.ToggleJSON, !inClaims, toggle),
		on(k.CopyTyping, hasToken, func() tea.Cmd { return m.copyToken(s.pane.entry) }),
		on(k.ToToken, hasToken, do(m.focusToken)),
		on(k.PrevField, true, move(-1)),
		on(k.Down, !inClaims && !lifetime, move(1)),
		on(k.Up, !inClaims && !lifetime && s.focus != subjectField, move(-1)),
		on(k.SaveAs, m.desk.settings.PersonasFile != "", m.openSave),
	}}
}

// focusToken gives the token beside the form the keys.
func (m *Model) focusToken() {
	m.issue.onPane = true
	m.issue.syncFocus()
}

// paneActions are what can be done with the token that is shown.
func (m *Model) paneActions(p *pane) group {
	k, e := m.keys, p.entry
	read := e.token.Claims != nil
	canSign := m.desk.key() != nil && m.desk.key().CanSign()
	back := k.Back
	if m.screen == screenIssue || m.screen == screenInspect {
		back = k.New
	}
	return group{"Token", []action{
		on(k.Copy, e.token.Compact != "", func() tea.Cmd { return m.copyToken(e) }),
		on(k.CopyAs, read || e.fault != nil && e.token.Compact != "", func() tea.Cmd { return m.openCopyMenu(e) }),
		on(back, true, m.leavePane),
		on(k.Edit, read && canSign, func() tea.Cmd { return m.openEditor(e) }),
		on(k.Again, read && canSign && e.draft.subject != "", func() tea.Cmd { return m.again(e.draft) }),
		on(k.Watch, read && !m.board.has(e), func() tea.Cmd { return m.watch(p) }),
		on(k.Other, p.others > 0, m.nextFound),
		on(k.Write, e.token.Compact != "", func() tea.Cmd { return m.openWrite(e.token.Compact+"\n", "the token", "token.txt") }),
		on(k.Whole, p.foldable, do(func() { p.whole = !p.whole })),
		on(k.Local, read, do(func() { m.local = !m.local })),
	}}
}

// leavePane goes back to where the token came from.
func (m *Model) leavePane() tea.Cmd {
	switch m.screen {
	case screenIssue:
		m.issue.moveTo(subjectField)
	case screenBoard:
		m.board.opened = false
	case screenInspect:
		m.inspect.pane = pane{}
	case screenFaults:
		m.faults.opened = false
	default:
	}
	return nil
}

func (m *Model) scrollActions(p *pane) group {
	k := m.keys
	page := max(1, m.height-6)
	by := func(n int) func() tea.Cmd { return do(func() { p.scrollBy(n) }) }
	return group{"Scroll", []action{
		on(k.Up, true, by(-1)),
		on(k.Down, true, by(1)),
		on(k.PageUp, true, by(-page)),
		on(k.PageDown, true, by(page)),
		on(k.Top, true, by(-len(p.rows))),
		on(k.Bottom, true, by(len(p.rows))),
	}}
}

func (m *Model) boardActions() group {
	k, b := m.keys, &m.board
	by := func(n int) func() tea.Cmd { return do(func() { b.move(n, m.now) }) }
	if b.filtering {
		return m.filterActions(func() { b.filtering = false; b.filter.Blur() }, m.clearFilter, by)
	}
	some, picked := len(b.items) > 0, b.selected != nil
	canSign := m.desk.key() != nil && m.desk.key().CanSign()
	return group{"Board", append([]action{
		on(k.Open, picked, m.openSelected),
		on(k.Clear, b.filter.Value() != "", do(m.clearFilter)),
		on(k.Filter, some, do(func() { b.filtering = true; b.filter.Focus() })),
		on(k.Sort, some, do(func() { b.order = (b.order + 1) % boardOrders; b.arrange() })),
		on(k.Copy, picked, func() tea.Cmd { return m.copyToken(b.selected.entry) }),
		on(k.CopyAs, picked, func() tea.Cmd { return m.openCopyMenu(b.selected.entry) }),
		on(k.Again, picked && canSign && b.selected.draft.subject != "", func() tea.Cmd { return m.again(b.selected.draft) }),
		on(k.Edit, picked && canSign, func() tea.Cmd { return m.openEditor(b.selected.entry) }),
		on(k.Label, picked, m.openLabel),
		on(k.Remove, picked, do(func() { b.remove(m.now) })),
	}, m.listActions(some, len(b.list), by)...)}
}

// filterActions are those of a list while its filter is typed.
func (m *Model) filterActions(keep, clearIt func(), by func(int) func() tea.Cmd) group {
	k := m.keys
	k.Down.SetKeys("down") // the letters are typed
	k.Up.SetKeys("up")
	k.Choose.SetHelp("enter", "keep the filter")
	k.Clear.SetHelp("esc", "clear it")
	return group{"Filter", []action{
		on(k.Choose, true, do(keep)),
		on(k.Clear, true, do(clearIt)),
		on(k.Down, true, by(1)),
		on(k.Up, true, by(-1)),
	}}
}

// listActions move through a list of that length.
func (m *Model) listActions(some bool, length int, by func(int) func() tea.Cmd) []action {
	k, page := m.keys, max(1, m.height-6)
	return []action{
		on(k.Up, some, by(-1)),
		on(k.Down, some, by(1)),
		on(k.PageUp, some, by(-page)),
		on(k.PageDown, some, by(page)),
		on(k.Top, some, by(-length)),
		on(k.Bottom, some, by(length)),
	}
}

func (m *Model) clearFilter() {
	m.board.filtering = false
	m.board.filter.Blur()
	m.board.filter.set("")
	m.board.arrange()
}

func (m *Model) inspectActions() group {
	i := &m.inspect
	return group{"Inspect", []action{
		on(m.keys.Read, i.input.Value() != "", func() tea.Cmd { return m.inspectText(i.input.Value()) }),
	}}
}

func (m *Model) editActions() group {
	k := m.keys
	return group{"Edit", []action{
		on(k.Keep, true, m.keepEdit),
		on(k.Discard, true, m.discardEdit),
		on(k.Editor, true, m.openExternal),
	}}
}

func (m *Model) menuActions() group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", "copy")
	return group{"Copy as", []action{
		on(choose, true, m.copyChosen),
		on(k.Back, true, do(m.closeOverlay)),
		on(k.Write, true, m.writeChosen),
		on(k.Up, true, func() tea.Cmd { return m.menuMove(-1) }),
		on(k.Down, true, func() tea.Cmd { return m.menuMove(1) }),
	}}
}

// questionActions are for a field or a yes and no over the screen.
func (m *Model) questionActions(yes func() tea.Cmd, help string) group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", help)
	return group{"Question", []action{
		on(choose, true, yes),
		on(k.Back, true, do(m.closeOverlay)),
	}}
}

func (m *Model) helpActions() group {
	k := m.keys
	leave := k.Back
	leave.SetKeys("esc", "f1", "?", "q", "enter")
	return group{"Help", []action{
		on(leave, true, do(func() { m.overlay = m.helpOver })),
		on(k.Up, true, do(func() { m.helpScroll-- })),
		on(k.Down, true, do(func() { m.helpScroll++ })),
	}}
}

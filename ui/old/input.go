package old

import tea "charm.land/bubbletea/v2"

// onKey runs the action of the key, or types it.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if m.width < minWidth || m.height < minHeight {
		if msg.String() == "ctrl+c" {
			return tea.Quit
		}
		return nil // nobody sees what it would do
	}
	if msg.Code == tea.KeyEscape && msg.Mod == tea.ModAlt { // esc twice, read at once
		msg.Mod = 0
	}
	if cmd, done := press(m.groups(), msg); done {
		return cmd
	}
	return m.typeInto(msg)
}

// onPaste offers to read a token, wherever it is pasted.
func (m *Model) onPaste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.overlay != overlayNone:
		return m.typeInto(msg)
	case m.screen == screenStart:
		return nil
	case m.screen == screenInspect:
		return m.inspectText(msg.Content)
	}
	if n := holdsToken(msg.Content); n > 0 {
		m.offer = offer{msg.Content, n}
		m.overlay = overlayOffer
		return nil
	}
	if !m.typing() {
		return m.say(quiet, "no token was found in the pasted text")
	}
	return m.typeInto(msg)
}

// typing reports whether a text field has the keys.
func (m *Model) typing() bool { return m.typingUnder(m.overlay) }

// typingUnder reports whether a text field would have the keys under that.
func (m *Model) typingUnder(over overlay) bool {
	switch over {
	case overlayWrite, overlayLabel, overlayEdit, overlayProtect, overlayPersonas, overlaySave, overlayUnlock, overlayProbe:
		return true
	case overlayHelp, overlayCopy, overlaySwitch, overlayKeys:
		return false
	default:
	}
	switch m.screen {
	case screenIssue:
		return !m.issue.onPane && m.issue.focus != buttonField
	case screenBoard:
		return m.board.filtering
	case screenInspect:
		return m.inspect.pane.entry == nil
	case screenFaults:
		return m.faults.filtering
	default:
		return false
	}
}

// typeInto hands a message to the text field that has the keys.
func (m *Model) typeInto(msg tea.Msg) tea.Cmd {
	switch m.overlay {
	case overlayWrite:
		m.write.err = nil
		return m.write.path.update(msg)
	case overlayLabel:
		return m.label.update(msg)
	case overlayEdit:
		return m.updateEdit(msg)
	case overlayProtect:
		m.protect.err = nil
		return m.protect.name.update(msg)
	case overlayProbe:
		m.probe.err = nil
		if m.probe.host != "" {
			return m.probe.name.update(msg)
		}
		return m.probe.url.update(msg)
	case overlayUnlock:
		m.unlock.err = nil
		return m.unlock.passphrase.update(msg)
	case overlaySave:
		m.save.err = nil
		return m.save.name.update(msg)
	case overlayPersonas:
		cmd := m.personas.filter.update(msg)
		m.personas.narrow()
		return cmd
	case overlayHelp, overlayCopy, overlayOffer, overlaySwitch, overlayKeys:
		return nil
	default:
	}
	switch {
	case m.screen == screenIssue && !m.issue.onPane:
		return m.issue.update(msg)
	case m.screen == screenBoard && m.board.filtering:
		cmd := m.board.filter.update(msg)
		m.board.arrange()
		m.board.move(0, m.now)
		return cmd
	case m.screen == screenInspect && m.inspect.pane.entry == nil:
		return m.inspect.input.update(msg)
	case m.screen == screenFaults && m.faults.filtering:
		cmd := m.faults.filter.update(msg)
		m.faults.narrow()
		return cmd
	}
	return nil
}

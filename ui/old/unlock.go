package old

import (
	"errors"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
)

// unlockPrompt asks for the passphrase of an encrypted key.
type unlockPrompt struct {
	passphrase field
	typed      bool           // one was typed already
	then       func() tea.Cmd // reads the settings with it
	over       overlay        // what it was opened over
	err        error
}

// canUnlock reports whether a passphrase is all that the settings lack.
func (m *Model) canUnlock(err error) bool { return m.cfg.Unlock != nil && settings.Encrypted(err) }

// askPassphrase asks for a passphrase, and then reads the settings.
func (m *Model) askPassphrase(then func() tea.Cmd) tea.Cmd {
	m.unlock = unlockPrompt{passphrase: newField("the passphrase"), then: then, over: m.overlay}
	m.unlock.passphrase.EchoMode = textinput.EchoPassword
	m.unlock.passphrase.EchoCharacter = '•'
	m.unlock.passphrase.SetStyles(m.styles.input())
	m.unlock.passphrase.Focus()
	m.overlay = overlayUnlock
	return nil
}

// askAgain asks for a passphrase and says so when there was a wrong one.
func (m *Model) askAgain(then func() tea.Cmd) tea.Cmd {
	typed := m.unlock.typed
	cmd := m.askPassphrase(then)
	if typed {
		m.unlock.err = errors.New("the key cannot be decrypted with that: type another one")
	}
	return cmd
}

// unlockKey reads the settings with the passphrase that was typed.
func (m *Model) unlockKey() tea.Cmd {
	p := &m.unlock
	if p.passphrase.Value() == "" {
		p.err = errors.New("type the passphrase")
		return nil
	}
	m.cfg.Unlock([]byte(p.passphrase.Value()))
	m.overlay = p.over
	then := p.then
	m.unlock = unlockPrompt{typed: true}
	return then()
}

// leaveLocked goes back to where the question came from.
func (m *Model) leaveLocked() {
	m.overlay = m.unlock.over
	m.unlock = unlockPrompt{}
}

func (m *Model) unlockActions() group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", "decrypt the key")
	return group{"Passphrase", []action{
		on(choose, true, m.unlockKey),
		on(k.Back, true, do(m.leaveLocked)),
	}}
}

// viewUnlock draws the question.
func (m *Model) viewUnlock(l layout) ([]string, *tea.Cursor) {
	p := &m.unlock
	text, t := "the private key is encrypted; what you type is kept for this run and written nowhere", quiet
	if p.passphrase.note != "" {
		text, t = p.passphrase.note, warn
	}
	if p.err != nil {
		text, t = p.err.Error(), bad
	}
	return m.ask(l, "Passphrase", &p.passphrase, text, t)
}

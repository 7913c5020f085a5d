package old

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
)

// protectPrompt asks for the name of a protected profile before it signs.
type protectPrompt struct {
	name field
	then func() tea.Cmd // what was to be signed
	over overlay        // what it was opened over
	err  error
}

// unlessProtected signs, after the name of a protected profile was typed. It is
// typed once and counts until the profile is changed or read again: what is asked
// for with every token is soon typed without being read, and the banner stays.
func (m *Model) unlessProtected(sign func() tea.Cmd) tea.Cmd {
	if !m.desk.guarded() {
		return sign()
	}
	m.protect = protectPrompt{name: newField("the profile's name"), then: sign, over: m.overlay}
	m.protect.name.SetStyles(m.styles.input())
	m.protect.name.Focus()
	m.overlay = overlayProtect
	return nil
}

// allow signs when the name is the right one.
func (m *Model) allow() tea.Cmd {
	p := &m.protect
	name := visible.Text(m.desk.settings.Profile)
	if strings.TrimSpace(p.name.Value()) != name {
		p.err = errors.New("that is not its name, and nothing was signed: type " + name)
		return nil
	}
	m.desk.allowed = true
	m.overlay = p.over
	return p.then()
}

// disallow goes back to where the question came from. Nothing typed there is lost.
func (m *Model) disallow() { m.overlay = m.protect.over }

func (m *Model) protectActions() group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", "sign")
	return group{"Protected", []action{
		on(choose, true, m.allow),
		on(k.Back, true, do(m.disallow)),
	}}
}

// viewProtect draws the question.
func (m *Model) viewProtect(l layout) ([]string, *tea.Cursor) {
	p, s := &m.protect, m.styles
	name := visible.Text(m.desk.settings.Profile)
	text, t := "type "+name+" to sign with its key; you are asked once, until you change the profile", quiet
	if p.name.note != "" {
		text, t = p.name.note, warn
	}
	if p.err != nil {
		text, t = p.err.Error(), bad
	}
	return m.question(l, s.bad, s.banner.Render("▲ "+name+" is protected"), &p.name, text, t)
}

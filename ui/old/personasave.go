package old

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
)

// savePrompt asks for the name under which the form is kept.
type savePrompt struct {
	name    field
	persona settings.Persona
	err     error
	busy    bool
}

// savedMsg says whether the persona is in the file.
type savedMsg struct {
	name, path string
	err        error
}

// openSave asks for a name, once the form has something that can be kept.
func (m *Model) openSave() tea.Cmd {
	s := &m.issue
	_, lifetimeErr := m.desk.lifetime(s.lifetime.Value(), m.now)
	switch {
	case s.subject.Value() != "" && settings.CheckSubject(s.subject.Value()) != nil: // a persona needs none
		s.moveTo(subjectField)
		return nil
	case lifetimeErr != nil:
		s.moveTo(lifetimeField)
		return nil
	case s.claims.err != nil:
		s.moveTo(claimsField)
		return nil
	}
	m.save = savePrompt{
		name:    newField("such as admin"),
		persona: settings.Persona{Subject: s.subject.Value(), Lifetime: s.lifetime.Value(), Claims: s.claims.claims},
	}
	if s.persona != nil {
		m.save.persona.Algorithm, m.save.persona.Key = s.persona.Algorithm, s.persona.Key
	}
	m.save.name.SetStyles(m.styles.input())
	m.save.name.Focus()
	m.overlay = overlaySave
	return nil
}

// savePersona returns the command that writes the persona.
func (m *Model) savePersona() tea.Cmd {
	persona, path := m.save.persona, m.desk.settings.PersonasFile
	persona.Name = m.save.name.Value()
	switch {
	case persona.Name == "":
		m.save.err = errors.New("type a name")
		return nil
	case m.save.busy:
		return nil
	}
	m.save.busy = true
	return func() tea.Msg { return savedMsg{persona.Name, path, settings.SavePersona(path, &persona)} }
}

func (m *Model) onSaved(msg savedMsg) tea.Cmd {
	m.save.busy = false
	if problems, ok := errors.AsType[settings.Problems](msg.err); ok {
		msg.err = problems[0]
	}
	switch {
	case msg.err != nil && m.overlay == overlaySave:
		m.save.err = msg.err
		return nil
	case msg.err != nil:
		return m.say(bad, msg.err.Error())
	case m.overlay == overlaySave:
		m.closeOverlay()
	}
	return m.say(good, "the persona "+msg.name+" was added to "+msg.path)
}

// viewSave draws the question.
func (m *Model) viewSave(l layout) ([]string, *tea.Cursor) {
	text, t := "added below the others in "+m.desk.settings.PersonasFile, quiet
	if m.save.name.note != "" {
		text, t = m.save.name.note, warn
	}
	if m.save.err != nil {
		text, t = m.save.err.Error(), bad
	}
	return m.ask(l, "Save as persona", &m.save.name, text, t)
}

package issue

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// fill fills the form from a persona, and the user can change it there. Placeholders
// are filled for every token that the form issues.
func (s *Screen) fill(c *frame.Ctx, persona *settings.Persona) tea.Cmd {
	if _, err := c.Desk.SigningKey(persona); err != nil {
		return frame.Fail(c, err)
	}
	f := &s.form
	f.setPersona(persona)
	if persona.Subject != "" { // otherwise the subject in the form stays
		f.subject.Set(persona.Subject)
	}
	f.lifetime.Set(cmp.Or(persona.Lifetime, desk.LifetimeText(c.Desk.Settings().Lifetime)))
	f.claims.fill(persona.Claims)
	f.err, f.tried = nil, false
	f.moveTo(subjectField)
	return c.Say(widget.Good, "filled the form from the persona "+persona.Name)
}

// save asks for the name of a persona, if the form has no errors.
func (s *Screen) save(c *frame.Ctx) tea.Cmd {
	f := &s.form
	subject := f.subject.Value()
	var subjectErr error
	if subject != "" { // a persona may have none
		subjectErr = settings.CheckSubject(subject)
	}
	if at, err := f.firstError(subjectErr, c.Desk, c.Now); err != nil {
		f.moveTo(at)
		return nil
	}
	persona := settings.Persona{Subject: subject, Lifetime: f.lifetime.Value(), Claims: f.claims.claims}
	if f.persona != nil {
		persona.Algorithm, persona.Key = f.persona.Algorithm, f.persona.Key
	}
	return dialog.SavePersona(c, persona)
}

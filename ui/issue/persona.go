package issue

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/advice"
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
	subject := cmp.Or(persona.Subject, f.subject.Value()) // without one, that of the form stays
	shape, err := settings.ShapeOf(persona)
	if err != nil {
		return frame.Fail(c, err)
	}
	f.fill(desk.Form{Persona: persona, Shape: shape, Subject: subject, Lifetime: persona.Lifetime, Claims: persona.Claims})
	s.next()
	return c.Say(widget.Good, "filled the form from the persona "+persona.Name)
}

// unkept returns what of the form a persona cannot have, and its field.
func unkept(f *form) (stop, error) {
	const do = "remove it before you keep the form"
	switch {
	case f.exact:
		return claimsField, advice.New("a persona has no exact payload", "press ctrl+t for claims")
	case len(f.claims.Without) > 0:
		return claimsField, advice.New("a persona leaves no claim out", do)
	case f.header.Text.Value() != "":
		return headerField, advice.New("a persona has no header", do)
	}
	for _, m := range f.claims.Claims {
		if err := settings.CheckClaim(m); err != nil {
			return claimsField, err
		}
	}
	return subjectField, nil
}

// save asks for the name of a persona, if the form has no errors.
func (s *Screen) save(c *frame.Ctx) tea.Cmd {
	f := &s.form
	subject := f.subject.Value()
	var subjectErr error
	if subject != "" { // a persona may have none
		subjectErr = settings.CheckSubject(subject)
	}
	at, err := f.firstError(subjectErr, c.Desk, c.Now)
	if err == nil {
		at, err = unkept(f)
	}
	if err != nil {
		f.moveTo(at)
		f.err = err
		return nil
	}
	persona := settings.Persona{Subject: subject, Lifetime: f.lifetime.Value(), Claims: f.claims.Claims}
	if f.persona != nil {
		persona.Algorithm, persona.Key = f.persona.Algorithm, f.persona.Key
	}
	if f.like != nil {
		persona.Shape = f.like.Name
	}
	return dialog.SavePersona(c, persona)
}

package issue

import (
	"cmp"
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// openPersonas asks for a persona, of those that the file has at the moment.
func (s *Screen) openPersonas(c *frame.Ctx) tea.Cmd {
	read := func(_ context.Context, d *desk.Desk) ([]*settings.Persona, error) { return d.Personas() }
	return frame.Do(c, nil, read, func(c *frame.Ctx, personas []*settings.Persona, err error) tea.Cmd {
		problems, isProblems := errors.AsType[settings.Problems](err)
		switch {
		case c.Top() != frame.Part(s):
			return nil // the user is elsewhere by now
		case isProblems:
			return c.Say(widget.Bad, problems[0].Error())
		case err != nil:
			return c.Say(widget.Bad, err.Error())
		case len(personas) == 0:
			file := cmp.Or(c.Desk.Settings().PersonasFile, settings.DefaultPersonas)
			return c.Say(widget.Quiet, "there are no personas: write them into "+file)
		}
		dialog.Personas(c, personas, s.fill)
		return nil
	})
}

// fill puts a persona into the form, where it can be changed. What must be fresh
// is made for every token that is issued from there.
func (s *Screen) fill(c *frame.Ctx, persona *settings.Persona) tea.Cmd {
	if _, err := c.Desk.SigningKey(persona); err != nil {
		return c.Say(widget.Bad, err.Error())
	}
	f := &s.form
	f.setPersona(persona)
	if persona.Subject != "" { // what is typed stays for a persona without one
		f.subject.Set(persona.Subject)
	}
	f.lifetime.Set(cmp.Or(persona.Lifetime, desk.LifetimeText(c.Desk.Settings().Lifetime)))
	f.claims.fill(persona.Claims)
	f.err, f.tried = nil, false
	f.moveTo(subjectField)
	return c.Say(widget.Good, "the form is filled with the persona "+persona.Name)
}

// save asks for the name of a persona, once the form has something that can be
// kept.
func (s *Screen) save(c *frame.Ctx) tea.Cmd {
	f := &s.form
	subject := f.subject.Value()
	_, lifetimeErr := c.Desk.Lifetime(f.lifetime.Value(), c.Now)
	switch {
	case subject != "" && settings.CheckSubject(subject) != nil: // a persona needs none
		f.moveTo(subjectField)
		return nil
	case lifetimeErr != nil:
		f.moveTo(lifetimeField)
		return nil
	case f.claims.err != nil:
		f.moveTo(claimsField)
		return nil
	}
	persona := settings.Persona{Subject: subject, Lifetime: f.lifetime.Value(), Claims: f.claims.claims}
	if f.persona != nil {
		persona.Algorithm, persona.Key = f.persona.Algorithm, f.persona.Key
	}
	dialog.SavePersona(c, persona)
	return nil
}

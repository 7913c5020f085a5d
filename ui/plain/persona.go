package plain

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// issuePersona issues a token for a persona, with the subject after its name or else its
// own. Without a name it lists the personas, and with a verb it changes their file.
func issuePersona(ctx context.Context, c *console, argument string) error {
	if changePersonas(c, argument) {
		return nil
	}
	personas, err := c.desk.Personas()
	if c.refused(err) {
		c.missed.withheld = c.missed.withheld || argument != ""
		return nil
	}
	name, subject, _ := strings.Cut(argument, " ")
	if name == "" {
		listPersonas(c, personas)
		return nil
	}
	persona := settings.FindPersona(personas, name)
	if persona == nil {
		c.missed.withheld = true
		c.fail(explain.Line{Text: "there is no persona with that name", Do: "/persona lists them"})
		return nil
	}
	subject = cmp.Or(strings.TrimSpace(subject), persona.Subject)
	whole := desk.Draft{Persona: persona, Shape: c.form.Shape}
	if subject == "" && !whole.Whole() {
		c.missed.withheld = true
		c.fail(explain.Line{Text: "the persona " + name + " has no subject", Do: "type /persona " + name + " and a subject"})
		return nil
	}
	draft, err := c.draft(persona, subject)
	if c.refused(err) {
		c.missed.withheld = true
		return nil
	}
	return c.issue(ctx, draft)
}

// savePersona adds a persona with the lifetime and the claims of the next tokens.
func savePersona(c *console, argument string) {
	name, subject, _ := strings.Cut(argument, " ")
	own := settings.Own{Name: name, Subject: strings.TrimSpace(subject), Lifetime: c.form.Lifetime, Claims: c.form.Claims}
	if c.form.Shape != nil {
		own.Shape = c.form.Shape.Name
	}
	var err error
	switch {
	case name == "":
		err = advice.New("a name is needed", "type it first, and a subject behind it if you like")
	case len(c.form.Header) > 0 || len(c.form.Without) > 0:
		err = errors.New("a persona can neither have header parameters nor leave something out")
	case own.Subject != "":
		err = settings.CheckSubject(own.Subject)
	}
	if c.refused(err) {
		return
	}
	writePersonas(c, "The persona "+name+" was added to", func(f *settings.PersonasFile, made *personaEdit) (err error) {
		made.after, err = f.Add(own)
		return err
	})
}

func listPersonas(c *console, personas []*settings.Persona) {
	if len(personas) == 0 {
		c.sayf("There are no personas. Add them to %s.", cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas))
	}
	for _, persona := range personas {
		facts := explain.Persona(persona)
		c.sayf("%s: %s%s", facts.Name, facts.For(), inParentheses(facts.Holds()))
	}
	sayPersonaWarnings(c)
}

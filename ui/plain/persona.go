package plain

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// issuePersona issues a token for a persona, with the subject after its name or else its
// own. Without a name it lists the personas.
func issuePersona(ctx context.Context, c *console, argument string) error {
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
	persona := settings.Persona{Name: name, Subject: strings.TrimSpace(subject), Lifetime: c.form.Lifetime, Claims: c.form.Claims}
	if c.form.Shape != nil {
		persona.Shape = c.form.Shape.Name
	}
	path := cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas)
	var err error
	switch {
	case name == "":
		err = errors.New("type a name after /save")
	case len(c.form.Header) > 0 || len(c.form.Without) > 0:
		err = errors.New("a persona can neither have header parameters nor leave something out")
	case persona.Subject != "":
		err = settings.CheckSubject(persona.Subject)
	}
	if err == nil {
		err = settings.SavePersona(path, &persona)
	}
	if !c.refused(err) {
		c.sayf("The persona %s was added to %s.", name, path)
		c.files = files{} // we changed it ourselves
	}
}

func listPersonas(c *console, personas []*settings.Persona) {
	if len(personas) == 0 {
		c.sayf("There are no personas. Add them to %s.", cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas))
	}
	for _, persona := range personas {
		facts := explain.Persona(persona)
		c.sayf("%s: %s%s", facts.Name, facts.For(), inParentheses(facts.Holds()))
	}
}

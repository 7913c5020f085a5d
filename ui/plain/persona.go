package plain

import (
	"cmp"
	"context"
	"strings"

	"tokendesk/desk"
	"tokendesk/settings"
)

// persona issues a token for a persona, with its own subject unless another one
// stands behind the name. Without a name it lists the personas.
func (c *console) persona(ctx context.Context, argument string) error {
	personas, err := c.desk.Personas()
	if err != nil {
		c.problems(err)
		return nil
	}
	name, subject, _ := strings.Cut(argument, " ")
	if name == "" {
		c.listPersonas(personas)
		return nil
	}
	persona := settings.FindPersona(personas, name)
	if persona == nil {
		c.sayf("Error: there is no persona of that name. /persona lists them.")
		return nil
	}
	subject = cmp.Or(strings.TrimSpace(subject), persona.Subject)
	if subject == "" {
		c.sayf("Error: the persona %s has no subject: type /persona %s and one behind it.", persona.Name, persona.Name)
		return nil
	}
	draft, err := desk.FormDraft(persona, subject, cmp.Or(persona.Lifetime, c.lifetime), persona.Claims)
	if c.refused(err) {
		return nil
	}
	return c.issue(ctx, draft)
}

func (c *console) listPersonas(personas []*settings.Persona) {
	if len(personas) == 0 {
		c.sayf("There are no personas: write them into %s.", cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas))
	}
	for _, persona := range personas {
		c.sayf("%s: %s.", persona.Name, cmp.Or(persona.Subject, "no subject"))
	}
}

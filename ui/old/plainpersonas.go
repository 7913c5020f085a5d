package old

import (
	"cmp"
	"context"
	"strings"

	"tokendesk/settings"
)

// persona issues a token for a persona, with its own subject unless another one
// stands behind the name. Without a name it lists the personas.
func (p *plainConsole) persona(ctx context.Context, rest string) error {
	personas, err := p.desk.settings.Personas()
	if err != nil {
		p.problems(err)
		return nil
	}
	name, subject, _ := strings.Cut(rest, " ")
	if name == "" {
		p.listPersonas(personas)
		return nil
	}
	persona := settings.FindPersona(personas, name)
	if persona == nil {
		p.sayf("Error: there is no persona of that name. /persona lists them.")
		return nil
	}
	subject = cmp.Or(strings.TrimSpace(subject), persona.Subject)
	if subject == "" {
		p.sayf("Error: the persona %s has no subject: type /persona %s and one behind it.", persona.Name, persona.Name)
		return nil
	}
	if persona, err = persona.Edited(subject, persona.Claims); p.refused(err) {
		return nil
	}
	return p.issue(ctx, draft{subject: subject, lifetime: cmp.Or(persona.Lifetime, p.lifetime), claims: persona.Claims, persona: persona})
}

func (p *plainConsole) listPersonas(personas []*settings.Persona) {
	if len(personas) == 0 {
		p.sayf("There are no personas: write them into %s.", cmp.Or(p.desk.settings.PersonasFile, settings.DefaultPersonas))
	}
	for _, persona := range personas {
		p.sayf("%s: %s.", persona.Name, cmp.Or(persona.Subject, "no subject"))
	}
}

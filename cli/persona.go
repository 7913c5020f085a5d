package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// personaNames has the shell complete the names of the personas.
func personaNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var from deskFlags
	from.envFile, _ = cmd.Flags().GetString("env-file")
	from.profile, _ = cmd.Flags().GetString("profile")
	var names []string
	if o, err := from.options(); err == nil {
		_, personas, _ := settings.Personas(o) // without any there is nothing to complete
		for _, persona := range personas {
			names = append(names, persona.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// findPersona returns the persona of that name, or an error that says which there
// are.
func findPersona(d *desk.Desk, personas []*settings.Persona, name string) (*settings.Persona, error) {
	if persona := settings.FindPersona(personas, name); persona != nil {
		return persona, nil
	}
	file := d.Settings().PersonasFile
	if len(personas) == 0 {
		return nil, fmt.Errorf("there is no persona %s: %s has none; write it there, or name another file in PERSONAS_FILE",
			phrase.Excerpt(name), file)
	}
	const most = 12
	var names []string
	for _, persona := range personas[:min(most, len(personas))] {
		names = append(names, persona.Name)
	}
	if len(personas) > most {
		names = append(names, "…")
	}
	return nil, fmt.Errorf("there is no persona %s: %s has %s", phrase.Excerpt(name), file, strings.Join(names, ", "))
}

// chosenPersona returns the persona of --persona, or nil without the flag.
func (c *claimFlags) chosenPersona(d *desk.Desk) (*settings.Persona, error) {
	if c.persona == "" {
		return nil, nil
	}
	personas, err := d.Personas()
	if err != nil {
		return nil, misconfigured(err)
	}
	persona, err := findPersona(d, personas, c.persona)
	if err != nil {
		return nil, wrong(fmt.Errorf("--persona: %w", err))
	}
	return persona, nil
}

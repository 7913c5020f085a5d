package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// personaNames has the shell complete the names of the personas.
func personaNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var from deskFlags
	from.envFile, _ = cmd.Flags().GetString("env-file")
	from.profile, _ = cmd.Flags().GetString("profile")
	var names []string
	if o, err := from.options(); err == nil {
		_, personas, _ := settings.Personas(o) // without personas there is nothing to complete
		for _, persona := range personas {
			names = append(names, persona.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// findPersona returns the persona of that name. The error lists those that exist.
func findPersona(d *desk.Desk, personas []*settings.Persona, name string) (*settings.Persona, error) {
	if persona := settings.FindPersona(personas, name); persona != nil {
		return persona, nil
	}
	return nil, unknownPersona(personas, name, d.Settings().PersonasFile)
}

// someNames lists the names of personas for an error.
func someNames(personas []*settings.Persona) string {
	const most = 12
	var names []string
	for _, persona := range personas[:min(most, len(personas))] {
		names = append(names, persona.Name)
	}
	if len(personas) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// noPersonas says that a file has no personas, and what that means.
func noPersonas(text, file string) explain.Line {
	return explain.Line{Text: text, Do: "add one to " + file + ", or set PERSONAS_FILE to another file"}
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
		return nil, invalid(explain.At("--persona", err))
	}
	return persona, nil
}

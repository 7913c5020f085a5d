package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// personaNames has the shell complete the names of the personas.
func personaNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	from := filesOf(cmd)
	var personas []*settings.Persona
	if o, err := from.options(); err == nil {
		_, personas, _ = settings.Personas(o) // without personas there is nothing to complete
	}
	return namesOf(personas), cobra.ShellCompDirectiveNoFileComp
}

// filesOf returns the settings files that the flags of a command choose, for completion.
func filesOf(cmd *cobra.Command) (f deskFlags) {
	f.envFile, _ = cmd.Flags().GetString("env-file")
	f.profile, _ = cmd.Flags().GetString("profile")
	return f
}

// findPersona returns the persona of that name. The error lists those that exist.
func findPersona(d *desk.Desk, personas []*settings.Persona, name string) (*settings.Persona, error) {
	if persona := settings.FindPersona(personas, name); persona != nil {
		return persona, nil
	}
	return nil, unknownPersona(personas, name, d.Settings().PersonasFile)
}

// namesOf returns the names of personas.
func namesOf(personas []*settings.Persona) []string {
	names := make([]string, len(personas))
	for i, persona := range personas {
		names[i] = persona.Name
	}
	return names
}

// shortList lists names for an error.
func shortList(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "…")
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

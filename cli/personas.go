package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/settings"
)

// personasCommand is the command that lists the personas.
func personasCommand(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "personas",
		Short: "List the personas",
		Long: "List the personas in personas.yaml, or in the file that PERSONAS_FILE names: their subjects, lifetimes and claims, " +
			"including those they inherit. Tokens in the settings file that its secret verifies, such as the ANON_KEY of Supabase, " +
			"are personas too. No key is needed.",
		Example: "tokendesk personas\ntokendesk issue --persona admin",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			set, personas, err := settings.Personas(o)
			if err != nil {
				return misconfigured(err)
			}
			for _, w := range settings.PersonaWarnings(set) {
				p.warn(explain.Warning(w))
			}
			if len(personas) == 0 {
				p.note(noPersonas("there are no personas", set.PersonasFile).String())
				return nil
			}
			if !asJSON {
				return printPersonas(p, personas)
			}
			for _, persona := range personas {
				if err := p.printJSON(explain.Persona(persona)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object per persona")
	cmd.AddCommand(personasAdd(p), personasEdit(p), personasRemove(p), personasImport(p), personasExport(p))
	return cmd
}

// noLifetime stands where a persona has no lifetime.
const noLifetime = "–"

// maxClaims is how much of the claims is printed, in cells.
const maxClaims = 80

// printPersonas prints a line for each persona.
func printPersonas(p Program, personas []*settings.Persona) error {
	rows := make([][]string, len(personas))
	for i, persona := range personas {
		facts := explain.Persona(persona)
		rows[i] = []string{facts.Name, facts.For(), orElse(facts.Lifetime, noLifetime), facts.Holds()}
	}
	return p.print(inColumns(rows, maxClaims))
}

// orElse returns the text, or another one if it is nil.
func orElse(text *string, other string) string {
	if text == nil {
		return other
	}
	return *text
}

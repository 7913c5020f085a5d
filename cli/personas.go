package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/visible"
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
	var widths [3]int
	for i, persona := range personas {
		facts := explain.Persona(persona)
		rows[i] = []string{facts.Name, facts.For(), noLifetime, facts.Holds()}
		if facts.Lifetime != nil {
			rows[i][2] = *facts.Lifetime
		}
		for n, cell := range rows[i] {
			rows[i][n] = visible.Text(cell)
		}
		for n := range widths {
			widths[n] = max(widths[n], ansi.StringWidth(rows[i][n]))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		for n, width := range widths {
			lines[i] += pad(row[n], width) + "  "
		}
		lines[i] = strings.TrimRight(lines[i]+ansi.Truncate(row[3], maxClaims, "…"), " ")
	}
	return p.print(strings.Join(lines, "\n"))
}

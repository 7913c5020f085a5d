package cli

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// personas is the command that lists the personas.
func (p Program) personas() *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "personas",
		Short: "List the personas",
		Long: "List the personas of personas.yaml, or of the file that PERSONAS_FILE names: their subjects, lifetimes and claims, " +
			"with what they extend merged in. No key is needed.",
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
			if len(personas) == 0 {
				p.complain("there are no personas: write them into " + set.PersonasFile + ", or name another file in PERSONAS_FILE")
				return nil
			}
			if !asJSON {
				return p.printPersonas(personas)
			}
			for _, persona := range personas {
				if err := p.printJSON(describePersona(persona)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a persona")
	return cmd
}

// none stands where a persona says nothing.
const none = "–"

// maxClaims is how much of the claims is shown, in columns.
const maxClaims = 80

// printPersonas prints a line for each.
func (p Program) printPersonas(personas []*settings.Persona) error {
	rows := make([][]string, len(personas))
	widths := make([]int, 3)
	for i, persona := range personas {
		rows[i] = []string{persona.Name, cmp.Or(persona.Subject, none), cmp.Or(persona.Lifetime, none)}
		for n, cell := range rows[i] {
			rows[i][n] = visible.Text(cell)
			widths[n] = max(widths[n], ansi.StringWidth(rows[i][n]))
		}
		rows[i] = append(rows[i], shortClaims(persona))
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		var b strings.Builder
		for n, width := range widths {
			b.WriteString(row[n] + strings.Repeat(" ", width-ansi.StringWidth(row[n])+2))
		}
		lines = append(lines, strings.TrimRight(b.String()+row[3], " "))
	}
	return p.print(strings.Join(lines, "\n"))
}

// shortClaims returns what signs, and the claims as one types them.
func shortClaims(persona *settings.Persona) string {
	var parts []string
	if persona.Algorithm != "" {
		parts = append(parts, string(persona.Algorithm))
	}
	if persona.Key != "" {
		parts = append(parts, "key "+persona.Key)
	}
	for _, m := range persona.Claims {
		parts = append(parts, input.FormatClaim(m))
	}
	return ansi.Truncate(visible.Text(strings.Join(parts, "  ")), maxClaims, "…")
}

// personaFacts is the JSON shape of a persona.
type personaFacts struct {
	Name      string      `json:"name"`
	Subject   *string     `json:"subject"`
	Lifetime  *string     `json:"lifetime"`
	Algorithm *string     `json:"algorithm"`
	Key       *string     `json:"key"`
	Extends   *string     `json:"extends"`
	Claims    auth.Object `json:"claims"`
	File      string      `json:"file"`
	Line      int         `json:"line"`
}

func describePersona(persona *settings.Persona) personaFacts {
	given := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	return personaFacts{
		Name: persona.Name, Subject: given(persona.Subject), Lifetime: given(persona.Lifetime),
		Algorithm: given(string(persona.Algorithm)), Key: given(persona.Key), Extends: given(persona.Extends),
		Claims: persona.Claims, File: persona.File, Line: persona.Line,
	}
}

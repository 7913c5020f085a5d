package cli

import (
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/git"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// check is one check of doctor with its result, and its JSON shape.
type check struct {
	Name   string `json:"name"`
	Status string `json:"status"` // one of the results below
	Text   string `json:"text"`
	Do     string `json:"do"` // what to do, or empty
}

// The results of a check.
const (
	checkOK      = "ok"
	checkWarning = "warning"
	checkFailure = "failure"
)

// rule is a result that a check may have.
type rule struct {
	applies          bool
	status, text, do string
}

// diagnosis is the results of all checks, and its JSON shape.
type diagnosis struct {
	Checks   []check `json:"checks"`
	Failures int     `json:"failures"`
	Warnings int     `json:"warnings"`
}

func (d *diagnosis) ok(name, text string) { d.first(name, rule{true, checkOK, text, ""}) }

func (d *diagnosis) warn(name string, line explain.Line) { d.line(name, checkWarning, line) }

func (d *diagnosis) fail(name string, line explain.Line) { d.line(name, checkFailure, line) }

// line adds a result that a line says, with its advice apart.
func (d *diagnosis) line(name, status string, line explain.Line) {
	do := line.Do
	line.Do = ""
	d.first(name, rule{true, status, line.String(), do})
}

// first adds the result of the first rule that applies, if there is one.
func (d *diagnosis) first(name string, rules ...rule) {
	n := slices.IndexFunc(rules, func(r rule) bool { return r.applies })
	if n < 0 {
		return
	}
	r := rules[n]
	switch r.status {
	case checkWarning:
		d.Warnings++
	case checkFailure:
		d.Failures++
	}
	d.Checks = append(d.Checks, check{name, r.status, r.text, r.do})
}

// doctorCommand is the command that checks the settings and the environment.
func doctorCommand(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the settings, the key, the clock and the terminal",
		Long: "Check the settings, who can read them, whether git would publish them, the key, the clock, the terminal and the ledger, " +
			"and say how to fix each problem. Nothing is changed, and the only network request goes to JWKS_URL. A program that prints " +
			"the key is run only if you have allowed it. " +
			"The exit code is 1 when a check failed; warnings do not count.",
		Example: `tokendesk doctor
tokendesk doctor --profile staging --json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			o.Output = runTrusted(cmd.Context())
			var d diagnosis
			files, set := d.settings(o, &from)
			checkPublished(cmd.Context(), p, &d, set.JWKSURL)
			for _, file := range files {
				d.git(file, git.StatusOf(cmd.Context(), file))
			}
			d.clock(p.Now(), buildTime(), files)
			d.zone(p.Now(), os.Getenv("TZ"))
			screen := screenOf(cmd.Context(), p)
			d.locale(os.LookupEnv)
			d.terminal(screen)
			d.editor(screen)
			d.preferences(settings.ReadPreferences(os.LookupEnv))
			d.ledger(p, set.Ledger)
			err = p.show(asJSON, d, d.text(styleFor(p.Stdout)))
			if err == nil && d.Failures > 0 {
				return exitWith(exitFailed)
			}
			return err
		},
	}
	from.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// text is the diagnosis for people: one line per check, and one with the counts.
func (d *diagnosis) text(s style) string {
	tones := map[string]explain.Tone{checkOK: explain.Good, checkWarning: explain.Warn, checkFailure: explain.Bad}
	lines := ""
	for _, c := range d.Checks {
		tone := tones[c.Status]
		found := explain.Line{Text: c.Text, Do: c.Do}
		lines += s.tone(tone, tone.Sign()+" "+pad(c.Status, 9)) + s.strong(pad(c.Name, 13)) + visible.Text(found.String()) + "\n"
	}
	return lines + fmt.Sprintf("%s: %s, %s", phrase.Count(len(d.Checks), "check", "checks"),
		phrase.Count(d.Failures, checkFailure, "failures"), phrase.Count(d.Warnings, checkWarning, "warnings"))
}

package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tokendesk/internal/git"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// check is one thing that doctor looked at, and its JSON shape.
type check struct {
	Name   string `json:"name"`
	Status string `json:"status"` // one of the words below
	Text   string `json:"text"`
	Do     string `json:"do"` // what to do, empty when there is nothing
}

// What can come out of a check.
const (
	checkOK      = "ok"
	checkWarning = "warning"
	checkFailure = "failure"
)

// diagnosis is everything that doctor looked at, and its JSON shape.
type diagnosis struct {
	Checks   []check `json:"checks"`
	Failures int     `json:"failures"`
	Warnings int     `json:"warnings"`
}

func (d *diagnosis) ok(name, text string) {
	d.Checks = append(d.Checks, check{name, checkOK, text, ""})
}

func (d *diagnosis) warn(name, text, do string) {
	d.Warnings++
	d.Checks = append(d.Checks, check{name, checkWarning, text, do})
}

func (d *diagnosis) fail(name, text, do string) {
	d.Failures++
	d.Checks = append(d.Checks, check{name, checkFailure, text, do})
}

// doctor is the command that looks for what could go wrong.
func (p Program) doctor() *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the settings, the key, the clock and the terminal",
		Long: "Check the settings, who can read them, whether git would publish them, the key, the clock and the terminal, " +
			"and say what to do about each thing that is not right. Nothing is changed, and of a network only JWKS_URL is asked. " +
			"The exit code is 1 when a check failed; warnings do not count.",
		Example: `tokendesk doctor
tokendesk doctor --profile staging --json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			var d diagnosis
			files, keysURL := d.settings(o, &from)
			p.publishes(cmd.Context(), &d, keysURL)
			for _, file := range files {
				d.git(file, git.StatusOf(cmd.Context(), file))
			}
			d.clock(p.Now(), buildTime(), files)
			d.zone(p.Now(), os.Getenv("TZ"))
			screen := p.screen(cmd.Context())
			d.terminal(screen)
			d.editor(screen)
			if asJSON {
				err = p.printJSON(d)
			} else {
				err = p.print(d.text(styleFor(p.Stdout)))
			}
			if err == nil && d.Failures > 0 {
				return exit(exitFailed)
			}
			return err
		},
	}
	from.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// text is the diagnosis for people: a line a check, and one that counts.
func (d *diagnosis) text(s style) string {
	lines := ""
	for _, c := range d.Checks {
		sign, paint := "✓", s.good
		switch c.Status {
		case checkWarning:
			sign, paint = "!", s.warn
		case checkFailure:
			sign, paint = "✗", s.bad
		}
		lines += paint(sign+" "+pad(c.Status, 9)) + s.strong(pad(c.Name, 13)) + visible.Text(advise(c.Text, c.Do)) + "\n"
	}
	return lines + fmt.Sprintf("%s: %s, %s", phrase.Count(len(d.Checks), "check", "checks"),
		phrase.Count(d.Failures, checkFailure, "failures"), phrase.Count(d.Warnings, checkWarning, "warnings"))
}

package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// trusted is the program that prints the key, and its JSON shape.
type trusted struct {
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Setting string   `json:"setting"`
	Command string   `json:"command"`
	Words   []string `json:"words"`
	Folder  string   `json:"folder"`
	Trusted bool     `json:"trusted"`
}

// trustCommand is the command that allows the program of a settings file.
func trustCommand(p Program) *cobra.Command {
	var from deskFlags
	var yes, asJSON bool
	cmd := &cobra.Command{
		Use:   "trust",
		Short: "Allow the program that prints the key",
		Long: "Show the program that SECRET_KEY_COMMAND or KEY_COMMAND of the settings file names, exactly as it would be run, and ask " +
			"whether to allow it. Nothing is run. A settings file may be somebody else's, so its program is not run until you allow it. " +
			"If its command line or the path of the file changes, you are asked again.",
		Example: `tokendesk trust
tokendesk trust --profile staging --yes`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			source, err := from.source()
			if err != nil {
				return err
			}
			d := desk.Open(cmd.Context(), source)
			found := d.Settings()
			if found.Command == nil && d.Problem() != nil {
				return misconfigured(d.Problem())
			}
			if found.Command == nil {
				return misconfigured(explain.Line{Label: found.File, Text: "no program is named", Do: "set SECRET_KEY_COMMAND or KEY_COMMAND"})
			}
			return p.trust(found.Command, yes, asJSON)
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&yes, "yes", false, "allow it without a question")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// trust shows a program and allows it if the user says yes.
func (p Program) trust(c *settings.Command, yes, asJSON bool) error {
	list := settings.UserTrust()
	facts := trusted{c.File, c.Line, c.Name, c.Text, c.Words, c.Folder, list.Has(c)}
	if !facts.Trusted && yes {
		if err := list.Add(c); err != nil {
			return misconfigured(err)
		}
		facts.Trusted = true
	}
	if err := p.show(asJSON, facts, facts.text()); err != nil || facts.Trusted {
		return err
	}
	said, err := p.askYes("Run this whenever the key is needed? Type yes: ")
	switch {
	case err != nil:
		return err
	case !said:
		return misconfigured(advise("nothing was allowed", "run it with --yes, or type yes"))
	}
	if err := list.Add(c); err != nil {
		return misconfigured(err)
	}
	return nil
}

// runTrusted returns a function that runs the programs that the user has agreed to.
func runTrusted(ctx context.Context) func(*settings.Command) ([]byte, error) {
	return func(c *settings.Command) ([]byte, error) {
		if !settings.UserTrust().Has(c) {
			return nil, settings.ErrNotRun
		}
		return c.Run(ctx, false)
	}
}

// text says what would be run, for people.
func (t trusted) text() string {
	where := settings.Command{File: t.File, Line: t.Line}
	lines := []string{
		"setting    " + visible.Text(t.Setting+" of "+where.Place()),
		"command    " + visible.Text(t.Command),
		"program    " + visible.Text(t.Words[0]),
	}
	for i, word := range t.Words[1:] {
		lines = append(lines, pad("argument "+strconv.Itoa(i+1), 11)+visible.Text(word))
	}
	state := "no"
	if t.Trusted {
		state = "yes"
	}
	return strings.Join(append(lines, "folder     "+visible.Text(t.Folder), "allowed    "+state), "\n")
}

// askYes asks a question on the terminal, even when the standard streams are redirected, and
// reports whether the answer is yes. Without a terminal it is no.
func (p Program) askYes(question string) (bool, error) {
	tty, err := p.TTY()
	if err != nil {
		return false, nil // nobody can be asked
	}
	defer tty.Close()
	answer := ""
	err = terminal.RunLines(context.Background(), func(context.Context) error {
		fmt.Fprint(tty, question)
		answer, _ = bufio.NewReader(tty).ReadString('\n') // at its end it is no
		return nil
	})
	if _, stopped := errors.AsType[*terminal.Stopped](err); stopped {
		return false, err
	}
	return strings.TrimSpace(answer) == desk.Yes, nil
}

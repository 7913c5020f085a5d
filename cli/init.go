package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/git"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// initResult is the file that init wrote, and its JSON shape. It never holds the
// secret.
type initResult struct {
	File        string   `json:"file"`
	Algorithm   string   `json:"algorithm"`
	Fingerprint string   `json:"fingerprint"`
	GitIgnore   *string  `json:"gitignore"` // the .gitignore that a line was added to, or null
	Warnings    []string `json:"warnings"`

	name string // of the secret
}

// initCommand is the command that writes the settings file.
func initCommand(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a .env with a new secret",
		Long: "Write a settings file that explains every setting, with a new random secret and mode 0600. " +
			"An existing file is never overwritten. Inside a git checkout the file is added to .gitignore.",
		Example: `tokendesk init
tokendesk init --profile staging`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			result, err := createSettings(cmd.Context(), p, o)
			if err != nil {
				return err
			}
			for _, warning := range result.Warnings {
				p.warn(explain.Line{Text: warning})
			}
			return p.show(asJSON, result, result.text(&from))
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().Lookup("env-file").Usage = "write this file instead of .env"
	cmd.Flags().Lookup("profile").Usage = "write .env.NAME"
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// createSettings creates the file and looks for anything that weakens it.
func createSettings(ctx context.Context, p Program, o settings.Options) (initResult, error) {
	created, err := desk.Create(o, p.Template, p.Rand)
	if errors.Is(err, fs.ErrExist) {
		file := o.File
		if file == "" {
			file = settings.DefaultFile
		}
		if target, err := os.Readlink(file); err == nil {
			return initResult{}, advise(file+" is a link to "+target+", which init does not follow", "remove the link first")
		}
		return initResult{}, advise(file+" exists and is never overwritten", "move it away first")
	}
	if err != nil {
		return initResult{}, err
	}
	result := initResult{File: created.Path, Warnings: []string{}, name: created.Name}
	warn := func(line explain.Line) { result.Warnings = append(result.Warnings, line.String()) }
	alone, err := settings.Load(settings.Options{File: created.Path, Explicit: true, Lookup: func(string) (string, bool) { return "", false }})
	if err != nil {
		return initResult{}, err
	}
	result.Algorithm, result.Fingerprint = string(alone.Key.Algorithm()), alone.Key.Fingerprint()
	if created.GitIgnored {
		path := filepath.Join(filepath.Dir(created.Path), ".gitignore")
		result.GitIgnore = &path
	}
	if created.Warning != nil {
		warn(explain.Warning(*created.Warning))
	}
	switch status := git.StatusOf(ctx, created.Path); {
	case status.Tracked:
		warn(tracked(created.Path))
	case status.Checkout && !status.Ignored && status.Unknown == "" && created.Warning == nil:
		warn(explain.Line{
			Text: "git does not ignore " + created.Path + ", so git add would include the secret", Do: "add a pattern for it to .gitignore",
		})
	}
	o.File = created.Path
	here, err := settings.Load(o)
	if len(here.Replaced) > 0 {
		warn(overridden(here.Replaced, created.Path))
	}
	for _, line := range explain.Lines(err) {
		warn(line)
	}
	return result, nil
}

// tracked says what to do about a secret that git tracks.
func tracked(path string) explain.Line {
	return explain.Line{
		Text: "git tracks " + path + ", so the next commit publishes the secret", Do: "run git rm --cached -f " + shell.Word(path),
	}
}

// overridden says that the environment takes precedence over the file.
func overridden(names []string, path string) explain.Line {
	return explain.Line{
		Text: "the environment overrides " + strings.Join(names, ", ") + " in " + path,
		Do:   "unset " + strings.Join(names, " ") + " to use the file",
	}
}

// text says what was written, for people.
func (w initResult) text(from *deskFlags) string {
	file := visible.Text(w.File)
	lines := []string{fmt.Sprintf("wrote %s with a new secret: %s, key %s", file, w.Algorithm, w.Fingerprint)}
	if w.GitIgnore != nil {
		lines = append(lines, "added "+visible.Text(filepath.Base(w.File))+" to "+visible.Text(*w.GitIgnore))
	}
	return strings.Join(append(lines,
		"next: give the API the same "+visible.Text(w.name)+", and run "+visible.Text(from.command("issue ada@example.com"))), "\n")
}

// command returns a command line of tokendesk with the same settings file.
func (s *deskFlags) command(command string) string {
	switch {
	case s.profile != "":
		return "tokendesk " + command + " --profile " + shell.Word(s.profile)
	case s.envFile != "":
		return "tokendesk " + command + " --env-file " + shell.Word(s.envFile)
	default:
		return "tokendesk " + command
	}
}

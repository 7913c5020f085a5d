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
	"tokendesk/internal/git"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// written is what init did, and its JSON shape. It never holds the secret.
type written struct {
	File        string   `json:"file"`
	Algorithm   string   `json:"algorithm"`
	Fingerprint string   `json:"fingerprint"`
	GitIgnore   *string  `json:"gitignore"` // the .gitignore that got a line, or null
	Warnings    []string `json:"warnings"`
}

// init is the command that writes the settings file.
func (p Program) init() *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a .env with a fresh secret",
		Long: "Write a settings file with every setting explained and a fresh secret of 256 bits, with mode 0600. " +
			"A file that exists is never overwritten. Inside a git checkout the file is added to .gitignore.",
		Example: `tokendesk init
tokendesk init --profile staging`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			done, err := p.write(cmd.Context(), o)
			if err != nil {
				return err
			}
			for _, warning := range done.Warnings {
				p.warn(warning)
			}
			if asJSON {
				return p.printJSON(done)
			}
			return p.print(done.text(&from))
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().Lookup("env-file").Usage = "write this file instead of .env"
	cmd.Flags().Lookup("profile").Usage = "write .env.NAME"
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// noArgs refuses arguments of a command that has none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{errors.New(cmd.Name() + " takes no arguments"), cmd.CommandPath()}
	}
	return nil
}

// write creates the file and looks at what it will be worth here.
func (p Program) write(ctx context.Context, o settings.Options) (written, error) {
	created, err := desk.Create(o.File, p.Template, p.Rand)
	if errors.Is(err, fs.ErrExist) {
		file := o.File
		if file == "" {
			file = settings.DefaultFile
		}
		if target, err := os.Readlink(file); err == nil {
			return written{}, fmt.Errorf("%s is a link to %s and is not followed: remove the link first", file, target)
		}
		return written{}, fmt.Errorf("%s exists and is never overwritten: move it away first", file)
	}
	if err != nil {
		return written{}, err
	}
	done := written{File: created.Path, Warnings: []string{}}
	warn := func(text string) { done.Warnings = append(done.Warnings, text) }
	alone, err := settings.Load(settings.Options{File: created.Path, Explicit: true, Lookup: func(string) (string, bool) { return "", false }})
	if err != nil {
		return written{}, err
	}
	done.Algorithm, done.Fingerprint = string(alone.Key.Algorithm()), alone.Key.Fingerprint()
	if created.GitIgnored {
		path := filepath.Join(filepath.Dir(created.Path), ".gitignore")
		done.GitIgnore = &path
	}
	if created.Warning != nil {
		warn(created.Warning.String())
	}
	if git.StatusOf(ctx, created.Path).Tracked {
		warn(untrack(created.Path))
	}
	o.File = created.Path
	here, err := settings.Load(o)
	if len(here.Replaced) > 0 {
		warn(replaced(here.Replaced, created.Path))
	}
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		for _, problem := range problems {
			warn(problem.Error())
		}
	}
	return done, nil
}

// untrack says what to do about a secret that git tracks.
func untrack(path string) string {
	return "git tracks " + path + ", so the next commit publishes the secret; run git rm --cached -f " + shell.Word(path)
}

// replaced says that the environment stands above the file.
func replaced(names []string, path string) string {
	return fmt.Sprintf("the environment sets %s to something else than %s does, and the environment counts; unset what the file is to decide",
		strings.Join(names, ", "), path)
}

// text says what was done, for people.
func (w written) text(from *deskFlags) string {
	file := visible.Text(w.File)
	lines := []string{fmt.Sprintf("wrote %s with a fresh secret of 256 bits: %s, key %s", file, w.Algorithm, w.Fingerprint)}
	if w.GitIgnore != nil {
		lines = append(lines, "added "+visible.Text(filepath.Base(w.File))+" to "+visible.Text(*w.GitIgnore))
	}
	return strings.Join(append(lines,
		"next: give the API the same SECRET_KEY, and run "+visible.Text(from.command("issue ada@example.com"))), "\n")
}

// command returns a command line of tokendesk for the same settings file.
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

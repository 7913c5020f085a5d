package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"tokendesk/settings"
)

// keyProgram is a program that prints the key, and how often it was run.
type keyProgram struct {
	runs   int
	output string
	err    error
	trust  settings.Trust
}

// printing gives the console a settings file that names the program.
func printing(t *testing.T, p *keyProgram) change {
	t.Helper()
	return func(c *Config, _ *settings.Settings) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("SECRET_KEY_COMMAND=pass show api\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if p.trust.Path == "" {
			p.trust.Path = filepath.Join(dir, "config", "trusted")
		}
		c.Source.File, c.Source.Trust = filepath.Join(dir, ".env"), p.trust
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			set, err := settings.Load(o)
			set.File = ".env"
			for _, problem := range problemsOf(err) {
				problem.File = ".env"
			}
			return set, err
		}
		c.Source.Lookup = func(string) (string, bool) { return "", false }
		c.Source.Run = func(context.Context, *settings.Command) ([]byte, error) {
			p.runs++
			return []byte(p.output), p.err
		}
	}
}

func problemsOf(err error) settings.Problems {
	problems, _ := errors.AsType[settings.Problems](err)
	return problems
}

// trusting trusts the program of the settings file.
func trusting() change {
	return func(c *Config, _ *settings.Settings) {
		set, _ := settings.Load(settings.Options{File: c.Source.File, Lookup: c.Source.Lookup})
		if err := c.Source.Trust.Add(set.Command); err != nil {
			panic(err)
		}
	}
}

// TestKeyCommand asks before the program of a settings file is run for the first time.
func TestKeyCommand(t *testing.T) {
	t.Parallel()
	p := &keyProgram{output: "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ\n"}
	d := newDesktop(t, printing(t, p))
	d.resize(66, 30)
	d.shows("▲ Run this program?", ".env:1: SECRET_KEY_COMMAND names a program that prints the key: pass show api", "type yes")
	d.press("enter")
	d.shows("nothing was run; type yes to run it")
	d.press("esc")
	d.shows("▌ Run the program that prints the key")
	equal(t, "runs", p.runs, 0)
	d.press("enter")
	d.typed("yes")
	d.press("enter")
	equal(t, "runs", p.runs, 1)
	equal(t, "the screen", d.front(), "Issue")
	d.hides("Canary7hWq2")
	d.issued("ada")
	equal(t, "runs", p.runs, 1)
}

// TestKeyCommandTrusted: one that the user has agreed to is run without a question, but not
// before the console opens.
func TestKeyCommandTrusted(t *testing.T) {
	t.Parallel()
	p := &keyProgram{output: "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ\n"}
	changes := []change{printing(t, p), trusting(), func(*Config, *settings.Settings) { equal(t, "runs", p.runs, 0) }}
	d := newDesktop(t, changes...)
	equal(t, "runs", p.runs, 1)
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the screen", d.front(), "Issue")
	d.issued("ada")
}

// TestKeyCommandFails says why, and runs it again.
func TestKeyCommandFails(t *testing.T) {
	t.Parallel()
	p := &keyProgram{err: errors.New("it failed with exit code 1: no \x1b[2J key")}
	d := newDesktop(t, printing(t, p), trusting())
	d.shows("The program that prints the key", `it failed with exit code 1: no \x1b[2J key`)
	p.output, p.err = "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ", nil
	d.press("enter")
	equal(t, "runs", p.runs, 2)
	equal(t, "the screen", d.front(), "Issue")
}

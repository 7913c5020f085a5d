// Package cli is the command line: what was typed, which part of the desk does
// it, and the exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"tokendesk/ui/terminal"
	"tokendesk/ui/visible"
)

// The exit codes. A signal is 128 and its number.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// Program is one run of tokendesk, as main hands it over.
type Program struct {
	// Args is the command line without the program's name.
	Args []string
	// Template is the text of .env.template.
	Template string

	Stdin, Stdout, Stderr *os.File
}

// Run does what the command line says and returns the exit code.
func Run(ctx context.Context, p Program) int {
	root := p.console()
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	err := fang.Execute(ctx, root,
		fang.WithVersion(version()),
		fang.WithErrorHandler(printError),
		fang.WithoutManpage(),
		fang.WithoutCompletions(),
	)
	if err == nil {
		return exitDone
	}
	if stopped, ok := errors.AsType[*terminal.Stopped](err); ok {
		return terminal.ExitCode(stopped.Signal)
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// usageError is a command line that cannot be meant.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// printError writes the one sentence that an error is. A signal needs none.
func printError(w io.Writer, _ fang.Styles, err error) {
	if _, ok := errors.AsType[*terminal.Stopped](err); ok {
		return
	}
	fmt.Fprintln(w, "tokendesk: "+visible.Text(err.Error()))
	if _, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintln(w, "tokendesk --help shows what there is.")
	}
}

// version returns the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value[:min(12, len(setting.Value))]
		}
	}
	return "development"
}

func usage(_ *cobra.Command, err error) error { return &usageError{err} }

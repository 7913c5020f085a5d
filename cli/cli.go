// Package cli is the command line: what was typed, which part of the desk does
// it, and the exit code.
package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tokendesk/internal/terminal"
)

// Program is one run of tokendesk, as main hands it over.
type Program struct {
	// Args is the command line without the program's name.
	Args []string
	// Template is the text of .env.template.
	Template string

	Stdin, Stdout, Stderr *os.File
	// TTY opens the terminal to ask for a passphrase; nil opens [terminal.Path].
	TTY func() (*os.File, error)

	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// After waits, as [time.After] does, which nil is.
	After func(time.Duration) <-chan time.Time
	// Rand is the source of randomness; nil is [rand.Reader].
	Rand io.Reader
}

// Run does what the command line says and returns the exit code.
func Run(ctx context.Context, p Program) int {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.After == nil {
		p.After = time.After
	}
	if p.Rand == nil {
		p.Rand = rand.Reader
	}
	if p.TTY == nil {
		p.TTY = func() (*os.File, error) { return os.OpenFile(terminal.Path, os.O_RDWR, 0) }
	}
	err := p.execute(ctx)
	p.printError(err)
	return exitCode(err)
}

// execute runs the command. Fang dresses the help and writes the manual page.
// It is kept out of everything else: before it prints an error it asks the
// terminal for its colours and waits for the answer.
func (p Program) execute(ctx context.Context) error {
	root := p.root()
	dressed := func() error {
		// Inside tmux it asks tmux for its colours, which need not see the secret.
		_ = os.Unsetenv(secretKey)
		return fang.Execute(ctx, root, fang.WithVersion(version()),
			fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
	}
	if len(p.Args) > 0 && p.Args[0] == "man" {
		return dressed()
	}
	root.SetHelpFunc(func(*cobra.Command, []string) { _ = dressed() })
	return root.ExecuteContext(ctx) //nolint:wrapcheck // it is ours, out of RunE
}

// root is the console with the commands beside it.
func (p Program) root() *cobra.Command {
	root := p.console()
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.SilenceUsage, root.SilenceErrors = true, true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if strings.HasPrefix(err.Error(), "unknown shorthand flag") {
			err = fmt.Errorf("%w; a name that begins with - goes behind --", err)
		}
		return &usageError{err, cmd.CommandPath()}
	})
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return checkValues(cmd) }
	if command := p.named(); command != nil {
		root.AddCommand(command)
		root.CompletionOptions.DisableDefaultCmd = true
		return root
	}
	root.Version = version()
	for _, command := range commands {
		root.AddCommand(command.make(p))
	}
	return root
}

// offer has the shell complete the values of a flag.
func offer(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
}

// checkValues refuses a flag with an empty value. In a script that is a variable
// without one, and to go on as if the flag were not there would surprise.
func checkValues(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if slices.Contains(values, "") {
			err = &usageError{fmt.Errorf("--%s is empty: give it a value, or leave it out", f.Name), cmd.CommandPath()}
		}
	})
	return err
}

// commands are the commands by name.
var commands = []struct {
	name string
	make func(Program) *cobra.Command
}{
	{"issue", Program.issue},
	{"inspect", Program.inspect},
	{"verify", Program.verify},
	{"batch", Program.batch},
	{"personas", Program.personas},
	{"faults", Program.faults},
	{"probe", Program.probe},
	{"keys", Program.keys},
	{"watch", Program.watch},
	{"init", Program.init},
	{"doctor", Program.doctor},
}

// named returns the command that the first argument names, or nil. A process
// that issues one token does not have to make the other commands first.
func (p Program) named() *cobra.Command {
	if len(p.Args) == 0 {
		return nil
	}
	for _, command := range commands {
		if command.name == p.Args[0] {
			return command.make(p)
		}
	}
	return nil
}

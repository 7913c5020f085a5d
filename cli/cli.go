// Package cli is the command line: it reads the arguments, has package desk do the
// work, prints what package explain says of the result, and chooses the exit code.
package cli

import (
	"cmp"
	"context"
	"crypto/rand"
	"io"
	"os"
	"slices"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
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
	// After waits; nil is [time.After].
	After func(time.Duration) <-chan time.Time
	// Rand is the source of randomness; nil is [rand.Reader].
	Rand io.Reader

	ascii bool // the locale has no UTF-8, so that text for people is ASCII
}

// Run executes the command line and returns the exit code.
func Run(ctx context.Context, p Program) int {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.After == nil {
		p.After = time.After
	}
	p.Rand = cmp.Or(p.Rand, rand.Reader)
	p.ascii = terminal.ASCII(os.LookupEnv)
	if p.TTY == nil {
		p.TTY = func() (*os.File, error) { return os.OpenFile(terminal.Path, os.O_RDWR, 0) }
	}
	err := p.execute(ctx)
	p.printError(err)
	return exitCode(err)
}

// execute runs the command. Fang formats the help and the manual page and does
// nothing else: before it prints an error it asks the terminal for its colours and
// waits for the answer.
func (p Program) execute(ctx context.Context) error {
	root := p.root()
	withFang := func() error {
		// Inside tmux it asks tmux for its colours, and tmux must not see the secret.
		_ = os.Unsetenv(secretKey)
		return fang.Execute(ctx, root, fang.WithVersion(version()),
			fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
	}
	if len(p.Args) > 0 && p.Args[0] == "man" {
		return withFang()
	}
	root.SetHelpFunc(func(*cobra.Command, []string) { _ = withFang() })
	return root.ExecuteContext(ctx) //nolint:wrapcheck // the error is ours, from RunE
}

// root returns the command that opens the console, with the commands below it.
func (p Program) root() *cobra.Command {
	if len(p.Args) > 0 && commands[p.Args[0]] == nil && isToken(p.Args[0]) {
		p.Args = append([]string{"inspect"}, p.Args...)
	}
	root := consoleCommand(p)
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	if p.ascii {
		root.SetOut(visible.ASCIIWriter(p.Stdout))
	}
	root.SilenceUsage, root.SilenceErrors = true, true
	root.SetFlagErrorFunc(flagError)
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return checkFlags(cmd) }
	if len(p.Args) > 0 && commands[p.Args[0]] != nil {
		// A process that issues one token does not build the other commands first.
		root.AddCommand(commands[p.Args[0]](p))
		root.CompletionOptions.DisableDefaultCmd = true
		return root
	}
	root.Version = version()
	for _, command := range commands {
		root.AddCommand(command(p))
	}
	return root
}

// completeFlag has the shell complete the values of a flag. Without values it
// completes nothing.
func completeFlag(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // the flag exists
}

// checkFlags refuses a flag with an empty value. In a script that is mostly a
// variable that was not set, and ignoring the flag would be a surprise. It also
// refuses two lifetimes and two keys, whichever command has the flags.
func checkFlags(cmd *cobra.Command) error {
	err := exclusive(cmd, "expires-in", "expires-at")
	if err == nil {
		err = exclusive(cmd, "key-file", "secret-from")
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if slices.Contains(values, "") {
			err = misused(cmd, "--"+f.Name+" is empty", "give it a value, or leave it out")
		}
	})
	return err
}

// commands are the commands by name. Cobra sorts them.
var commands = map[string]func(Program) *cobra.Command{
	"issue":    issueCommand,
	"inspect":  inspectCommand,
	"verify":   verifyCommand,
	"batch":    batchCommand,
	"keep":     keepCommand,
	"personas": personasCommand,
	"shapes":   shapesCommand,
	"faults":   faultsCommand,
	"probe":    probeCommand,
	"keys":     keysCommand,
	"watch":    watchCommand,
	"init":     initCommand,
	"doctor":   doctorCommand,
	"trust":    trustCommand,
}

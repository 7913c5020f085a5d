package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/internal/terminal"
	"tokendesk/ui"
	"tokendesk/ui/plain"
)

// console is the command without a name: it opens the console.
func (p Program) console() *cobra.Command {
	var from deskFlags
	var byLine bool
	cmd := &cobra.Command{
		Use:   "tokendesk",
		Short: "Issue test tokens, watch them run out, read any token",
		Long: "Tokendesk is a terminal console for JSON Web Tokens: type an email address or a user name, " +
			"get a signed token with its claims spelled out and a countdown to its expiry. " +
			"The commands do the same in a script.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{errors.New("there is no command of that name"), cmd.CommandPath()}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			source, err := from.source()
			if err != nil {
				return err
			}
			source.Template, source.Rand, source.Fetch = p.Template, p.Rand, p.published
			if byLine || terminal.Plain(os.LookupEnv, p.Stdin, p.Stdout) != "" {
				return p.plain(cmd.Context(), source)
			}
			return ui.Run(cmd.Context(), ui.Config{Source: source, Input: p.Stdin, Output: p.Stdout})
		},
	}
	cmd.Flags().BoolVar(&byLine, "plain", false, "work line by line, for screen readers and simple terminals")
	from.fileFlags(cmd)
	return cmd
}

// plain runs the console line by line.
func (p Program) plain(ctx context.Context, from desk.Source) error {
	err := plain.Run(ctx, plain.Config{Source: from, Input: p.Stdin, Output: p.Stdout, Passphrase: p.askPassphrase})
	if errors.Is(err, plain.ErrNoKey) || errors.Is(err, plain.ErrProtected) {
		return misconfigured(err)
	}
	return err
}

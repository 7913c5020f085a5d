package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/internal/terminal"
	"tokendesk/ledger"
	"tokendesk/settings"
	"tokendesk/ui"
	"tokendesk/ui/plain"
)

// consoleCommand is the command without a name, which opens the console.
func consoleCommand(p Program) *cobra.Command {
	var from deskFlags
	var byLine bool
	var debug string
	cmd := &cobra.Command{
		Use:   "tokendesk",
		Short: "Issue test tokens, watch them expire, read any token",
		Long: "Tokendesk is a terminal console for JSON Web Tokens: type an email address or a user name, " +
			"get a signed token with its claims explained and a countdown to its expiry. " +
			"The commands do the same in a script.",
		Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			source, err := from.source()
			if err != nil {
				return err
			}
			ctx, end, err := traced(cmd.Context(), debug)
			if err != nil {
				return err
			}
			defer end()
			source.Template, source.Rand = p.Template, p.Rand
			source.Fetch, source.Refetch = p.fetchKeys, p.fetchAgain
			p.record(&source, ledger.FaceConsole)
			if byLine || terminal.Plain(os.LookupEnv, p.Stdin, p.Stdout) != "" {
				return p.plain(ctx, source)
			}
			return ui.Run(ctx, ui.Config{
				Source: source, Preferences: settings.ReadPreferences(os.LookupEnv), Input: p.Stdin, Output: p.Stdout,
				Note: p.note,
			})
		},
	}
	cmd.Flags().BoolVar(&byLine, "plain", false, "work line by line, for screen readers and simple terminals")
	cmd.Flags().StringVar(&debug, "debug", "", "write events and timings to this file for a bug report; it never holds a token or a secret")
	from.fileFlags(cmd)
	from.nameFlag(cmd)
	return cmd
}

// plain runs the console line by line.
func (p Program) plain(ctx context.Context, from desk.Source) error {
	from.Face = ledger.FacePlain
	preferences := settings.ReadPreferences(os.LookupEnv)
	err := plain.Run(ctx, plain.Config{
		Source: from, Input: p.Stdin, Output: p.Stdout, Passphrase: p.askPassphrase, Warn: p.warn,
		Local: preferences.Zone == "local", ASCII: terminal.ASCII(os.LookupEnv),
	})
	if errors.Is(err, plain.ErrNoKey) || errors.Is(err, plain.ErrProtected) {
		return misconfigured(err)
	}
	return err
}

package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync/atomic"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/terminal"
	"tokendesk/settings"
	ui "tokendesk/ui/old"
	"tokendesk/ui/plain"
)

// console is the command without a name, which opens the console.
func (p Program) console() *cobra.Command {
	var from deskFlags
	var byLine bool
	cmd := &cobra.Command{
		Use:   "tokendesk",
		Short: "Issue test tokens, watch them expire, read any token",
		Long: "Tokendesk is a terminal console for JSON Web Tokens: type an email address or a user name, " +
			"get a signed token with its claims explained and a countdown to its expiry. " +
			"The commands do the same in a script.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "there is no such command", "")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			source, err := from.source()
			if err != nil {
				return err
			}
			source.Template, source.Rand, source.Fetch = p.Template, p.Rand, p.fetchKeys
			if byLine || terminal.Plain(os.LookupEnv, p.Stdin, p.Stdout) != "" {
				return p.plain(cmd.Context(), source)
			}
			options := source.Options()
			var passphrase atomic.Pointer[[]byte]
			options.Passphrase = func() ([]byte, error) {
				if typed := passphrase.Load(); typed != nil {
					return *typed, nil
				}
				return nil, auth.ErrEncrypted
			}
			cfg := ui.Config{
				Load:   func() (*settings.Settings, error) { return settings.Load(options) },
				Create: func() (settings.Created, error) { return desk.Create(options.File, p.Template, p.Rand) },

				Profiles: func() []settings.Profile { return settings.Profiles(options.File) },
				LoadProfile: func(profile settings.Profile) (*settings.Settings, error) {
					o := options
					o.Explicit = o.Explicit || profile.File != cmp.Or(options.File, settings.DefaultFile)
					o.File = profile.File
					return settings.Load(o)
				},
				Published: func(url, kid string) (*ui.Published, error) {
					set, err := p.fetchKeys(cmd.Context(), url, kid)
					if err != nil {
						return nil, err
					}
					return &ui.Published{Keys: set.Keys, From: set.From, Fetched: set.Fetched, Problem: set.Problem}, nil
				},
				Unlock: func(typed []byte) { passphrase.Store(&typed) },
				Input:  p.Stdin,
				Output: p.Stdout,
			}
			return ui.Run(cmd.Context(), cfg)
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

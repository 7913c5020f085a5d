package cli

import (
	"crypto/rand"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui"
	"tokendesk/ui/terminal"
)

// console is the command without a name: it opens the console.
func (p Program) console() *cobra.Command {
	var envFile string
	var plain bool
	cmd := &cobra.Command{
		Use:   "tokendesk",
		Short: "Issue test tokens, watch them run out, read any token",
		Long: "Tokendesk is a terminal console for JSON Web Tokens: type an email address or a user name, " +
			"get a signed token with its claims spelled out and a countdown to its expiry.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{errors.New("there is no command of that name")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg := ui.Config{
				Load:   func() (*settings.Settings, error) { return settings.Load(options(envFile)) },
				Create: func() (settings.Created, error) { return p.create(envFile) },
				Input:  p.Stdin,
				Output: p.Stdout,
			}
			if plain || terminal.Plain(os.LookupEnv, p.Stdin, p.Stdout) != "" {
				return ui.RunPlain(cmd.Context(), cfg)
			}
			return ui.Run(cmd.Context(), cfg)
		},
	}
	cmd.SetFlagErrorFunc(usage)
	cmd.Flags().BoolVar(&plain, "plain", false, "work line by line, for screen readers and simple terminals")
	cmd.Flags().StringVar(&envFile, "env-file", "", "read the settings from this file instead of .env")
	return cmd
}

func options(envFile string) settings.Options {
	return settings.Options{File: envFile, Explicit: envFile != ""}
}

// create writes the .env with a fresh secret.
func (p Program) create(envFile string) (settings.Created, error) {
	if envFile == "" {
		envFile = ".env"
	}
	secret, err := auth.NewSecret(rand.Reader)
	if err != nil {
		return settings.Created{}, err
	}
	return settings.Create(envFile, p.Template, secret)
}

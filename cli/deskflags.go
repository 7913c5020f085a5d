package cli

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// deskFlags are the flags that choose the settings and the key.
type deskFlags struct {
	envFile, profile    string
	keyFile, alg, keyID string
	secretFrom          string // the name of the secret
	passphraseFile      string
	jwksURL             string
	refetch             bool
	yesProtected        string // names the protected profile that may sign
	face                string // of what is recorded in the ledger; nothing is if it is empty
}

// secretKey is the setting that --key-file replaces.
const secretKey = "SECRET_KEY"

// fileFlags adds the flags that choose the settings.
func (f *deskFlags) fileFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.envFile, "env-file", "", "read the settings from this file instead of .env")
	cmd.Flags().StringVar(&f.profile, "profile", "", "read the settings from .env.NAME")
	_ = cmd.RegisterFlagCompletionFunc("profile", profileNames) // the flag exists
}

// profileNames has the shell complete the names of the profiles in this folder.
func profileNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, profile := range settings.Profiles(settings.DefaultFile) {
		if _, err := os.Stat(profile.File); err == nil {
			names = append(names, profile.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// flags adds the flags of a command that needs a key.
func (f *deskFlags) flags(cmd *cobra.Command) {
	f.fileFlags(cmd)
	cmd.Flags().StringVar(&f.keyFile, "key-file", "",
		"use the key in this file instead of the configured one: PEM, JWK, JWK set or a bare secret")
	f.nameFlag(cmd)
	cmd.Flags().StringVar(&f.passphraseFile, "passphrase-file", "", "read the passphrase of an encrypted key file from this file")
	cmd.Flags().StringVar(&f.alg, "alg", "", "use this algorithm instead of ALGORITHM")
	completeFlag(cmd, "alg", auth.AlgorithmNames()...)
	cmd.Flags().StringVar(&f.keyID, "kid", "", "the key's ID, instead of KEY_ID")
}

// nameFlag adds the flag that names the secret.
func (f *deskFlags) nameFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.secretFrom, "secret-from", "",
		"the name of the secret in the settings file, such as JWT_SECRET, instead of SECRET_KEY_NAME")
	_ = cmd.RegisterFlagCompletionFunc("secret-from", f.secretNames) // the flag exists
}

// secretNames has the shell complete the names of the settings file that may be the secret's.
func (f *deskFlags) secretNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if o, err := f.options(); err == nil {
		o.SecretFrom, o.Passphrase = "", nil
		set, _ := settings.Load(o)
		for _, c := range set.Recognised.Names() {
			names = append(names, c.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// signFlags adds the flag of a command that signs.
func (f *deskFlags) signFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.yesProtected, "yes-protected", "", "sign although this profile is protected")
	completeFlag(cmd, "yes-protected") // no completion: the user must know the name
}

// urlFlag adds the flag of a command that verifies.
func (f *deskFlags) urlFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.jwksURL, "jwks-url", "", "fetch the keys that an issuer publishes at this https URL, instead of JWKS_URL")
	completeFlag(cmd, "jwks-url") // no completion: the user must know it
	cmd.Flags().BoolVar(&f.refetch, "refetch", false, "fetch the published keys again, even if the copy of them is recent")
}

// source returns where the settings and the key are. The flags take precedence over
// the environment.
func (f *deskFlags) source() (desk.Source, error) {
	from := desk.Source{
		File: f.envFile, Explicit: f.envFile != "", KeyFile: f.keyFile, SecretFrom: f.secretFrom,
		KeyID: f.keyID, PassphraseFile: f.passphraseFile, JWKSURL: f.jwksURL,
	}
	if f.profile != "" {
		if f.envFile != "" {
			return from, invalid(errors.New("--env-file and --profile cannot be used together"))
		}
		if err := settings.CheckProfileName(f.profile); err != nil {
			return from, invalid(explain.At("--profile", err))
		}
		from.File, from.Explicit = settings.ProfileFile(f.profile), true
	}
	if f.alg != "" {
		var err error
		if from.Algorithm, err = auth.ParseAlgorithm(f.alg); err != nil {
			return from, invalid(explain.At("--alg", err))
		}
	}
	if f.jwksURL != "" {
		if err := auth.CheckKeyURL(f.jwksURL); err != nil {
			return from, invalid(explain.At("--jwks-url", err))
		}
	}
	return from, nil
}

// options returns how the settings are read, for a command that needs no desk.
func (f *deskFlags) options() (settings.Options, error) {
	from, err := f.source()
	return from.Options(), err
}

package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/internal/shell"
	"tokendesk/settings"
)

// source is where the settings and the key come from: the flags that every
// command shares.
type source struct {
	envFile, profile    string
	keyFile, alg, keyID string
	passphraseFile      string
	jwksURL             string
	yesProtected        string // the profile that may sign although it is protected
}

// secretKey is the setting that --key-file takes the place of.
const secretKey = "SECRET_KEY"

// fileFlags adds the flags that choose the settings.
func (s *source) fileFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.envFile, "env-file", "", "read the settings from this file instead of .env")
	cmd.Flags().StringVar(&s.profile, "profile", "", "read the settings from .env.NAME")
	_ = cmd.RegisterFlagCompletionFunc("profile", profiles) // the flag is there
}

// profiles has the shell complete the names of the profiles that are here.
func profiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, profile := range settings.Profiles(settings.DefaultFile) {
		if _, err := os.Stat(profile.File); err == nil {
			names = append(names, profile.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// flags adds the flags that choose the settings and the key.
func (s *source) flags(cmd *cobra.Command) {
	s.fileFlags(cmd)
	cmd.Flags().StringVar(&s.keyFile, "key-file", "", "use the key in this file instead of the configured one: PEM, JWK, JWK set or a bare secret")
	cmd.Flags().StringVar(&s.passphraseFile, "passphrase-file", "", "read the passphrase of an encrypted key file from this file")
	cmd.Flags().StringVar(&s.alg, "alg", "", "use this algorithm instead of ALGORITHM")
	offer(cmd, "alg", auth.AlgorithmNames()...)
	cmd.Flags().StringVar(&s.keyID, "kid", "", "the key's ID, instead of KEY_ID")
}

// signFlags adds the flag of a command that signs.
func (s *source) signFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.yesProtected, "yes-protected", "", "sign although the profile of this name is protected")
	offer(cmd, "yes-protected") // nothing: the name is to be known
}

// options says how to read the settings. The flags stand above the environment.
func (s *source) options() (settings.Options, error) {
	o := settings.Options{File: s.envFile, Explicit: s.envFile != "", OtherKey: s.keyFile != ""}
	if s.profile != "" {
		switch {
		case s.envFile != "":
			return o, wrong(errors.New("--env-file and --profile exclude each other: keep one"))
		case strings.ContainsAny(s.profile, `/\`):
			return o, wrong(errors.New("--profile takes a name such as staging, for .env.staging: use --env-file for a path"))
		}
		o.File, o.Explicit = settings.ProfileFile(s.profile), true
	}
	if s.alg != "" {
		if _, err := auth.ParseAlgorithm(s.alg); err != nil {
			return o, wrong(errors.New("--alg: " + err.Error()))
		}
	}
	if s.jwksURL != "" {
		if err := auth.CheckKeyURL(s.jwksURL); err != nil {
			return o, wrong(errors.New("--jwks-url: " + err.Error()))
		}
	}
	flags := map[string]string{"JWKS_URL": s.jwksURL, "ALGORITHM": s.alg, "KEY_ID": s.keyID, "KEY_PASSPHRASE_FILE": s.passphraseFile}
	o.Lookup = func(name string) (string, bool) {
		if value := flags[name]; value != "" {
			return value, true
		}
		return os.LookupEnv(name)
	}
	return o, nil
}

// load reads the settings and the key, and says on standard error what is odd
// about them. There may be no key.
func (p Program) load(s *source) (*settings.Settings, error) {
	o, err := s.options()
	if err != nil {
		return nil, err
	}
	o.Passphrase = p.askPassphrase
	set, err := settings.Load(o)
	if err != nil {
		return nil, misconfigured(err)
	}
	if s.keyFile != "" {
		set.Warnings = withoutSecret(set.Warnings)
		if err := set.LoadKeys(s.keyFile, s.alg != ""); err != nil {
			return nil, misconfigured(err)
		}
	}
	if err := s.choose(set); err != nil {
		return nil, err
	}
	for _, w := range set.Warnings {
		p.warn(w.String())
	}
	return set, nil
}

// choose has the key that --alg and --kid name sign. A file stands above them
// where it says what a key is for, so that there may be none.
func (s *source) choose(set *settings.Settings) error {
	if set.Key == nil || s.alg == "" && s.keyID == "" {
		return nil
	}
	alg, _ := auth.ParseAlgorithm(s.alg) // options has looked at it
	var chosen *auth.Key
	for _, key := range append([]*auth.Key{set.Key}, set.Verifying()...) {
		fits := (alg == "" || key.Algorithm() == alg) && (s.keyID == "" || key.ID() == s.keyID)
		if fits && (chosen == nil || key.CanSign() && !chosen.CanSign()) {
			chosen = key
		}
	}
	switch {
	case chosen != nil:
		set.Key = chosen
		return nil
	case s.keyID == "":
		return misconfigured(fmt.Errorf("%s: no key in it is for %s: leave --alg out, or name another", set.KeySource, s.alg))
	case s.alg == "":
		return misconfigured(fmt.Errorf("%s: no key in it has the kid %q: leave --kid out, or name another", set.KeySource, s.keyID))
	}
	return misconfigured(fmt.Errorf("%s: no key in it is for %s and has the kid %q: leave --alg or --kid out, or name another", set.KeySource, s.alg, s.keyID))
}

// loadWithKey is load for a command that can do nothing without a key.
func (p Program) loadWithKey(s *source) (*settings.Settings, error) {
	set, err := p.load(s)
	if err != nil || set.Key != nil {
		return set, err
	}
	return nil, noKey(set)
}

// loadToSign is loadWithKey for a command that signs, which in a protected profile
// it does only when that is named.
func (p Program) loadToSign(s *source) (*settings.Settings, error) {
	set, err := p.loadWithKey(s)
	if err != nil || !set.Protected || s.yesProtected == set.Profile {
		return set, err
	}
	text := "the profile " + set.Profile + " (" + set.File + ") is protected, "
	if s.yesProtected != "" {
		text += "and --yes-protected names " + s.yesProtected + ": "
	} else {
		text += "so nothing was signed: "
	}
	return nil, misconfigured(errors.New(text + "to sign with its key all the same give --yes-protected " + shell.Word(set.Profile)))
}

// withoutSecret drops the warnings about a SECRET_KEY that is not used.
func withoutSecret(warnings []settings.Warning) []settings.Warning {
	return slices.DeleteFunc(warnings, func(w settings.Warning) bool { return w.Name == secretKey })
}

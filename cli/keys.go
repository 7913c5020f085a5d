package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/progress"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// keysCommand is the command that makes, lists and converts keys.
func keysCommand(p Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Generate keys, list and convert them, print their public keys",
		Long:  "Generate keys, list the configured ones, print their public keys for an API, and convert between PEM and JWK.",
		Args:  noSuchSubcommand("choose generate, list, public or convert"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return misused(cmd, "a subcommand is needed", "choose generate, list, public or convert")
		},
	}
	cmd.AddCommand(keysGenerate(p), keysList(p), keysPublic(p), keysConvert(p))
	return cmd
}

// keysGenerate makes a key.
func keysGenerate(p Program) *cobra.Command {
	var alg, kid, format string
	var bits int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "generate FILE",
		Short: "Generate a private key",
		Long: "Generate a private key, or a secret for " + auth.KeyTypeSecret.Algorithms() + ", and write it to a file that only you can read. " +
			"An existing file is never overwritten.",
		Example: `tokendesk keys generate private.pem --alg ES256
tokendesk keys generate private.jwk --alg RS256 --bits 3072 --kid 2026-11`,
		Args: arguments(1, 1, "one file name is needed", "give one for the key, such as private.pem"),
		RunE: func(cmd *cobra.Command, args []string) error {
			algorithm, err := auth.ParseAlgorithm(alg)
			if err != nil {
				return invalid(explain.At("--alg", err))
			}
			to, err := keyFormat(format, args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("bits") && algorithm.KeyType() != auth.KeyTypeRSA {
				return invalid(errors.New("--bits is for RSA keys: the algorithm determines the size of any other key"))
			}
			var key *auth.Key
			progress.New(p.Stderr, p.Now).While("generating the key", p.After, func() {
				key, err = auth.GenerateKey(algorithm, bits, p.Rand, auth.WithKeyID(kid))
			})
			if err == nil && key == nil {
				err = advise("the key could not be made", "please report this")
			}
			if err != nil {
				return invalid(err)
			}
			return writeKey(p, key, args[0], to, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&alg, "alg", "ES256", "the algorithm of the key")
	completeFlag(cmd, "alg", auth.AlgorithmNames()...)
	f.IntVar(&bits, "bits", auth.MinRSABits, "the size of an RSA key")
	f.StringVar(&kid, "kid", "", "the key's ID, by default its thumbprint; a PEM cannot hold it")
	f.StringVar(&format, "format", "", "the format, pem or jwk; by default it follows from the name of the file")
	completeFlag(cmd, "format", "pem", "jwk")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// keysList lists the configured keys.
func keysList(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the configured keys",
		Long: "List the configured keys, and those that an issuer publishes at JWKS_URL: their kind, origin, fingerprint and ID. " +
			"No private key is printed.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := from.openToVerify(cmd.Context(), p)
			if err != nil {
				return err
			}
			if d, err = withPublished(cmd.Context(), p, d); err != nil {
				return err
			}
			for _, line := range publishedLines(p, d) {
				if line.Tone != explain.Warn { // already reported
					p.note(line.String())
				}
			}
			for _, key := range d.Keyring().Keys() {
				facts := explain.Key(key, explain.UseOf(key, d.Key()), d.Keyring().Origin(key))
				if err := p.show(asJSON, facts, visible.Text(facts.Line(p.Now()))); err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.flags(cmd)
	from.urlFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object per key")
	return cmd
}

// keysPublic prints the public keys that an API verifies with.
func keysPublic(p Program) *cobra.Command {
	var from deskFlags
	var format string
	cmd := &cobra.Command{
		Use:   "public",
		Short: "Print the public keys",
		Long:  "Print the public keys of the configured keys for the API that verifies, as a JWK set or PEM. They contain nothing private.",
		Example: `tokendesk keys public > jwks.json
tokendesk keys public --format pem --key-file private.pem > public.pem`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := from.openWithKey(cmd.Context(), p)
			if err != nil {
				return err
			}
			to, ok := map[string]auth.KeyFormat{"jwk": auth.FormatJWK, "pem": auth.FormatPEM}[format]
			if !ok {
				return invalid(errors.New("--format: write jwk or pem"))
			}
			text, err := auth.EncodeSet(d.Keyring().Keys(), to)
			if err != nil {
				return invalid(err)
			}
			return p.write(strings.TrimSuffix(string(text), "\n"))
		},
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jwk", "the format, jwk or pem")
	completeFlag(cmd, "format", "jwk", "pem")
	return cmd
}

// keysConvert writes a key in another format.
func keysConvert(p Program) *cobra.Command {
	var from deskFlags
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "convert FILE NEW",
		Short: "Write a key as PEM or JWK",
		Long: "Write the key of a file in another format to a new file that only you can read. A private key stays private, " +
			"and a public key stays public. An existing file is never overwritten.",
		Example: `tokendesk keys convert private.pem private.jwk --kid 2026-11`,
		Args:    arguments(2, 2, "two file names are needed", "give the file with the key and the new file, such as private.pem private.jwk"),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := keyFormat(format, args[1])
			if err != nil {
				return err
			}
			from.keyFile = args[0]
			key, err := from.onlyKey(cmd.Context(), p)
			if err != nil {
				return err
			}
			return writeKey(p, key, args[1], to, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&from.alg, "alg", "", "the algorithm, for a key file that names none")
	completeFlag(cmd, "alg", auth.AlgorithmNames()...)
	f.StringVar(&from.keyID, "kid", "", "the key's ID, for a key file that names none")
	f.StringVar(&from.passphraseFile, "passphrase-file", "", "read the passphrase of an encrypted key from this file")
	f.StringVar(&format, "format", "", "the format, pem or jwk; by default it follows from the name of the new file")
	completeFlag(cmd, "format", "pem", "jwk")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// onlyKey returns the key of a file with one key. It reads no settings file.
func (f *deskFlags) onlyKey(ctx context.Context, p Program) (*auth.Key, error) {
	d, err := f.openSilently(ctx, p, func(o settings.Options) (*settings.Settings, error) { return settings.FromEnvironment(o), nil })
	if err != nil {
		return nil, err
	}
	if n := len(d.Keyring().Keys()); n > 1 {
		return nil, invalid(explain.Line{Label: f.keyFile, Text: fmt.Sprintf("it holds %d keys", n), Do: "give a file with one"})
	}
	return d.Key(), nil
}

// keyFormat returns the format of that name, else the one that the name of the file
// ends with.
func keyFormat(name, file string) (auth.KeyFormat, error) {
	formats := map[string]auth.KeyFormat{
		"pem": auth.FormatPEM, "key": auth.FormatPEM, "pub": auth.FormatPEM,
		"jwk": auth.FormatJWK, "json": auth.FormatJWK,
	}
	format, ok := formats[cmp.Or(name, strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), "."))]
	if !ok {
		return 0, invalid(explain.Line{
			Label: "--format", Text: "the name of the file does not say which", Do: "write pem or jwk, or let the name end with one of them",
		})
	}
	return format, nil
}

// writeKey writes a key to a new file and describes it.
func writeKey(p Program, key *auth.Key, path string, format auth.KeyFormat, asJSON bool) error {
	encode := key.EncodePublic
	if key.CanSign() || key.OnlyDecrypts() {
		encode = key.EncodePrivate
	}
	text, err := encode(format)
	if err != nil {
		return invalid(err)
	}
	if err := file.New(path, append(bytes.TrimSuffix(text, []byte("\n")), '\n')); err != nil {
		return err
	}
	if format == auth.FormatPEM {
		noteLostNames(p, key, path)
	}
	facts := explain.Key(key, 0, explain.Origin{}) // a person is told the path first
	return p.show(asJSON, explain.Key(key, 0, explain.Origin{From: path}), visible.Text("wrote "+path+": "+facts.Line(p.Now())))
}

// noteLostNames says which flags a PEM needs to be the same key again: it holds
// neither an ID nor an algorithm other than the default one.
func noteLostNames(p Program, key *auth.Key, path string) {
	if key.OnlyDecrypts() {
		p.note(explain.Line{
			Label: path, Text: "a PEM cannot hold that the key is for decryption, so it is read as one that signs", Do: "write it as a JWK",
		}.String())
		return
	}
	var lost, flags, names []string
	if usual, _ := auth.DefaultAlgorithm(key.Public()); key.Algorithm() != usual {
		lost, flags, names = append(lost, "the algorithm"), append(flags, "--alg "+string(key.Algorithm())), append(names, "ALGORITHM")
	}
	if thumbprint, _ := auth.Thumbprint(key.Public()); key.ID() != thumbprint {
		lost, flags, names = append(lost, "the key ID"), append(flags, "--kid "+shell.Word(key.ID())), append(names, "KEY_ID")
	}
	if len(lost) == 0 {
		return
	}
	p.note(explain.Line{
		Label: path, Text: "a PEM cannot hold " + strings.Join(lost, " or "),
		Do: "use it with " + strings.Join(flags, " ") + ", or set " + strings.Join(names, " and "),
	}.String())
}

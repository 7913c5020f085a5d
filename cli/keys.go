package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/internal/file"
	"tokendesk/internal/progress"
	"tokendesk/internal/shell"
	"tokendesk/settings"
)

// keys is the command for keys themselves.
func (p Program) keys() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Make keys, list them, write their public half",
		Long:  "Make keys, list the ones that are configured, write their public half for an API, and convert between PEM and JWK.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return &usageError{errors.New("say what to do: generate, list, public or convert"), cmd.CommandPath()}
		},
	}
	cmd.AddCommand(p.keysGenerate(), p.keysList(), p.keysPublic(), p.keysConvert())
	return cmd
}

// keysGenerate makes a key.
func (p Program) keysGenerate() *cobra.Command {
	var alg, kid, format string
	var bits int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "generate FILE",
		Short: "Make a private key",
		Long: "Make a private key, or a secret for HS256 and its sisters, and write it to a file that only you can read. " +
			"A file that exists is never overwritten.",
		Example: `tokendesk keys generate private.pem --alg ES256
tokendesk keys generate private.jwk --alg RS256 --bits 3072 --kid 2026-11`,
		Args: fileArgs(1, "name the file for the key, such as private.pem"),
		RunE: func(cmd *cobra.Command, args []string) error {
			algorithm, err := auth.ParseAlgorithm(alg)
			if err != nil {
				return wrong(fmt.Errorf("--alg: %w", err))
			}
			to, err := keyFormat(format, args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("bits") && algorithm.KeyType() != auth.KeyTypeRSA {
				return wrong(errors.New("--bits is for RSA keys: the others have the size of their algorithm"))
			}
			var key *auth.Key
			progress.New(p.Stderr, p.Now).While("making the key", p.After, func() {
				key, err = auth.GenerateKey(algorithm, bits, p.Rand, auth.WithKeyID(kid))
			})
			if err == nil && key == nil {
				err = errors.New("the key could not be made: please report it")
			}
			if err != nil {
				return wrong(err)
			}
			text, err := key.EncodePrivate(to)
			if err != nil {
				return wrong(err)
			}
			return p.writeKey(key, args[0], to, text, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&alg, "alg", "ES256", "the algorithm of the key")
	offer(cmd, "alg", auth.AlgorithmNames()...)
	f.IntVar(&bits, "bits", auth.MinRSABits, "the size of an RSA key")
	f.StringVar(&kid, "kid", "", "the key's ID, its thumbprint without it; a PEM has no place for it")
	f.StringVar(&format, "format", "", "pem or jwk; told from the name of the file without it")
	offer(cmd, "format", "pem", "jwk")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// keysList lists the configured keys.
func (p Program) keysList() *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the configured keys",
		Long:  "List the keys that are configured: what each is, where it is from, its fingerprint, its ID. Nothing private is printed.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.openToVerify(cmd.Context(), &from)
			if err != nil {
				return err
			}
			if d, err = p.withPublished(cmd.Context(), d); err != nil {
				return err
			}
			ring := d.Keyring()
			if set := ring.Published(); set != nil {
				for _, passed := range set.Skipped {
					p.complain(set.From + ": passed over " + passed.Error())
				}
			}
			for _, key := range ring.Keys() {
				facts := describeKey(key, ring.Origin(key))
				if asJSON {
					err = p.printJSON(facts)
				} else {
					text := facts.String() + ", from " + facts.File
					if set := ring.Publisher(key); set != nil {
						text += " as fetched " + age(set, p.Now()) + " ago"
					}
					err = p.print(sentence(text, ""))
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.flags(cmd)
	from.urlFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a key")
	return cmd
}

// keysPublic prints what an API needs to verify.
func (p Program) keysPublic() *cobra.Command {
	var from deskFlags
	var format string
	cmd := &cobra.Command{
		Use:   "public",
		Short: "Print the public half of the keys",
		Long:  "Print the public half of the configured keys, for the API that verifies: a JWK set, or PEM. Nothing private is in it.",
		Example: `tokendesk keys public > jwks.json
tokendesk keys public --format pem --key-file private.pem > public.pem`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.openWithKey(cmd.Context(), &from)
			if err != nil {
				return err
			}
			to := auth.FormatJWK
			switch format {
			case "jwk":
			case "pem":
				to = auth.FormatPEM
			default:
				return wrong(errors.New("--format: write jwk or pem"))
			}
			var all [][]byte
			for _, key := range d.Keyring().Keys() {
				text, err := key.EncodePublic(to)
				if err != nil {
					return wrong(err)
				}
				all = append(all, text)
			}
			if to == auth.FormatJWK {
				return p.print(`{"keys":[` + string(bytes.Join(all, []byte(","))) + `]}`)
			}
			return p.print(strings.TrimSuffix(string(bytes.Join(all, nil)), "\n"))
		},
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jwk", "jwk or pem")
	offer(cmd, "format", "jwk", "pem")
	return cmd
}

// keysConvert writes a key in another format.
func (p Program) keysConvert() *cobra.Command {
	var from deskFlags
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "convert FILE NEW",
		Short: "Write a key as PEM or JWK",
		Long: "Write the key of a file in another format to a new file that only you can read: a private key stays private, a public one public. " +
			"A file that exists is never overwritten.",
		Example: `tokendesk keys convert private.pem private.jwk --kid 2026-11`,
		Args:    fileArgs(2, "name the file with the key and the new file, such as private.pem private.jwk"),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := keyFormat(format, args[1])
			if err != nil {
				return err
			}
			from.keyFile = args[0]
			key, err := p.onlyKey(cmd.Context(), &from)
			if err != nil {
				return err
			}
			write := key.EncodePublic
			if key.CanSign() {
				write = key.EncodePrivate
			}
			text, err := write(to)
			if err != nil {
				return wrong(err)
			}
			return p.writeKey(key, args[1], to, text, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&from.alg, "alg", "", "the algorithm, for a key that names none")
	offer(cmd, "alg", auth.AlgorithmNames()...)
	f.StringVar(&from.keyID, "kid", "", "the key's ID, for a key that names none")
	f.StringVar(&from.passphraseFile, "passphrase-file", "", "read the passphrase of an encrypted key from this file")
	f.StringVar(&format, "format", "", "pem or jwk; told from the name of the new file without it")
	offer(cmd, "format", "pem", "jwk")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// onlyKey returns the one key of a file. No settings file is read for it.
func (p Program) onlyKey(ctx context.Context, f *deskFlags) (*auth.Key, error) {
	d, err := p.openSilently(ctx, f, func(o settings.Options) (*settings.Settings, error) { return settings.FromEnvironment(o), nil })
	if err != nil {
		return nil, err
	}
	if n := len(d.Keyring().Keys()); n > 1 {
		return nil, wrong(fmt.Errorf("%s: it holds %d keys: give a file with one", f.keyFile, n))
	}
	return d.Key(), nil
}

// fileArgs lets a command have so many files.
func fileArgs(n int, advice string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return &usageError{errors.New(advice), cmd.CommandPath()}
		}
		return nil
	}
}

// keyFormat returns the format of that name, or of a file of that name.
func keyFormat(name, file string) (auth.KeyFormat, error) {
	if name == "" {
		name = strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), ".")
	}
	switch name {
	case "pem", "key", "pub":
		return auth.FormatPEM, nil
	case "jwk", "json":
		return auth.FormatJWK, nil
	}
	return 0, wrong(errors.New("--format: write pem or jwk, or give the file a name that ends so"))
}

// keyFacts is what there is to say about a key, and its JSON shape.
type keyFacts struct {
	File        string  `json:"file"`
	Kind        string  `json:"kind"`
	Algorithm   string  `json:"algorithm"`
	Bits        int     `json:"bits"`
	Fingerprint string  `json:"fingerprint"`
	ID          string  `json:"id"`
	Thumbprint  *string `json:"thumbprint"`
	Weak        bool    `json:"weak"`
}

func describeKey(key *auth.Key, file string) keyFacts {
	facts := keyFacts{
		File: file, Kind: "secret", Algorithm: string(key.Algorithm()), Bits: key.Bits(),
		Fingerprint: key.Fingerprint(), ID: key.ID(), Weak: key.Weakness() != nil,
	}
	if key.Public() != nil {
		facts.Kind = "public"
		if key.CanSign() {
			facts.Kind = "private"
		}
		if thumbprint, err := auth.Thumbprint(key.Public()); err == nil {
			facts.Thumbprint = &thumbprint
		}
	}
	return facts
}

// String returns the facts on one line.
func (k keyFacts) String() string {
	text := fmt.Sprintf("%s  %s  %s key of %d bits", k.Fingerprint, k.Algorithm, k.Kind, k.Bits)
	if k.Kind == "secret" {
		text = fmt.Sprintf("%s  %s  secret of %d bits", k.Fingerprint, k.Algorithm, k.Bits)
	}
	if k.Weak {
		text += ", weak"
	}
	if k.ID != "" {
		text += ", kid " + k.ID
	}
	if k.Thumbprint != nil && *k.Thumbprint != k.ID {
		text += ", thumbprint " + *k.Thumbprint
	}
	return text
}

// writeKey writes a key to a new file and says what it is.
func (p Program) writeKey(key *auth.Key, path string, format auth.KeyFormat, text []byte, asJSON bool) error {
	if err := file.New(path, append(bytes.TrimSuffix(text, []byte("\n")), '\n')); err != nil {
		return err
	}
	if format == auth.FormatPEM {
		p.sayWhatIsLost(key, path)
	}
	facts := describeKey(key, path)
	if asJSON {
		return p.printJSON(facts)
	}
	return p.print(sentence("wrote "+path+": "+facts.String(), ""))
}

// sayWhatIsLost says with which flags a PEM is the same key again: it has no place
// for an algorithm that is not the usual one, nor for an ID.
func (p Program) sayWhatIsLost(key *auth.Key, path string) {
	flags := ""
	if usual, _ := auth.DefaultAlgorithm(key.Public()); key.Algorithm() != usual {
		flags += " --alg " + string(key.Algorithm())
	}
	if thumbprint, _ := auth.Thumbprint(key.Public()); key.ID() != thumbprint {
		flags += " --kid " + shell.Word(key.ID())
	}
	if flags != "" {
		p.complain(path + ": a PEM does not say so itself: use it with" + flags + ", or with ALGORITHM and KEY_ID in the settings")
	}
}

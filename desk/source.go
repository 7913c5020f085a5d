package desk

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/jwks"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// Source says where the settings and the key of a [Desk] are, and holds the functions
// that it works with. The zero value is the .env file in the working directory.
type Source struct {
	// File, Explicit and Lookup are those of [settings.Options].
	File     string
	Explicit bool
	Lookup   func(string) (string, bool)

	// KeyFile is a file with a key that replaces SECRET_KEY and KEY_FILE. The others
	// override the settings ALGORITHM, KEY_ID, KEY_PASSPHRASE_FILE and JWKS_URL.
	KeyFile string
	// SecretFrom is the name of the secret, and stands above SECRET_KEY_NAME.
	SecretFrom     string
	Algorithm      auth.Algorithm
	KeyID          string
	PassphraseFile string
	JWKSURL        string

	// Watch says that somebody will ask for the changes of the files, see [FilesOf].
	Watch bool

	// Ledger records what is issued, unless the settings turn it off or name another file; nil
	// records nothing. Face is what issues: console, plain, issue, batch or keep.
	Ledger *ledger.Ledger
	Face   string

	unrecorded *unrecorded // shared by every Desk of the Source
	known      *signatures // shared too

	// Template is the text of the settings file that [Desk.Create] writes.
	Template string

	// Now is the clock and Rand the source of randomness; nil is the system's.
	Now  func() time.Time
	Rand io.Reader
	// Number returns the number of the next token, the {{n}} of a persona; nil counts
	// the tokens over every Desk of the Source.
	Number func() int
	// Next returns what Number will return next. It may be nil if Number is not.
	Next func() int

	// Load, Profiles, Create, Nearby, KeepName and FillSecret replace those of package settings
	// unless they are nil.
	Load     func(settings.Options) (*settings.Settings, error)
	Profiles func(file string) []settings.Profile
	Create   func() (settings.Created, error)
	Nearby   func(file string) []settings.Near
	KeepName func(file, name string) error

	FillSecret func(file, name, secret string) error
	// Run runs the program that prints the key, and Trust is the list of those that the user
	// has agreed to run. By default they run without a terminal, and the list is that of the
	// user's configuration folder.
	Run   func(context.Context, *settings.Command) ([]byte, error)
	Trust settings.Trust
	// Fetch returns the keys that an issuer publishes at a URL, and fetches newer ones for
	// a kid that is not among them. If it is nil, there are no published keys.
	Fetch func(ctx context.Context, url string, kids ...string) (*jwks.Set, error)
	// Refetch fetches them whatever their age; nil is Fetch.
	Refetch func(ctx context.Context, url string) (*jwks.Set, error)
}

// Options returns the options for reading the settings.
func (s *Source) Options() settings.Options {
	above := map[string]string{
		"ALGORITHM": string(s.Algorithm), "KEY_ID": s.KeyID, "KEY_PASSPHRASE_FILE": s.PassphraseFile, "JWKS_URL": s.JWKSURL,
	}
	return settings.Options{
		File: s.File, Explicit: s.Explicit, IgnoreKey: s.KeyFile != "", SecretFrom: s.SecretFrom,
		Lookup: func(name string) (string, bool) {
			if value := above[name]; value != "" {
				return value, true
			}
			return s.lookup(name)
		},
	}
}

// Getenv returns a variable of the environment, or nothing.
func (s *Source) Getenv(name string) string {
	value, _ := s.lookup(name)
	return value
}

func (s *Source) lookup(name string) (string, bool) {
	if s.Lookup == nil {
		return os.LookupEnv(name)
	}
	return s.Lookup(name)
}

func (s *Source) withDefaults() Source {
	out := *s
	out.unrecorded, out.known = cmp.Or(out.unrecorded, &unrecorded{}), cmp.Or(out.known, &signatures{})
	if out.Now == nil {
		// Without the monotonic clock reading, which stops while the machine is suspended.
		out.Now = func() time.Time { return time.Now().Round(0) }
	}
	out.Rand = cmp.Or(out.Rand, rand.Reader)
	if out.Number == nil {
		var issued atomic.Int64
		out.Number = func() int { return int(issued.Add(1)) }
		out.Next = func() int { return int(issued.Load()) + 1 }
	}
	if out.Load == nil {
		out.Load = settings.Load
	}
	if out.Profiles == nil {
		out.Profiles = settings.Profiles
	}
	if out.Nearby == nil {
		out.Nearby = settings.Nearby
	}
	if out.FillSecret == nil {
		out.FillSecret = settings.FillSecret
	}
	if out.KeepName == nil {
		out.KeepName = settings.KeepName
	}
	if out.Run == nil {
		out.Run = func(ctx context.Context, c *settings.Command) ([]byte, error) { return c.Run(ctx, true) }
	}
	out.Trust = cmp.Or(out.Trust, settings.UserTrust())
	return out
}

// load reads the settings of a file, and the key. The settings are never nil. Of the user's
// answers it uses the name of the secret and the outputs of programs.
func (s *Source) load(file string, given answers, passphrase func() ([]byte, error)) (*settings.Settings, error) {
	o := s.Options()
	o.SecretFrom = cmp.Or(given.names[file], o.SecretFrom)
	o.Output = func(c *settings.Command) ([]byte, error) {
		if output, ok := given.outputs[c.ID()]; ok {
			return output(), nil
		}
		return nil, settings.ErrNotRun
	}
	o.Explicit = o.Explicit || file != cmp.Or(o.File, settings.DefaultFile)
	o.File, o.Passphrase = file, passphrase
	set, err := s.Load(o)
	if err == nil && s.KeyFile != "" {
		set.Warnings = slices.DeleteFunc(set.Warnings, func(w settings.Warning) bool { return w.Name == "SECRET_KEY" })
		err = set.LoadKeys(s.KeyFile, s.Algorithm != "")
	}
	if err == nil && s.KeyFile != "" && set.Key.OnlyDecrypts() {
		set, err = s.beside(o, set)
	}
	if err == nil {
		err = s.choose(set)
	}
	own := *set // the loader may keep a reference
	return &own, err
}

// beside returns the settings with their own key, to which the key file adds those that only
// decrypt: what is inside an encrypted token is verified with another key.
func (s *Source) beside(o settings.Options, decrypting *settings.Settings) (*settings.Settings, error) {
	o.IgnoreKey = false
	set, err := s.Load(o)
	if err == nil {
		set.AddDecrypting(decrypting)
	}
	return set, err
}

// choose makes the key with that algorithm and ID the one that signs. There may be
// none, because a key file can state the algorithm and the ID of its keys.
func (s *Source) choose(set *settings.Settings) error {
	if set.Key == nil || s.Algorithm == "" && s.KeyID == "" {
		return nil
	}
	var chosen *auth.Key
	for _, key := range append([]*auth.Key{set.Key}, set.Verifying()...) {
		fits := (s.Algorithm == "" || key.Algorithm() == s.Algorithm) && (s.KeyID == "" || key.ID() == s.KeyID)
		if fits && (chosen == nil || key.CanSign() && !chosen.CanSign()) {
			chosen = key
		}
	}
	if chosen == nil {
		return &KeyError{From: set.KeySource, Algorithm: s.Algorithm, ID: s.KeyID}
	}
	set.Key = chosen
	return nil
}

// KeyError says that no key has the algorithm and the ID that the [Source] asks for.
type KeyError struct {
	From string // where the keys come from
	// Algorithm and ID are those that were asked for; one of them may be empty.
	Algorithm auth.Algorithm
	ID        string
	// Persona, unless it is empty, names the key with that ID. The key is for Algorithm,
	// which is not the one that was asked for.
	Persona string
}

// Line says which key is missing. It has no advice, since that depends on how the key
// was asked for.
func (e *KeyError) Line() explain.Line {
	if e.Persona != "" {
		return explain.Line{
			Tone: explain.Bad, Text: fmt.Sprintf("the persona %s signs with the key %q, which is for %s", e.Persona, e.ID, e.Algorithm),
		}
	}
	text := "there is no key"
	if e.Algorithm != "" {
		text += " for " + string(e.Algorithm)
	}
	if e.ID != "" {
		text += fmt.Sprintf(" with the kid %q", e.ID)
	}
	return explain.Line{Tone: explain.Bad, Label: e.From, Text: text}
}

// Error returns the line as one sentence.
func (e *KeyError) Error() string { return e.Line().String() }

// Unwrap returns the line for [explain.Lines].
func (e *KeyError) Unwrap() error { return e.Line() }

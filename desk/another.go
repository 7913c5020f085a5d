package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/find"
	"tokendesk/auth/kind"
	"tokendesk/explain"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// MaxKeyText is the size of the largest text or file that [Another] reads, in bytes.
const MaxKeyText = 64 << 10

// Another looks for another key of one token, which verifies tokens for the rest of the run. Such
// a key is never written anywhere and never signs. It can be used from any goroutine.
type Another struct {
	token *auth.Token // the innermost one, which a key signed
	found find.Match
	// around are the keys of the token around it, if there is one.
	around []*auth.Key
}

// Another returns what looks for another key of the token.
func (e *Entry) Another() Another {
	a := Another{token: e.Result.Innermost().Token, found: e.found}
	if e.keyring != nil && (e.Result.Inner != nil || e.Token.IsEncrypted()) {
		a.around = e.keyring.keys
	}
	return a
}

// Added are keys that verify tokens besides those of the settings.
type Added struct {
	keys   []*auth.Key
	origin explain.Origin
	url    string    // where the keys are published, or empty
	set    *jwks.Set // that was fetched from it, or nil
	note   string
}

// Note says what was undone to read the key, or is empty.
func (a Added) Note() string { return a.note }

// To returns the Desk that also verifies with the keys. A change of the profile keeps them.
func (a Added) To(d *Desk) *Desk {
	out := *d
	out.answers.added = append(slices.DeleteFunc(slices.Clone(d.answers.added), a.replaces), a)
	ring := *d.keyring
	ring.added = append(slices.DeleteFunc(slices.Clone(ring.added), a.replaces), a)
	out.keyring = ring.complete()
	return &out
}

// replaces reports whether the keys are newer than others of the same place.
func (a Added) replaces(other Added) bool {
	if a.url != "" || other.url != "" {
		return a.url == other.url
	}
	same := func(x, y *auth.Key) bool { return x.Fingerprint() == y.Fingerprint() && x.Algorithm() == y.Algorithm() }
	return slices.EqualFunc(a.keys, other.keys, same)
}

// Text reads keys from a text that the user pasted or typed: a secret, or anything that
// [auth.ParseKeys] reads, also in an encoding. No error quotes the text. It is a *[Locked] for
// a passphrase.
func (a Another) Text(d *Desk, text string) (Added, error) {
	if len(text) > MaxKeyText {
		return Added{}, advice.New(fmt.Sprintf("the text has %d bytes, more than the maximum of %d", len(text), MaxKeyText), "paste only the key")
	}
	added := Added{origin: explain.Origin{ThisRun: true}}
	return a.parse(d, added, []byte(text), func(err error) error { return advice.Add(forPaste(err), pasteAdvice(err)) })
}

// File reads keys from a file: one that [auth.ParseKeys] reads, or a settings file, of which it
// takes every secret that could sign tokens. The error is a *[Locked] for a passphrase.
func (a Another) File(d *Desk, path string) (Added, error) {
	data, err := settings.ReadFile(path, MaxKeyText)
	if err != nil {
		return Added{}, err
	}
	added := Added{origin: explain.Origin{From: path, ThisRun: true}}
	fail := func(err error) error { return &settings.Problem{File: path, Text: err.Error(), Do: advice.Of(err)} }
	if kind.Of(data).Kind != kind.Env && !strings.HasPrefix(filepath.Base(path), settings.DefaultFile) {
		return a.parse(d, added, data, fail)
	}
	if added.keys, err = keysOfSettings(path); err != nil {
		return Added{}, err
	}
	return a.fit(added, fail)
}

// Published fetches the keys that are published at a URL: of a JWK set, of an issuer or of its
// discovery document. Whether to connect to it must have been decided before.
func (a Another) Published(ctx context.Context, d *Desk, url string) (Added, error) {
	added, err := Publish(ctx, d, strings.TrimSpace(url), a.token.KeyID())
	if err != nil {
		return Added{}, err
	}
	return a.fit(added, func(err error) error {
		return explain.Line{Tone: explain.Bad, Label: added.set.From, Text: err.Error()}
	})
}

// published returns the keys of a set that was fetched from a URL.
func published(url string, set *jwks.Set) Added {
	origin := explain.FetchedFrom(set)
	origin.ThisRun = true
	return Added{keys: set.Keys, origin: origin, url: url, set: set}
}

// lockedAnother asks for the passphrase of another key. try returns why a passphrase is wrong.
func lockedAnother(d *Desk, problem error, try func([]byte) error) *Locked {
	return &Locked{
		Asks: Passphrase, Profile: "another key", problem: problem,
		Text: "the private key is encrypted; your passphrase is kept for this run and never written to a file",
		Answer: func(text string) (*Desk, error) {
			if err := try([]byte(text)); err != nil {
				return nil, &wrongAnswer{explain.Line{Tone: explain.Bad, Text: "this passphrase does not decrypt the key", Do: "try another"}, err}
			}
			out := *d
			out.answers.unlock = []byte(text)
			return &out, nil
		},
	}
}

// Publish fetches the keys that are published at a URL, to verify tokens with for the rest of
// the run, and newer ones for a kid that is not among those of the cache.
func Publish(ctx context.Context, d *Desk, url string, kids ...string) (Added, error) {
	if err := auth.CheckKeyURL(url); err != nil {
		return Added{}, err
	}
	if d.from.Fetch == nil {
		return Added{}, errors.New("nothing is fetched here")
	}
	set, err := d.from.Fetch(ctx, url, kids...)
	if err != nil {
		return Added{}, err
	}
	return published(url, set), nil
}

// WithKeyFile returns the Desk of the same settings with the keys of a file instead of their own.
func WithKeyFile(ctx context.Context, d *Desk, path string) *Desk {
	from := d.from
	from.KeyFile = path
	return open(ctx, from, d.file, d.answers)
}

// Signs reports whether the Desk has a key that can sign, and nothing is wrong with its settings.
func Signs(d *Desk) bool {
	if d.problem != nil || d.Key() == nil {
		return false
	}
	return d.Key().CanSign() || slices.ContainsFunc(d.settings.Verifying(), (*auth.Key).CanSign)
}

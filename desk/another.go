package desk

import (
	"bytes"
	"cmp"
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
	"tokendesk/internal/phrase"
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

// parse reads keys and keeps them if one of them made the token. fail completes an error.
func (a Another) parse(d *Desk, added Added, data []byte, fail func(error) error) (Added, error) {
	is := kind.Of(data)
	if is.HasKey() && is.Encoded() {
		data = is.Bytes
	}
	if is.Kind == kind.Plain {
		data = withoutBreak(data)
	}
	passphrase := auth.WithPassphrase(func() ([]byte, error) {
		if d.answers.unlock == nil {
			return nil, auth.ErrEncrypted
		}
		return d.answers.unlock, nil
	})
	keys, err := a.keysOf(data, is, passphrase)
	if errors.Is(err, auth.ErrEncrypted) || errors.Is(err, auth.ErrWrongPassphrase) {
		return Added{}, lockedAnother(d, err, func(answer []byte) error {
			_, err := a.keysOf(data, is, auth.WithPassphrase(func() ([]byte, error) { return answer, nil }))
			return err
		})
	}
	if err != nil {
		return Added{}, fail(err)
	}
	if added.keys = keys; is.Encoded() {
		added.note = is.Undone()
	}
	if is.Kind == kind.Plain {
		added = a.decode(added, data)
	}
	return a.fit(added, fail)
}

// keysOf parses keys. One that names no algorithm is for that of the token, if it can be.
func (a Another) keysOf(data []byte, is kind.Found, opts ...auth.KeyOption) ([]*auth.Key, error) {
	alg := a.token.Algorithm()
	if _, err := auth.ParseAlgorithm(string(alg)); err != nil {
		alg = "" // it is encrypted, or nothing known
	}
	keys, err := auth.ParseKeys(data, alg, opts...)
	if err != nil && is.Kind != kind.Plain && alg != "" {
		if own, other := auth.ParseKeys(data, "", opts...); other == nil {
			return own, nil
		}
	}
	return keys, err
}

// decode replaces the secret by the form of it that made the signature, such as its bytes decoded
// from base64.
func (a Another) decode(added Added, secret []byte) Added {
	r := a.verify(added.keys)
	form := r.Innermost().Form
	for _, other := range form.Of(secret) {
		key, err := auth.NewHMACKey(added.keys[0].Algorithm(), other)
		if err != nil {
			continue
		}
		if keys := []*auth.Key{key}; a.signedWith(keys) {
			added.keys, added.note = keys, form.String()+" made the signature"
			return added
		}
	}
	return added
}

// verify checks the signature of the token with keys.
func (a Another) verify(keys []*auth.Key) auth.Result {
	v := auth.Verifier{Keys: slices.Concat(keys, a.around)}
	return v.VerifyWith(cmp.Or(a.found.Compact, a.token.Compact), a.found.Extras)
}

// signedWith reports whether one of the keys made or decrypted the token.
func (a Another) signedWith(keys []*auth.Key) bool {
	r := a.verify(keys)
	if key := r.Innermost().Key; key != nil {
		return slices.Contains(keys, key)
	}
	return r.Decryption != nil && slices.Contains(keys, r.Decryption)
}

// fit returns the keys if one of them made the token. fail completes the error that says why not.
func (a Another) fit(added Added, fail func(error) error) (Added, error) {
	if a.signedWith(added.keys) {
		return added, nil
	}
	return Added{}, fail(a.refuse(added.keys, a.verify(added.keys)))
}

// refuse says why none of the keys verifies the token.
func (a Another) refuse(keys []*auth.Key, r auth.Result) error {
	alg, several := a.token.Algorithm(), phrase.Count(len(keys), "key", "keys")
	one := len(keys) == 1
	switch {
	case r.Verdict == auth.VerdictWrongKey && !slices.ContainsFunc(keys, func(k *auth.Key) bool { return k.Algorithm() == alg }):
		text := "none of these " + several + " is for " + string(alg) + ", the algorithm of the token"
		if one {
			text = "this key is for " + string(keys[0].Algorithm()) + ", and not for " + string(alg) + ", the algorithm of the token"
		}
		return errors.New(text)
	case r.Verdict == auth.VerdictWrongKey && r.SignatureChecked:
		return errors.New("the token names another kid, although this key made its signature")
	case r.Verdict == auth.VerdictWrongKey && one:
		return errors.New("this key has another kid than the token names")
	case r.Verdict == auth.VerdictWrongKey:
		return errors.New("none of these " + several + " has the kid that the token names")
	case r.Verdict == auth.VerdictBadSignature && one:
		return errors.New("this key did not make the signature, or the token was changed after it was signed")
	case r.Verdict == auth.VerdictBadSignature:
		return errors.New("none of these " + several + " made the signature, or the token was changed after it was signed")
	case len(r.Failures) > 0:
		return r.Failures[0]
	}
	return errors.New("this key does not verify the token")
}

// keysOfSettings returns the keys of another settings file. If several secrets could sign, it has
// all of them: trying one to verify decides nothing.
func keysOfSettings(path string) ([]*auth.Key, error) {
	o := settings.Options{File: path, Explicit: true, Lookup: func(string) (string, bool) { return "", false }}
	set, err := settings.Load(o)
	keys := set.Verifying()
	for _, choice := range slices.Concat(set.Recognised.Ask, set.Recognised.Others) {
		named := o
		named.SecretFrom = choice.Name
		if one, _ := settings.Load(named); one.Key != nil {
			keys = append(keys, one.Verifying()...)
		}
	}
	switch {
	case len(keys) > 0:
		return keys, nil
	case err != nil:
		return nil, err
	}
	return nil, explain.NoKey(set)
}

// forPaste removes what only a file has from the error of a text that is no key.
func forPaste(err error) error {
	return errors.New(strings.Replace(err.Error(), ", not a key file", ", not a key", 1))
}

// pasteAdvice says what to do about a text that is no key. Advice about files is of no use.
func pasteAdvice(err error) string {
	do := advice.Of(err)
	if strings.Contains(do, "FILE") || strings.Contains(do, "file") {
		return "paste the secret, the PEM, the JWK or the JWK set itself"
	}
	return do
}

// withoutBreak removes one line break at the end, which a terminal copies with a line.
func withoutBreak(text []byte) []byte {
	line, ok := bytes.CutSuffix(text, []byte("\n"))
	if ok {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	return line
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

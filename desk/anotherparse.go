package desk

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/kind"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

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

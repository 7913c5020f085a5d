package settings

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/settings/project"
)

// secretKey is the setting that holds the secret.
const secretKey = "SECRET_KEY"

// signing makes the key that signs from what a reader has read.
type signing struct{ r *reader }

// key makes the key from SECRET_KEY or KEY_FILE.
func (k signing) key() {
	r := k.r
	s := r.settings
	k.keyOptions()
	r.warnMode()
	if r.ignoreKey || (commands{r}).key() {
		return
	}
	given := r.get(secretKey)
	k.warnTwice(given)
	found := &s.Recognised
	file := r.get(keyFile)
	names := names{r}
	switch name := names.named(); {
	case found.Chosen != nil:
		names.key(found.Chosen)
	case name != "":
		names.unknown(name)
	case len(found.Ask) > 0:
		names.ask()
	case file.set && given.set:
		k.bothSet(file, secretKey)
	case file.set:
		k.keyFile(file)
	case !given.set && strings.Contains(given.raw, "$"):
		why := project.Value{Form: project.Reference}.Problem(secretKey)
		r.problem(given, why.Text, why.Do)
	case !given.set:
	case strings.TrimSpace(given.value) == "":
		r.problem(given, given.name+" is blank", "make one with "+s.Algorithm.SecretCommand())
	default:
		names.key(&project.Candidate{Name: secretKey, Line: given.line, Value: project.ReadValue(project.Assignment{
			Name: secretKey, Value: given.value, Raw: given.raw,
		})})
	}
}

// bothSet reports that two settings name a key.
func (k signing) bothSet(given setting, other string) {
	k.r.problem(given, given.name+" and "+other+" are both set, but only one key can sign", "keep one of them")
}

// keyOptions reads the settings that say how to make a key.
func (k signing) keyOptions() {
	r := k.r
	s := r.settings
	s.Algorithm = k.algorithm()
	s.encoding = encodingName(r.get("SECRET_KEY_ENCODING").value)
	s.KeyOptions = []auth.KeyOption{auth.WithKeyID(cmp.Or(r.text("KEY_ID"), s.Recognised.KeyID.Value))}
	s.AllowWeak = r.toggle("ALLOW_WEAK_SECRET", "true", "false", false)
	ask := names{r}.passphrase()
	if given := r.get("KEY_PASSPHRASE_FILE"); given.set {
		ask = func() ([]byte, error) {
			path := beside(r.file, given)
			if w, exposed := CheckMode(path); exposed {
				w.Name, w.Text = given.name, "other users can read or change the passphrase of the key"
				s.Warnings = append(s.Warnings, w)
			}
			return readPassphrase(path)
		}
	}
	if ask != nil { // once, even if the key is parsed a second time
		s.KeyOptions = append(s.KeyOptions, auth.WithPassphrase(sync.OnceValues(func() ([]byte, error) {
			passphrase, err := ask()
			s.Passphrase = func() []byte { return passphrase }
			return passphrase, err
		})))
	}
}

// makeKey makes the key from the secret. It returns nil after it has reported a
// problem, and when the algorithm is empty because that was reported before.
func (k signing) makeKey(given setting) *auth.Key {
	r := k.r
	alg := r.settings.Algorithm
	secret, ok := k.decode(given)
	if !ok || alg == "" {
		k.warnLoaders(given)
		return nil
	}
	return k.keyOf(given, secret)
}

// keyOf makes the key from the bytes of the secret in a setting.
func (k signing) keyOf(given setting, secret []byte) *auth.Key {
	r := k.r
	alg := r.settings.Algorithm
	if alg == "" {
		return nil // already reported
	}
	if alg.MinSecretBytes() == 0 {
		r.problem(r.get("ALGORITHM"), "ALGORITHM is "+string(alg)+", which needs a private key instead of "+given.name,
			"set KEY_FILE to the file of the key, or ALGORITHM to HS256")
		return nil
	}
	key, err := auth.NewHMACKey(alg, secret, r.settings.KeyOptions...)
	refused, isRefused := errors.AsType[*auth.SecretError](err)
	if !isRefused || refused.Kind != auth.SecretWrongKind { // otherwise it must be replaced, however it is written
		k.warnLoaders(given)
	}
	switch {
	case isRefused && refused.Kind == auth.SecretWrongKind:
		r.problem(given, given.name+" cannot be used with "+string(alg)+": "+refused.Error(), insteadOf(secret, given.name, refused))
		return nil
	case err != nil:
		r.problem(given, given.name+" cannot be used with "+string(alg)+": "+err.Error(), advice.Of(err))
		return nil
	case given.file == environment && strings.ContainsFunc(given.value, unicode.IsControl):
		r.problem(given, given.name+" contains a control character", "set it again, without a line break at the end")
		return nil
	}
	r.settings.warnWeak(Warning{File: given.file, Line: given.line, Name: given.name, Text: given.name}, key)
	return key
}

// warnWeak adds a warning if a key is weak, unless ALLOW_WEAK_SECRET accepts it. The text of
// the warning is what holds the key.
func (s *Settings) warnWeak(w Warning, keys ...*auth.Key) {
	n := slices.IndexFunc(keys, func(k *auth.Key) bool { return k.Weakness() != nil })
	if n < 0 || s.AllowWeak {
		return
	}
	weakness := keys[n].Weakness()
	w.Weak, w.Source = true, auth.WeakSource
	w.Text += " is weak: " + weakness.Error()
	if w.Do = weakness.Advice(); !s.Protected { // which does not sign with it
		w.Do += ", or set ALLOW_WEAK_SECRET=true if a test system uses this one"
	}
	s.Warnings = append(s.Warnings, w)
}

// warnTwice warns when an earlier line of the file sets the secret too.
func (k signing) warnTwice(given setting) {
	r := k.r
	for _, st := range r.statements {
		if st.name == given.name && st.line < given.line {
			r.warn(setting{statement: st, file: r.file}, false, given.name+" is set again further down, and the last line counts",
				"keep one of the two lines")
		}
	}
}

// decode returns the bytes of the secret, and false after it has reported a problem.
func (k signing) decode(s setting) ([]byte, bool) {
	r := k.r
	encoding := r.get("SECRET_KEY_ENCODING")
	name := encodingName(encoding.value)
	secret, err := decodeAs(name, s.value)
	switch {
	case errors.Is(err, errEncoding):
		r.problem(encoding, unknownEncoding, knownEncodings)
	case err != nil:
		r.problem(s, notEncoded(s.name, name), correctOne)
	case name == "" && !utf8.ValidString(s.value):
		r.problem(s, s.name+" is not valid UTF-8", "write it in base64 or hex, and set SECRET_KEY_ENCODING")
	default:
		return secret, true
	}
	return nil, false
}

// errEncoding says that SECRET_KEY_ENCODING names no encoding.
var errEncoding = errors.New("unknown encoding")

// What is said about encodings.
const (
	unknownEncoding = "SECRET_KEY_ENCODING is not a known encoding"
	knownEncodings  = "use utf8, base64, base64url or hex"
	correctOne      = "correct one of the two"
)

// notEncoded says that a secret is not in the encoding that the settings name.
func notEncoded(what, encoding string) string {
	return what + " is not valid " + encoding + ", which SECRET_KEY_ENCODING says it is"
}

// encodingName returns the name of an encoding of secrets, which is empty for plain text.
func encodingName(value string) string {
	name := strings.ToLower(strings.TrimSpace(value))
	if name == "utf8" || name == "utf-8" {
		return ""
	}
	return name
}

// decodeAs returns the bytes of a secret that is written in an encoding.
func decodeAs(encoding, text string) (secret []byte, err error) {
	switch encoding {
	case "":
		secret = []byte(text)
	case "base64":
		secret, err = withPadding(base64.RawStdEncoding, text).DecodeString(text)
	case "base64url":
		secret, err = withPadding(base64.RawURLEncoding, text).DecodeString(text)
	case "hex":
		secret, err = hex.DecodeString(text)
	default:
		err = errEncoding
	}
	return secret, err
}

// withPadding returns the encoding of a text that has all its padding or none.
func withPadding(unpadded *base64.Encoding, text string) *base64.Encoding {
	if strings.HasSuffix(text, "=") {
		return unpadded.WithPadding(base64.StdPadding)
	}
	return unpadded
}

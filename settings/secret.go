package settings

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
)

// secretKey is the setting that holds the secret.
const secretKey = "SECRET_KEY"

const makeSecret = "put a secret there, for example from openssl rand -hex 32"

// key makes the key from SECRET_KEY and what goes with it.
func (r *reader) key() {
	s := r.settings
	r.keyOptions()
	r.warnMode()
	if r.otherKey {
		return
	}
	given := r.get(secretKey)
	r.warnTwice(given)
	file := r.get("KEY_FILE")
	switch {
	case file.set && given.set:
		r.problem(file, "KEY_FILE and SECRET_KEY are both set, and only one can sign", "keep one of them")
	case file.set:
		r.keyFile(file)
	case !given.set && strings.Contains(given.raw, "$"):
		r.problem(given, "SECRET_KEY is made of variables that have no value in this file",
			"write the secret itself, in single quotes if it has a $")
	case !given.set:
	case strings.TrimSpace(given.value) == "":
		r.problem(given, "SECRET_KEY is blank", makeSecret)
	default:
		s.KeySource = given.file
		s.Key = r.makeKey(given)
	}
}

// keyOptions reads what a key is made with.
func (r *reader) keyOptions() {
	s := r.settings
	s.Algorithm = r.algorithm()
	s.KeyOptions = []auth.KeyOption{auth.WithKeyID(r.text("KEY_ID"))}
	if r.toggle("ALLOW_WEAK_SECRET", "true", "false", false) {
		s.KeyOptions = append(s.KeyOptions, auth.AllowWeak())
	}
	ask := r.passphrase
	if given := r.get("KEY_PASSPHRASE_FILE"); given.set {
		ask = func() ([]byte, error) {
			path := r.beside(given)
			if w, exposed := CheckMode(path); exposed {
				w.Name, w.Text = given.name, "others can get at the passphrase of the key"
				s.Warnings = append(s.Warnings, w)
			}
			return readPassphrase(path)
		}
	}
	if ask != nil { // once, also when the key is read again to see what it is
		s.KeyOptions = append(s.KeyOptions, auth.WithPassphrase(sync.OnceValues(ask)))
	}
}

// makeKey returns nil when it has said what is wrong. The algorithm is empty
// when that was.
func (r *reader) makeKey(given setting) *auth.Key {
	alg := r.settings.Algorithm
	secret, ok := r.decode(given)
	if !ok || alg == "" {
		r.warnLoaders(given)
		return nil
	}
	if alg.MinSecretBytes() == 0 {
		r.problem(r.get("ALGORITHM"), "ALGORITHM is "+string(alg)+", which needs a private key and not SECRET_KEY",
			"name the key's file in KEY_FILE, or write HS256")
		return nil
	}
	key, err := auth.NewHMACKey(alg, secret, r.settings.KeyOptions...)
	refused, isRefused := errors.AsType[*auth.SecretError](err)
	// What is no secret at all has to go, however it is written.
	if !isRefused || refused.Kind != auth.SecretWrongKind {
		r.warnLoaders(given)
	}
	switch {
	case isRefused:
		r.problem(given, "SECRET_KEY cannot be used with "+string(alg)+": "+refused.Error(), adviceFor(refused))
		return nil
	case err != nil:
		r.problem(given, "SECRET_KEY cannot be used", makeSecret)
		return nil
	case given.file == environment && strings.ContainsFunc(given.value, unicode.IsControl):
		r.problem(given, "SECRET_KEY has a control character in it", "set it again, without a line break at its end")
		return nil
	}
	if weakness := key.Weakness(); weakness != nil {
		r.warn(given, true, "ALLOW_WEAK_SECRET lets a weak key sign: "+weakness.Error(), "use it against test systems only")
	}
	return key
}

func adviceFor(refused *auth.SecretError) string {
	switch refused.Kind {
	case auth.SecretWrongKind, auth.SecretEmpty:
		return makeSecret
	default:
		return "put a better one there, for example from openssl rand -hex 64, or set ALLOW_WEAK_SECRET=true for a test system that has it"
	}
}

// warnTwice tells that an earlier line of the file sets the secret too.
func (r *reader) warnTwice(given setting) {
	for _, st := range r.statements {
		if st.name == given.name && st.line < given.line {
			r.warn(setting{statement: st, file: r.file}, false, "SECRET_KEY is set again further down, and the last line counts",
				"keep one of the lines")
		}
	}
}

// decode turns the text of the secret into its bytes.
func (r *reader) decode(s setting) ([]byte, bool) {
	encoding := r.get("SECRET_KEY_ENCODING")
	name := strings.ToLower(strings.TrimSpace(encoding.value))
	var secret []byte
	var err error
	switch name {
	case "", "utf8", "utf-8":
		if !utf8.ValidString(s.value) {
			r.problem(s, "SECRET_KEY is not valid UTF-8", "set SECRET_KEY_ENCODING and write it as base64 or hex")
			return nil, false
		}
		return []byte(s.value), true
	case "base64":
		secret, err = withPadding(base64.RawStdEncoding, s.value).DecodeString(s.value)
	case "base64url":
		secret, err = withPadding(base64.RawURLEncoding, s.value).DecodeString(s.value)
	case "hex":
		secret, err = hex.DecodeString(s.value)
	default:
		r.problem(encoding, "SECRET_KEY_ENCODING is not an encoding", "write utf8, base64, base64url or hex")
		return nil, false
	}
	if err != nil {
		r.problem(s, "SECRET_KEY is not "+name+", as SECRET_KEY_ENCODING says", "correct the one or the other")
		return nil, false
	}
	return secret, true
}

// withPadding returns the encoding for a text that has all of its padding or none.
func withPadding(unpadded *base64.Encoding, text string) *base64.Encoding {
	if strings.HasSuffix(text, "=") {
		return unpadded.WithPadding(base64.StdPadding)
	}
	return unpadded
}

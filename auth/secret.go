package auth

import (
	"bytes"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"tokendesk/auth/weak"
)

// SecretKind says what is wrong with a secret.
type SecretKind int

// The kinds of bad HMAC secrets, the most serious first.
const (
	SecretEmpty       SecretKind = iota + 1 // empty, or only white space
	SecretWrongKind                         // a PEM, an SSH key, a certificate, a JWK, a URL or an unexpanded variable
	SecretPublished                         // printed in documentation or a tutorial
	SecretPlaceholder                       // a text to be replaced, or a simple pattern
	SecretShort                             // fewer bytes than RFC 7518 section 3.2 requires
)

// SecretError says what is wrong with an HMAC secret. It never contains the secret.
type SecretError struct {
	Kind SecretKind
	// What is what the secret is instead, such as "a PEM block", "an example of jwt.io" or "a
	// placeholder".
	What      string
	Algorithm Algorithm
	Bytes     int // of the secret
}

// Weak reports whether the secret works although it should not be trusted: it is published,
// a placeholder or short. Any other is no secret, and no key is made of it.
func (e *SecretError) Weak() bool { return e.Kind >= SecretPublished }

// WeakSource is the section about how long a secret is.
const WeakSource = "RFC 7518 section 3.2"

// Error returns what is wrong, and how long a good secret is.
func (e *SecretError) Error() string {
	defect := map[SecretKind]string{
		SecretEmpty:       "is empty",
		SecretWrongKind:   "is " + e.What + ", not an HMAC secret",
		SecretPublished:   "is published (" + e.What + ")",
		SecretPlaceholder: "is " + e.What,
		SecretShort:       "has only " + inBytes(e.Bytes),
	}[e.Kind]
	if e.Weak() {
		defect += fmt.Sprintf(", and %s needs at least %d random bytes", e.Algorithm, e.Algorithm.MinSecretBytes())
	}
	return "the secret " + defect
}

// Advice returns how to make a good secret.
func (e *SecretError) Advice() string { return "make one with " + e.Algorithm.SecretCommand() }

// SecretCommand returns a command that prints a good secret for the algorithm, or one for
// HS256 if it has no secret.
func (a Algorithm) SecretCommand() string { return fmt.Sprintf("openssl rand -hex %d", secretBytes(a)) }

// secretBytes returns how many random bytes a new secret has.
func secretBytes(alg Algorithm) int { return max(HS256.MinSecretBytes(), alg.MinSecretBytes()) }

// CheckSecret returns what is wrong with a secret as an HMAC key of the algorithm, or nil
// (RFC 7518 section 3.2, RFC 8725 section 3.5).
func CheckSecret(alg Algorithm, secret []byte) *SecretError {
	found := func(kind SecretKind, what string) *SecretError { return &SecretError{kind, what, alg, len(secret)} }
	if len(bytes.TrimSpace(secret)) == 0 {
		return found(SecretEmpty, "")
	}
	if what := wrongKind(secret); what != "" {
		return found(SecretWrongKind, what)
	}
	if where := weak.PublishedBy(string(secret)); where != "" {
		return found(SecretPublished, where)
	}
	if what := weak.Placeholder(string(secret)); what != "" {
		return found(SecretPlaceholder, what)
	}
	if len(secret) < alg.MinSecretBytes() {
		return found(SecretShort, "")
	}
	return nil
}

// NewSecret returns a fresh secret that is good for the algorithm, from random, as base64url:
// 43 characters for HS256. For an algorithm that has no secret it is good for HS256.
func NewSecret(alg Algorithm, random io.Reader) (string, error) {
	b := make([]byte, secretBytes(alg))
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("read randomness for a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// These are compiled when they are needed, which is seldom: a process that issues one token
// should not spend time on them.
var (
	urlSecret      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`) })
	variableSecret = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_][A-Za-z0-9_]*|%[A-Za-z_][A-Za-z0-9_]*%|\{\{[^}]*\}\})$`)
	})
)

// wrongKind names what a text is if it is something other than a secret. A public key that
// is used as an HMAC secret is the classic key confusion (RFC 8725 section 3.1); a URL or a
// variable is a mistake in a deployment.
func wrongKind(secret []byte) string {
	text := strings.TrimSpace(string(secret))
	switch {
	case strings.Contains(text, "-----BEGIN CERTIFICATE"):
		return "a certificate"
	case strings.Contains(text, "-----BEGIN "):
		return "a PEM block"
	case isSSH(text):
		return "an SSH key"
	case isDER(secret) || isDER(decodeDER(text)):
		return "a DER-encoded key or certificate"
	case isJWK(secret):
		return "a JWK"
	case strings.Contains(text, "://") && urlSecret().MatchString(text):
		return "a URL"
	case strings.ContainsAny(text[:1], "$%{") && variableSecret().MatchString(text):
		return "a variable that was never expanded"
	default:
		return ""
	}
}

// isSSH reports whether the text is a key in the format of OpenSSH, RFC 4716 or PuTTY.
func isSSH(text string) bool {
	return slices.ContainsFunc([]string{"ssh-", "ecdsa-sha2-", "sk-ssh-", "---- BEGIN SSH2", "PuTTY-User-Key-File"},
		func(start string) bool { return strings.HasPrefix(text, start) })
}

// isJWK reports whether the secret is a JSON object with "kty" or "keys" (RFC 7517), or was
// one before it was changed: put into an array or a string, or followed by more text.
func isJWK(secret []byte) bool {
	text := bytes.TrimSpace(secret)
	if len(text) == 0 || !strings.ContainsRune(`{["'`, rune(text[0])) {
		return false
	}
	if bytes.Contains(text, []byte(`"kty`)) || bytes.Contains(text, []byte(`'kty`)) {
		return true
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil {
		return false
	}
	_, one := members["kty"] // with an escape in it
	_, set := members["keys"]
	return one || set
}

// decodeDER returns the bytes of a base64 text that may be DER: PEM without its first and
// last line, as some servers publish their public key.
func decodeDER(text string) []byte {
	if text[0] != 'M' { // 0x30
		return nil
	}
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	der, err := encoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return der
}

// isDER reports whether the secret is exactly one ASN.1 SEQUENCE that starts like a key or a
// certificate: with an INTEGER or a SEQUENCE if its length has two bytes, else with the
// version 0 or 1 or the OBJECT IDENTIFIER of an algorithm. Fewer than one in 2^30 random
// secrets of 32 bytes does.
func isDER(secret []byte) bool {
	if len(secret) > 5 && secret[0] == 0x30 && secret[1] == 0x82 {
		return int(secret[2])<<8|int(secret[3]) == len(secret)-4 && (secret[4] == 0x02 || secret[4] == 0x30)
	}
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(secret, &outer)
	if err != nil || len(rest) > 0 || outer.Tag != asn1.TagSequence || !outer.IsCompound || len(outer.Bytes) < 3 {
		return false
	}
	body := outer.Bytes
	version := body[0] == asn1.TagInteger && body[1] == 1 && body[2] <= 1
	algorithm := body[0] == 0x30 && int(body[1]) <= len(body)-2 && body[2] == asn1.TagOID
	return version || algorithm
}

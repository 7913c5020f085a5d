package auth

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"

	"tokendesk/auth/kind"
	"tokendesk/auth/weak"
)

// SecretKind says what is wrong with a secret.
type SecretKind int

// The kinds of bad HMAC secrets, the most serious first.
const (
	SecretEmpty       SecretKind = iota + 1 // empty, or only white space
	SecretWrongKind                         // has the shape of something else (package kind)
	SecretPublished                         // printed in documentation or a tutorial
	SecretPlaceholder                       // a text to be replaced, or a simple pattern
	SecretShort                             // fewer bytes than RFC 7518 section 3.2 requires
)

// SecretError says what is wrong with an HMAC secret. It never contains the secret.
type SecretError struct {
	Kind SecretKind
	// What is what the secret is instead, such as "a PEM public key", "an example of jwt.io" or "a
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
	if e.Weak() && e.Algorithm.MinSecretBytes() > 0 {
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

// wrongKind names what a text is if it is something other than a secret. A public key that
// is used as an HMAC secret is the classic key confusion (RFC 8725 section 3.1); a URL or a
// variable is a mistake in a deployment.
func wrongKind(secret []byte) string { return kind.Of(secret).String() }

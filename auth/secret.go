package auth

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"

	"tokendesk/auth/kind"
)

// SecretKind says why a secret was refused.
type SecretKind int

// The reasons to refuse an HMAC secret, the most serious first.
const (
	SecretEmpty       SecretKind = iota + 1 // empty, or only white space
	SecretWrongKind                         // has the shape of something else (package kind)
	SecretPlaceholder                       // a text to be replaced
	SecretKnown                             // publicly known from a tutorial
	SecretShort                             // fewer bytes than RFC 7518 section 3.2 requires
)

// weak reports whether AllowWeak allows the secret.
func (k SecretKind) weak() bool { return k >= SecretPlaceholder }

// SecretError says why a secret was refused. It never contains the secret.
type SecretError struct {
	Kind SecretKind
	What string // what the secret is instead, such as "a PEM block"
	Have int    // in bytes
	Want int    // in bytes, the minimum for the algorithm
}

// Error returns the reason.
func (e *SecretError) Error() string {
	defect, isNamed := map[SecretKind]string{
		SecretEmpty:       "empty",
		SecretWrongKind:   e.What + ", not an HMAC secret",
		SecretPlaceholder: "a placeholder that should be replaced",
		SecretKnown:       "publicly known from documentation and tutorials",
	}[e.Kind]
	if !isNamed {
		return fmt.Sprintf("the secret has %s, but this algorithm needs at least %d", inBytes(e.Have), e.Want)
	}
	return "the secret is " + defect
}

// Advice returns how many bytes the secret needs.
func (e *SecretError) Advice() string { return fmt.Sprintf("use at least %d random bytes", e.Want) }

// CheckSecret returns nil for a secret that is fit to be an HMAC key of the algorithm, else
// a *[SecretError] (RFC 7518 section 3.2, RFC 8725 section 3.5).
func CheckSecret(alg Algorithm, secret []byte) error {
	refuse := func(kind SecretKind, what string) error {
		return &SecretError{Kind: kind, What: what, Have: len(secret), Want: alg.MinSecretBytes()}
	}
	if len(bytes.TrimSpace(secret)) == 0 {
		return refuse(SecretEmpty, "")
	}
	if what := wrongKind(secret); what != "" {
		return refuse(SecretWrongKind, what)
	}
	if isKnown(secret) {
		return refuse(SecretKnown, "")
	}
	if isPlaceholder(secret) {
		return refuse(SecretPlaceholder, "")
	}
	if len(secret) < alg.MinSecretBytes() {
		return refuse(SecretShort, "")
	}
	return nil
}

// NewSecret returns a fresh 256-bit secret from random, as 43 base64url characters.
func NewSecret(random io.Reader) (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("read randomness for a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// wrongKind names what a text is if it is something other than a secret. A public key that
// is used as an HMAC secret is the classic key confusion (RFC 8725 section 3.1); a URL or a
// variable is a mistake in a deployment.
func wrongKind(secret []byte) string { return kind.Of(secret).String() }

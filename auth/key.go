package auth

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"

	"github.com/golang-jwt/jwt/v5"
)

// redacted is all that a key ever prints.
const redacted = "[redacted]"

// Key is one signing or verifying key. It has exactly one algorithm, whatever
// a token claims (RFC 8725 section 3.1), and never prints its material.
//
// The material is behind functions because a printer that meets a Key in a
// field that is not exported walks over its fields and asks no method.
type Key struct {
	scheme      *scheme
	method      jwt.SigningMethod
	signing     func() any       // what method.Sign takes; nil for a key that only verifies
	verifying   func() any       // what method.Verify takes
	public      crypto.PublicKey // nil for an HMAC key
	id          string
	ownID       bool // the ID was given, not derived from the key
	fingerprint string
	weakness    error
}

// Algorithm returns the one algorithm of the key.
func (k *Key) Algorithm() Algorithm { return k.scheme.name }

// Public returns the public key, and nil for an HMAC key, which has none.
func (k *Key) Public() crypto.PublicKey { return k.public }

// matches reports whether the key is one for a token with this algorithm and "kid".
// A key that was given an ID is for tokens that name it, or none.
func (k *Key) matches(alg Algorithm, kid string) bool {
	return k.scheme.name == alg.canonical() && (kid == "" || !k.ownID || k.id == kid)
}

// ID returns the key's "kid": the one it was given, for a key that is not an HMAC
// key else its thumbprint (RFC 7638), or the empty string.
func (k *Key) ID() string { return k.id }

// Fingerprint returns eight hexadecimal digits that tell this key from others
// and say nothing about its material.
func (k *Key) Fingerprint() string { return k.fingerprint }

// Weakness returns why the key should not be trusted, for one that was let
// through by [AllowWeak], and otherwise nil.
func (k *Key) Weakness() error { return k.weakness }

// CanSign reports whether the key can sign, not only verify.
func (k *Key) CanSign() bool { return k.signing != nil }

// Sign returns the key's signature over a JWS signing input (RFC 7515 section 5.1
// step 5), whatever that is. [Issuer] is what makes tokens; this is for those
// that are wrong on purpose.
//
// ECDSA signs as RFC 6979 says, which RFC 8725 section 3.2 asks for, so that
// random gives the salt of PS256, PS384 and PS512 and is not read for the other
// algorithms: the same input and randomness have the same signature. nil is
// [rand.Reader]. It returns [ErrCannotSign] for a public key.
func (k *Key) Sign(random io.Reader, signingInput string) ([]byte, error) {
	if !k.CanSign() {
		return nil, ErrCannotSign
	}
	if random == nil {
		random = rand.Reader
	}
	signature, err := k.scheme.family.sign(k, random, signingInput)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", string(k.scheme.name), err)
	}
	return signature, nil
}

// signWithMethod signs as golang-jwt does.
func (k *Key) signWithMethod(signingInput string) ([]byte, error) {
	return k.method.Sign(signingInput, k.signing()) //nolint:wrapcheck // Sign names the algorithm
}

func digest(hash crypto.Hash, text string) []byte {
	h := hash.New()
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signer appends the signature over a JWS signing input to dst. It is for one
// goroutine.
type signer func(dst, signingInput []byte) ([]byte, error)

// signer returns what signs many tokens with that randomness.
func (k *Key) signer(random io.Reader) signer {
	if secret, ok := k.verifying().([]byte); ok && k.CanSign() {
		return hmacSigner(k.scheme.hash, secret)
	}
	return func(dst, signingInput []byte) ([]byte, error) {
		signature, err := k.Sign(random, string(signingInput))
		return append(dst, signature...), err
	}
}

// verifies reports whether the signature over the JWS signing input is this key's.
func (k *Key) verifies(signingInput string, signature []byte) bool {
	return k.method.Verify(signingInput, signature, k.verifying()) == nil
}

// The methods that print are the value's, so that a copy keeps its secret too.

// String returns "[redacted]".
func (Key) String() string { return redacted }

// GoString returns "[redacted]".
func (Key) GoString() string { return redacted }

// Format writes "[redacted]" whatever the verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue returns "[redacted]".
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns "[redacted]" as a JSON string.
func (Key) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

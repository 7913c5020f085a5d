package auth

import (
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
)

// redacted is all that a key ever prints.
const redacted = "[redacted]"

// ErrCannotSign is returned when a key that only verifies is asked to sign.
var ErrCannotSign = errors.New("the key is public and can only verify: issuing needs the private key")

// Key is one signing or verifying key. It has exactly one algorithm, whatever
// a token claims (RFC 8725 section 3.1), and never prints its material.
//
// The material is behind functions because a printer that meets a Key in a
// field that is not exported walks over its fields and asks no method.
type Key struct {
	algorithm   Algorithm
	method      jwt.SigningMethod
	signing     func() any       // what method.Sign takes; nil for a key that only verifies
	verifying   func() any       // what method.Verify takes
	public      crypto.PublicKey // nil for an HMAC key
	id          string
	ownID       bool // the ID was given, not derived from the key
	fingerprint string
	weakness    error
}

// KeyOption changes how a key is made.
type KeyOption func(*keyOptions)

type keyOptions struct {
	id         string
	allowWeak  bool
	passphrase func() ([]byte, error)
}

// WithKeyID gives the key an ID, which goes into the "kid" header parameter of
// the tokens it signs (RFC 7515 section 4.1.4).
func WithKeyID(id string) KeyOption { return func(o *keyOptions) { o.id = id } }

// WithPassphrase has [ParseKeys] ask for the passphrase of a private key that is
// encrypted. An error of ask is returned as it is.
func WithPassphrase(ask func() ([]byte, error)) KeyOption {
	return func(o *keyOptions) { o.passphrase = ask }
}

// AllowWeak lets a short, publicly known or placeholder secret through;
// [Key.Weakness] then says what is wrong with it. Empty secrets and secrets of
// the wrong kind stay refused.
func AllowWeak() KeyOption { return func(o *keyOptions) { o.allowWeak = true } }

// NewHMACKey returns a key for HS256, HS384 or HS512. The secret is used byte
// for byte and is copied. It returns a *[SecretError] for a secret that
// [CheckSecret] refuses.
func NewHMACKey(alg Algorithm, secret []byte, opts ...KeyOption) (*Key, error) {
	var o keyOptions
	for _, opt := range opts {
		opt(&o)
	}
	if !utf8.ValidString(o.id) {
		return nil, errors.New("the key ID is not valid UTF-8")
	}
	if alg.keyType() != hmacKey {
		return nil, fmt.Errorf("%s is not an HMAC algorithm: use %s, %s or %s", string(alg), HS256, HS384, HS512)
	}
	weakness := CheckSecret(alg, secret)
	if secretErr, refused := errors.AsType[*SecretError](weakness); refused && (!o.allowWeak || !secretErr.Kind.weak()) {
		return nil, weakness
	}
	secret = slices.Clone(secret)
	material := func() any { return secret }
	return &Key{
		algorithm:   alg,
		method:      alg.signingMethod(),
		signing:     material,
		verifying:   material,
		id:          o.id,
		ownID:       o.id != "",
		fingerprint: fingerprint(alg, secret),
		weakness:    weakness,
	}, nil
}

// NewRandomKey returns an HS256 key with a fresh 256-bit secret read from random.
func NewRandomKey(random io.Reader) (*Key, error) {
	secret, err := NewSecret(random)
	if err != nil {
		return nil, err
	}
	return NewHMACKey(HS256, []byte(secret))
}

// fingerprint is a hash made for telling keys apart: the label keeps it from
// being a hash of the secret that is of use anywhere else.
func fingerprint(alg Algorithm, material []byte) string {
	h := sha256.New()
	h.Write([]byte("tokendesk key fingerprint\x00" + string(alg) + "\x00"))
	h.Write(material)
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// Algorithm returns the one algorithm of the key.
func (k *Key) Algorithm() Algorithm { return k.algorithm }

// Public returns the public key, and nil for an HMAC key, which has none.
func (k *Key) Public() crypto.PublicKey { return k.public }

// matches reports whether the key is one for a token with this algorithm and "kid".
// A key that was given an ID is for tokens that name it, or none.
func (k *Key) matches(alg Algorithm, kid string) bool {
	return k.algorithm == alg.canonical() && (kid == "" || !k.ownID || k.id == kid)
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

// signer appends the signature over a JWS signing input to dst. It is for one
// goroutine.
type signer func(dst, signingInput []byte) ([]byte, error)

// signer returns what signs many tokens with that randomness.
func (k *Key) signer(random io.Reader) signer {
	if method, ok := newHMACMethod(k); ok {
		return method.append
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

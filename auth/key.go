package auth

import (
	"cmp"
	"crypto"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/golang-jwt/jwt/v5"
)

// redacted is the only text that a key ever prints.
const redacted = "[redacted]"

// Key is one signing or verifying key. It has exactly one algorithm, whatever a token says
// (RFC 8725 section 3.1), and never prints its material.
//
// The material is behind functions, because package fmt prints the fields of a Key in an
// unexported field without calling its methods.
type Key struct {
	scheme      *scheme
	method      jwt.SigningMethod
	signing     func() any       // the argument of method.Sign; nil for a key that only verifies
	verifying   func() any       // the argument of method.Verify
	decrypting  func() any       // what a key decrypts with that is not for signatures; nil for one that is
	public      crypto.PublicKey // nil for a secret
	id          string
	ownID       bool // the ID was given, not derived from the key
	fingerprint string
	weakness    *SecretError
	read        reading
}

// reading is what was learned about a key when it was read.
type reading struct {
	form           string   // what the file is
	notes          []string // what was undone to read it
	namesAlgorithm bool     // it is a JWK with "alg"
	account        string   // the "client_email" of a service account
	smallerS       bool     // of ECDSA signatures only those with the smaller second number are right
}

// Algorithm returns the algorithm of the key. That of a key that only decrypts is the "alg" of
// the tokens that are encrypted for it (RFC 7518 section 4.1).
func (k *Key) Algorithm() Algorithm { return k.scheme.name }

// Public returns the public key, or nil for a secret.
func (k *Key) Public() crypto.PublicKey { return k.public }

// matches reports whether the key is for tokens with this algorithm and "kid". A key that
// was given an ID is for tokens with that "kid" or with none.
func (k *Key) matches(alg Algorithm, kid string) bool {
	return k.isFor(alg) && (kid == "" || !k.ownID || k.id == kid)
}

// isFor reports whether the key is for tokens with this algorithm, which may have two
// names.
func (k *Key) isFor(alg Algorithm) bool {
	return k.isForSignatures() && (k.scheme.name == alg || !k.read.namesAlgorithm && k.scheme.name.canonical() == alg.canonical())
}

// Under returns the key with another name of its algorithm, and whether it can have that
// name: Ed25519 and EdDSA are the same, but a JWK may name one of them.
func (k *Key) Under(alg Algorithm) (*Key, bool) {
	if k.scheme.name == alg {
		return k, true
	}
	if !k.isFor(alg) {
		return nil, false
	}
	out := *k
	out.scheme = alg.scheme()
	return &out, true
}

// ID returns the "kid" of the key: the ID that it was given, else its thumbprint (RFC
// 7638), or the empty string for an HMAC key.
func (k *Key) ID() string { return k.id }

// Account returns the email address of the service account that the key belongs to, or
// nothing. The tokens of a Google service account have it as "iss" and "sub".
func (k *Key) Account() string { return k.read.account }

// Fingerprint returns eight hexadecimal digits that distinguish this key from others and
// reveal nothing about its material.
func (k *Key) Fingerprint() string { return k.fingerprint }

// Weakness returns why the secret of the key should not be trusted, or nil.
func (k *Key) Weakness() *SecretError { return k.weakness }

// Form says what the file is that the key was read from, such as "a PEM private key". It
// is empty for a bare secret and for a key that was not read by [ParseKeys].
func (k *Key) Form() string { return k.read.form }

// Notes says what [ParseKeys] undid or ignored to read the key from a file that is damaged
// or wrapped, such as "line breaks written as \n were replaced". Other programs may refuse
// the file.
func (k *Key) Notes() []string { return slices.Clone(k.read.notes) }

// OnlyDecrypts reports whether the key is for encryption: it decrypts tokens, and neither signs
// nor verifies.
func (k *Key) OnlyDecrypts() bool { return k.decrypting != nil }

// isForSignatures reports whether the key signs or verifies.
func (k *Key) isForSignatures() bool { return !k.OnlyDecrypts() }

// CanSign reports whether the key can sign, not only verify.
func (k *Key) CanSign() bool { return k.signing != nil }

// Sign returns the signature of the key over any JWS signing input (RFC 7515 section 5.1
// step 5). To issue tokens use an [Issuer]; Sign is for tokens that are faulty on purpose.
//
// The same input and randomness give the same signature: ECDSA signs as RFC 6979 says,
// which RFC 8725 section 3.2 recommends, so that random is the source of the salt of
// PS256, PS384 and PS512 and is not read for other algorithms. nil is [rand.Reader]. The
// error is [ErrCannotSign] for a public key, and [ErrOnlyDecrypts] for one that only decrypts.
func (k *Key) Sign(random io.Reader, signingInput string) ([]byte, error) {
	switch {
	case k.OnlyDecrypts():
		return nil, ErrOnlyDecrypts
	case !k.CanSign():
		return nil, ErrCannotSign
	}
	signature, err := k.scheme.family.sign(k, cmp.Or(random, rand.Reader), signingInput)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", string(k.scheme.name), err)
	}
	return signature, nil
}

// signWithMethod signs with golang-jwt.
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

// signer returns a signer for many tokens that reads that randomness.
func (k *Key) signer(random io.Reader) signer {
	if secret, ok := k.verifying().([]byte); ok && k.CanSign() {
		return hmacSigner(k.scheme.hash, secret)
	}
	return func(dst, signingInput []byte) ([]byte, error) {
		signature, err := k.Sign(random, string(signingInput))
		return append(dst, signature...), err
	}
}

// verifies reports whether this key made the signature over the JWS signing input.
func (k *Key) verifies(signingInput string, signature []byte) bool {
	return k.method.Verify(signingInput, signature, k.verifying()) == nil &&
		(!k.read.smallerS || !hasLargerS(k.public, signature))
}

// The methods that print have a value receiver, so that a copy is redacted too.

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

package auth

import (
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"filippo.io/mldsa/x509"
	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/advice"
)

// KeyOption changes how a key is made.
type KeyOption func(*keyOptions)

type keyOptions struct {
	id         string
	passphrase func() ([]byte, error)
	tell       func(*SetRemark)
	err        error // why no key can be made with these options
}

// readOptions applies the options.
func readOptions(opts []KeyOption) (o keyOptions) {
	for _, opt := range opts {
		opt(&o)
	}
	if !utf8.ValidString(o.id) {
		o.err = errors.New("the key ID is not valid UTF-8")
	}
	return o
}

// WithKeyID gives the key an ID, which becomes the "kid" header parameter of the tokens
// that it signs (RFC 7515 section 4.1.4).
func WithKeyID(id string) KeyOption { return func(o *keyOptions) { o.id = id } }

// WithPassphrase makes [ParseKeys] call ask for the passphrase of an encrypted private
// key. It returns an error of ask unchanged.
func WithPassphrase(ask func() ([]byte, error)) KeyOption {
	return func(o *keyOptions) { o.passphrase = ask }
}

// NewHMACKey returns a key for HS256, HS384 or HS512. The secret is used byte for byte and
// is copied. A weak one works, and [Key.Weakness] says what is wrong with it. The error is a
// *[SecretError] for one that is empty or something other than a secret.
func NewHMACKey(alg Algorithm, secret []byte, opts ...KeyOption) (*Key, error) {
	o := readOptions(opts)
	if o.err != nil {
		return nil, o.err
	}
	s := alg.scheme()
	if s == nil || s.family.keyType() != KeyTypeSecret {
		return nil, advice.New(string(alg)+" is not an HMAC algorithm", "use "+KeyTypeSecret.Algorithms())
	}
	weakness := CheckSecret(alg, secret)
	if weakness != nil && !weakness.Weak() {
		return nil, weakness
	}
	secret = slices.Clone(secret)
	material := func() any { return secret }
	return &Key{
		scheme:      s,
		method:      s.family.method(s),
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
	secret, err := NewSecret(HS256, random)
	if err != nil {
		return nil, err
	}
	return NewHMACKey(HS256, []byte(secret))
}

// fingerprint is a hash that distinguishes keys. The label makes it different from any
// other hash of the secret, so that it is useless elsewhere.
func fingerprint(alg Algorithm, material []byte) string {
	h := sha256.New()
	h.Write([]byte("tokendesk key fingerprint\x00" + string(alg) + "\x00"))
	h.Write(material)
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// NewKey returns a key for the algorithm, made from a private key, which signs and
// verifies, or from a public key, which only verifies: RSA for RS256 to PS512, ECDSA on
// the curve of the algorithm for ES256 to ES512, Ed25519 for EdDSA and Ed25519, and ML-DSA
// for the algorithms of that name. Without [WithKeyID] its ID is its thumbprint (RFC 7638).
// For HMAC use [NewHMACKey].
func NewKey(alg Algorithm, material any, opts ...KeyOption) (*Key, error) {
	o := readOptions(opts)
	if o.err != nil {
		return nil, o.err
	}
	s := alg.scheme()
	if s == nil {
		return nil, errNoAlgorithm
	}
	var signing func() any
	public := material
	if private, ok := material.(crypto.Signer); ok {
		public = private.Public()
		signing = func() any { return private }
	}
	if !s.fits(public) {
		return nil, s.wrongKey(public)
	}
	if err := s.family.check(public, material); err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, errors.New("the key cannot be written as a public key")
	}
	key := &Key{
		scheme:      s,
		method:      s.family.method(s),
		signing:     signing,
		verifying:   func() any { return public },
		public:      public,
		id:          o.id,
		ownID:       o.id != "",
		fingerprint: fingerprint(alg.canonical(), der),
	}
	if key.id == "" {
		key.id, err = Thumbprint(public)
	}
	return key, err
}

// DefaultAlgorithm returns the default algorithm of a private or public key, and whether
// there is one.
func DefaultAlgorithm(material any) (Algorithm, bool) {
	if private, ok := material.(crypto.Signer); ok {
		material = private.Public()
	}
	for _, s := range schemes {
		if s.fits(material) {
			return s.name, true
		}
	}
	return "", false
}

// Thumbprint returns the SHA-256 thumbprint of a public key in base64url (RFC 7638).
func Thumbprint(public crypto.PublicKey) (string, error) {
	if akp, ok := newAKP(public); ok {
		return akp.thumbprint(), nil
	}
	jwk := jose.JSONWebKey{Key: public}
	sum, err := jwk.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", errors.New("this type of key has no thumbprint")
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}

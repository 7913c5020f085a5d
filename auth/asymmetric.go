package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v4"
)

// MinRSABits is the least size of an RSA key in bits (RFC 7518 section 3.3).
const MinRSABits = 2048

// maxRSABits is the largest size of an RSA key. A larger one is no safer and lets
// a stranger's key file keep the machine busy.
const maxRSABits = 16384

// NewKey returns a key for the algorithm out of a private key, which signs and
// verifies, or a public key, which only verifies: of RSA for RS256 to PS512, of
// ECDSA on its own curve for ES256 to ES512, of Ed25519 for EdDSA. Without
// [WithKeyID] its ID is its thumbprint (RFC 7638). HMAC keys are made by
// [NewHMACKey].
func NewKey(alg Algorithm, material any, opts ...KeyOption) (*Key, error) {
	var o keyOptions
	for _, opt := range opts {
		opt(&o)
	}
	if !utf8.ValidString(o.id) {
		return nil, errors.New("the key ID is not valid UTF-8")
	}
	alg = alg.canonical()
	var signing func() any
	public := material
	if private, ok := material.(crypto.Signer); ok {
		public = private.Public()
		signing = func() any { return private }
	}
	if err := checkPublic(alg, public); err != nil {
		return nil, err
	}
	if err := checkPrivate(material); err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, errors.New("the key cannot be written as a public key")
	}
	key := &Key{
		algorithm:   alg,
		method:      alg.signingMethod(),
		signing:     signing,
		verifying:   func() any { return public },
		public:      public,
		id:          o.id,
		ownID:       o.id != "",
		fingerprint: fingerprint(alg, der),
	}
	if key.id == "" {
		key.id, err = Thumbprint(public)
	}
	return key, err
}

// DefaultAlgorithm returns the algorithm that a private or public key is used
// with when nothing else is said, and whether there is one.
func DefaultAlgorithm(material any) (Algorithm, bool) {
	if private, ok := material.(crypto.Signer); ok {
		material = private.Public()
	}
	switch key := material.(type) {
	case *rsa.PublicKey:
		return RS256, true
	case *ecdsa.PublicKey:
		for _, alg := range []Algorithm{ES256, ES384, ES512} {
			if key.Curve.Params().Name == alg.curve() {
				return alg, true
			}
		}
	case ed25519.PublicKey:
		return EdDSA, true
	}
	return "", false
}

// curve returns the curve of an ECDSA algorithm (RFC 7518 section 3.4).
func (a Algorithm) curve() string {
	switch a {
	case ES256:
		return "P-256"
	case ES384:
		return "P-384"
	case ES512:
		return "P-521"
	default:
		return ""
	}
}

// checkPublic returns why a public key cannot be used with the algorithm.
func checkPublic(alg Algorithm, public any) error {
	wrong := func(have string) error {
		return fmt.Errorf("%s needs %s, and this is %s", string(alg), alg.wanted(), have)
	}
	switch key := public.(type) {
	case *rsa.PublicKey:
		if alg.keyType() != rsaKey {
			return wrong("an RSA key")
		}
		return checkRSA(key)
	case *ecdsa.PublicKey:
		name := "an unknown curve"
		if key.Curve != nil {
			name = key.Curve.Params().Name
		}
		if alg.keyType() != ecKey || name != alg.curve() {
			return wrong("an EC key on " + name)
		}
		if _, err := key.ECDH(); err != nil {
			return errors.New("the key is not a point on its curve")
		}
		return nil
	case ed25519.PublicKey:
		if alg.keyType() != ed25519Key {
			return wrong("an Ed25519 key")
		}
		if len(key) != ed25519.PublicKeySize {
			return errors.New("the Ed25519 key has the wrong length")
		}
		return nil
	default:
		return wrong("another kind of key")
	}
}

// wanted names the key that an algorithm needs.
func (a Algorithm) wanted() string {
	switch a.keyType() {
	case rsaKey:
		return "an RSA key"
	case ecKey:
		return "an EC key on " + a.curve()
	case ed25519Key:
		return "an Ed25519 key"
	default:
		return "a secret"
	}
}

// checkRSA refuses RSA keys that are broken or too small (RFC 7518 section 3.3).
func checkRSA(key *rsa.PublicKey) error {
	switch bits := key.N.BitLen(); {
	case bits < MinRSABits:
		return fmt.Errorf("the RSA key has %d bits and needs at least %d", bits, MinRSABits)
	case bits > maxRSABits:
		return fmt.Errorf("the RSA key has %d bits, more than the %d that are used here", bits, maxRSABits)
	case key.E < 3 || key.E%2 == 0:
		return fmt.Errorf("the public exponent of the RSA key is %d, with which it protects nothing", key.E)
	case isROCA(key.N):
		return errors.New("the RSA key was made by a chip whose keys can be broken (CVE-2017-15361): make another")
	}
	return nil
}

// isROCA reports whether a modulus has the form of the keys of CVE-2017-15361:
// modulo each of these primes it is a power of 65537. Of other keys fewer than
// one in 2^27 has it.
func isROCA(n *big.Int) bool {
	for _, prime := range []int64{
		3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
		101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
	} {
		rest := new(big.Int).Mod(n, big.NewInt(prime)).Int64()
		power, found := int64(1), false
		for range prime {
			if power == rest {
				found = true
				break
			}
			power = power * 65537 % prime
		}
		if !found {
			return false
		}
	}
	return true
}

// checkPrivate refuses a private key that does not belong to its public half.
func checkPrivate(material any) error {
	switch key := material.(type) {
	case *rsa.PrivateKey:
		if key.Validate() != nil {
			return errors.New("the parts of the RSA key do not fit together")
		}
	case *ecdsa.PrivateKey:
		private, err := key.ECDH() // of which the public key is computed anew
		public, publicErr := key.PublicKey.ECDH()
		if err != nil || publicErr != nil || !private.PublicKey().Equal(public) {
			return errors.New("the parts of the EC key do not fit together")
		}
	}
	return nil
}

// Thumbprint returns the SHA-256 thumbprint of a public key as base64url (RFC
// 7638).
func Thumbprint(public crypto.PublicKey) (string, error) {
	jwk := jose.JSONWebKey{Key: public}
	sum, err := jwk.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", errors.New("there is no thumbprint of this kind of key")
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}

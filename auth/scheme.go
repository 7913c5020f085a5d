package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	_ "crypto/sha256" // of the table
	_ "crypto/sha512" // of the table
	"fmt"
	"io"

	"github.com/golang-jwt/jwt/v5"
)

// scheme is one signature algorithm. Whatever depends on the algorithm is done by
// its row and the family in it.
type scheme struct {
	name        Algorithm
	description string
	family      family
	hash        crypto.Hash           // 0 for EdDSA
	crv         string                // the curve as a JWK names it (RFC 7518 section 6.2.1.1, RFC 8037 section 2)
	curve       func() elliptic.Curve // of ECDSA
	sameAs      Algorithm             // the other name of the same algorithm
}

// schemes are the signature algorithms that a token may name. The first that fits
// a key is its default.
var schemes = [...]scheme{
	{name: HS256, description: "HMAC with SHA-256", family: hmacFamily{}, hash: crypto.SHA256},
	{name: HS384, description: "HMAC with SHA-384", family: hmacFamily{}, hash: crypto.SHA384},
	{name: HS512, description: "HMAC with SHA-512", family: hmacFamily{}, hash: crypto.SHA512},
	{name: RS256, description: "RSA PKCS #1 v1.5 with SHA-256", family: rsaFamily{}, hash: crypto.SHA256},
	{name: RS384, description: "RSA PKCS #1 v1.5 with SHA-384", family: rsaFamily{}, hash: crypto.SHA384},
	{name: RS512, description: "RSA PKCS #1 v1.5 with SHA-512", family: rsaFamily{}, hash: crypto.SHA512},
	{name: PS256, description: "RSA PSS with SHA-256", family: pssFamily{}, hash: crypto.SHA256},
	{name: PS384, description: "RSA PSS with SHA-384", family: pssFamily{}, hash: crypto.SHA384},
	{name: PS512, description: "RSA PSS with SHA-512", family: pssFamily{}, hash: crypto.SHA512},
	{name: ES256, description: "ECDSA on P-256 with SHA-256", family: ecdsaFamily{}, hash: crypto.SHA256, crv: "P-256", curve: elliptic.P256},
	{name: ES384, description: "ECDSA on P-384 with SHA-384", family: ecdsaFamily{}, hash: crypto.SHA384, crv: "P-384", curve: elliptic.P384},
	{name: ES512, description: "ECDSA on P-521 with SHA-512", family: ecdsaFamily{}, hash: crypto.SHA512, crv: "P-521", curve: elliptic.P521},
	{name: EdDSA, description: "Edwards-curve signature", family: ed25519Family{}, crv: "Ed25519"},
	{name: ed25519Name, description: "Edwards-curve signature on Ed25519", family: ed25519Family{}, crv: "Ed25519", sameAs: EdDSA},
}

// scheme returns the row of the algorithm, or nil for one that is not known.
func (a Algorithm) scheme() *scheme {
	for n := range schemes {
		if schemes[n].name == a {
			return &schemes[n]
		}
	}
	return nil
}

// family is what the algorithms of one kind have in common: the kind of key that
// they take, and how they sign and verify with it.
type family interface {
	keyType() KeyType
	// needs names the key that an algorithm takes, such as "an RSA key".
	needs(*scheme) string
	// fits reports whether a public key is of the kind that an algorithm takes.
	fits(*scheme, crypto.PublicKey) bool
	// check returns why the material, with the public key in it, which fits,
	// must not be used, or nil.
	check(public crypto.PublicKey, material any) error
	// generate returns a private key, or the bytes of a secret.
	generate(s *scheme, bits int, random io.Reader) (material any, err error)
	// bits returns the size of what a key verifies with.
	bits(verifying any) int
	// method returns golang-jwt's implementation.
	method(*scheme) jwt.SigningMethod
	// sign returns the signature, in which random takes part where the algorithm
	// asks for it.
	sign(k *Key, random io.Reader, signingInput string) ([]byte, error)
	// oddSignature returns what is odd about a signature of that length, or
	// nothing.
	oddSignature(s *scheme, signature []byte) string
}

// wrongKey says that a public key is not of the kind that the algorithm takes.
func (s *scheme) wrongKey(public crypto.PublicKey) error {
	return fmt.Errorf("%s needs %s, and this is %s", string(s.name), s.family.needs(s), nameKey(public))
}

// cannotMake says for which algorithm no key could be made, if err is an error.
func (s *scheme) cannotMake(err error) error {
	if err != nil {
		err = fmt.Errorf("make a key for %s: %w", string(s.name), err)
	}
	return err
}

// nameKey names a public key that is not of the right kind.
func nameKey(public crypto.PublicKey) string {
	switch key := public.(type) {
	case *rsa.PublicKey:
		return "an RSA key"
	case *ecdsa.PublicKey:
		return "an EC key on " + curveOf(key)
	case ed25519.PublicKey:
		return "an Ed25519 key"
	default:
		return "another kind of key"
	}
}

// wrongLength says that a signature does not have the length that all of the
// algorithm have.
func (s *scheme) wrongLength(have, want int) string {
	if have == want {
		return ""
	}
	return fmt.Sprintf("the signature has %d bytes: %s always makes %d", have, s.name, want)
}

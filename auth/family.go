package auth

import (
	"crypto"
	"fmt"
	"io"

	"github.com/golang-jwt/jwt/v5"
)

// family is what the algorithms of one kind have in common: the kind of key that
// they take, and how they sign and verify with it.
type family interface {
	keyType() KeyType
	// needs names the key that an algorithm takes, such as "an RSA key".
	needs(*scheme) string
	// describe names a public key of the family as needs does, or returns nothing
	// for one of another.
	describe(crypto.PublicKey) string
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

// fits reports whether a public key is of the kind that the algorithm takes.
func (s *scheme) fits(public crypto.PublicKey) bool {
	return s.family.describe(public) == s.family.needs(s)
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
	for _, s := range schemes {
		if name := s.family.describe(public); name != "" {
			return name
		}
	}
	return "another kind of key"
}

// wrongLength says that a signature does not have the length that all of the
// algorithm have.
func (s *scheme) wrongLength(have, want int) string {
	if have == want {
		return ""
	}
	return fmt.Sprintf("the signature has %d bytes: %s always makes %d", have, s.name, want)
}

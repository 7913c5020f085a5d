package auth

import (
	"crypto"
	"fmt"
	"io"

	"github.com/golang-jwt/jwt/v5"
)

// family is what algorithms of one kind share: their type of key, and how they sign and
// verify with it.
type family interface {
	keyType() KeyType
	// needs names the key that an algorithm needs, such as "an RSA key".
	needs(*scheme) string
	// describe names a public key of the family like needs, or returns nothing for a key
	// of another family.
	describe(crypto.PublicKey) string
	// check returns why the material must not be used, or nil. public is its public key,
	// which is of the right kind.
	check(public crypto.PublicKey, material any) error
	// generate returns a private key, or the bytes of a secret.
	generate(s *scheme, bits int, random io.Reader) (material any, err error)
	// bits returns the size of the material that verifies.
	bits(verifying any) int
	// method returns the implementation in golang-jwt.
	method(*scheme) jwt.SigningMethod
	// sign returns the signature. It reads random only if the algorithm needs randomness.
	sign(k *Key, random io.Reader, signingInput string) ([]byte, error)
	// oddSignature says what is odd about the length of a signature, or nothing.
	oddSignature(s *scheme, signature []byte) string
}

// fits reports whether a public key is of the kind that the algorithm needs.
func (s *scheme) fits(public crypto.PublicKey) bool {
	return s.family.describe(public) == s.family.needs(s)
}

// wrongKey says that a public key is not of the kind that the algorithm needs.
func (s *scheme) wrongKey(public crypto.PublicKey) error {
	return fmt.Errorf("%s needs %s, but this is %s", string(s.name), s.family.needs(s), nameKey(public))
}

// cannotMake adds the algorithm to an error of making a key. It is nil for nil.
func (s *scheme) cannotMake(err error) error {
	if err != nil {
		err = fmt.Errorf("make a key for %s: %w", string(s.name), err)
	}
	return err
}

// nameKey names a public key of any kind.
func nameKey(public crypto.PublicKey) string {
	for _, s := range schemes {
		if name := s.family.describe(public); name != "" {
			return name
		}
	}
	return "another kind of key"
}

// wrongLength says that a signature does not have the length of all signatures of the
// algorithm.
func (s *scheme) wrongLength(have, want int) string {
	if have == want {
		return ""
	}
	return fmt.Sprintf("the signature has %s, but an %s signature always has %d", inBytes(have), s.name, want)
}

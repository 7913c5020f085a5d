package auth

import (
	"crypto"
	"errors"
	"fmt"
	"strings"
)

// Algorithm is a JWS algorithm by its name in the "alg" header parameter
// (RFC 7518 section 3.1), in exact case.
type Algorithm string

// The algorithms that keys can be made for.
const (
	HS256 Algorithm = "HS256"
	HS384 Algorithm = "HS384"
	HS512 Algorithm = "HS512"
	RS256 Algorithm = "RS256"
	RS384 Algorithm = "RS384"
	RS512 Algorithm = "RS512"
	PS256 Algorithm = "PS256"
	PS384 Algorithm = "PS384"
	PS512 Algorithm = "PS512"
	ES256 Algorithm = "ES256"
	ES384 Algorithm = "ES384"
	ES512 Algorithm = "ES512"
	EdDSA Algorithm = "EdDSA"
)

// ed25519Name is what RFC 9864 calls EdDSA on Ed25519, the only curve it is used
// with here. Tokens may name it so.
const ed25519Name Algorithm = "Ed25519"

// KeyType is the kind of key that an algorithm takes, as "kty" names it (RFC 7518
// section 6.1, RFC 8037 section 2).
type KeyType string

// The types of keys.
const (
	KeyTypeSecret KeyType = "oct"
	KeyTypeRSA    KeyType = "RSA"
	KeyTypeEC     KeyType = "EC"
	KeyTypeOKP    KeyType = "OKP"
)

// ParseAlgorithm returns the algorithm of that name. The name is compared in
// exact case, as RFC 7515 section 4.1.1 asks. Ed25519 is EdDSA.
func ParseAlgorithm(name string) (Algorithm, error) {
	if s := Algorithm(name).scheme(); s != nil {
		return s.name.canonical(), nil
	}
	for _, s := range schemes {
		if strings.EqualFold(name, string(s.name)) {
			return "", fmt.Errorf("the names of algorithms have a case: write %s", s.name)
		}
	}
	return "", errors.New("unknown algorithm: use one of " + strings.Join(AlgorithmNames(), ", "))
}

// AlgorithmNames returns the names of the algorithms that keys can be made for.
func AlgorithmNames() []string {
	var all []string
	for _, s := range schemes {
		if s.sameAs == "" {
			all = append(all, string(s.name))
		}
	}
	return all
}

// canonical returns the one name of an algorithm that has two.
func (a Algorithm) canonical() Algorithm {
	if s := a.scheme(); s != nil && s.sameAs != "" {
		return s.sameAs
	}
	return a
}

// Description returns the algorithm in words, such as "HMAC with SHA-256", or
// the empty string for one that is not known.
func (a Algorithm) Description() string {
	if s := a.scheme(); s != nil {
		return s.description
	}
	return ""
}

// KeyType returns the kind of key that the algorithm takes, or the empty string
// for one that is not known.
func (a Algorithm) KeyType() KeyType {
	if s := a.scheme(); s != nil {
		return s.family.keyType()
	}
	return ""
}

// Hash returns the hash over which the algorithm signs, or 0 where that is no
// choice of the algorithm.
func (a Algorithm) Hash() crypto.Hash {
	if s := a.scheme(); s != nil {
		return s.hash
	}
	return 0
}

// MinSecretBytes returns the least length in bytes of an HMAC secret for the
// algorithm, which is that of its hash (RFC 7518 section 3.2), or 0 for one that
// is not an HMAC.
func (a Algorithm) MinSecretBytes() int {
	if a.KeyType() != KeyTypeSecret {
		return 0
	}
	return a.Hash().Size()
}

package auth

import (
	"cmp"
	"crypto"
	"crypto/elliptic"
	_ "crypto/sha256" // of the table
	_ "crypto/sha512" // of the table
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

// keyMembers are the members that make a JWK of a type (RFC 7518 section 6, RFC 8037
// section 2): those that everybody and those that only its owner may know.
type keyMembers struct {
	kty             KeyType
	public, private []string
}

var keyTypes = [...]keyMembers{
	{KeyTypeSecret, nil, []string{"k"}},
	{KeyTypeRSA, []string{"n", "e"}, []string{"d", "p", "q", "dp", "dq", "qi", "oth"}},
	{KeyTypeEC, []string{"crv", "x", "y"}, []string{"d"}},
	{KeyTypeOKP, []string{"crv", "x"}, []string{"d"}},
}

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

// row is scheme by value, which is empty for an algorithm that is not known.
func (a Algorithm) row() scheme {
	if s := a.scheme(); s != nil {
		return *s
	}
	return scheme{}
}

// ParseAlgorithm returns the algorithm of that name. The name is compared in
// exact case, as RFC 7515 section 4.1.1 asks. Ed25519 is EdDSA.
func ParseAlgorithm(name string) (Algorithm, error) {
	if s := Algorithm(name).scheme(); s != nil {
		return s.name.canonical(), nil
	}
	if right, ok := inOtherCase(name); ok {
		return "", fmt.Errorf("the names of algorithms have a case: write %s", right)
	}
	return "", errors.New("unknown algorithm: use one of " + strings.Join(AlgorithmNames(), ", "))
}

// inOtherCase returns the algorithm of that name in any case.
func inOtherCase(name string) (Algorithm, bool) {
	for _, s := range schemes {
		if strings.EqualFold(name, string(s.name)) {
			return s.name, true
		}
	}
	return "", false
}

// AlgorithmNames returns the names of the algorithms that keys can be made for.
func AlgorithmNames() []string {
	return namesFor("", algorithmName)
}

// Algorithms names the algorithms that take this type of key, as they stand in a
// sentence: "HS256, HS384 or HS512".
func (t KeyType) Algorithms() string { return enumerated("or", namesFor(t, algorithmName)) }

// namesFor returns a name of each algorithm that takes a type of key, or of all,
// where it has one. A second name of an algorithm does not count.
func namesFor(kty KeyType, name func(scheme) string) []string {
	var all []string
	for _, s := range schemes {
		if s.sameAs == "" && (kty == "" || kty == s.family.keyType()) && name(s) != "" {
			all = append(all, name(s))
		}
	}
	return all
}

func algorithmName(s scheme) string { return string(s.name) }

// canonical returns the one name of an algorithm that has two.
func (a Algorithm) canonical() Algorithm {
	return cmp.Or(a.row().sameAs, a)
}

// Description returns the algorithm in words, such as "HMAC with SHA-256", or
// the empty string for one that is not known.
func (a Algorithm) Description() string {
	return a.row().description
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
	return a.row().hash
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

package auth

import (
	"cmp"
	"crypto"
	"crypto/elliptic"
	_ "crypto/sha256" // for the table
	_ "crypto/sha512" // for the table
	"strings"

	"tokendesk/auth/advice"
)

// Algorithm is the name of a JWS algorithm in the "alg" header parameter (RFC 7518
// section 3.1), in exact case.
type Algorithm string

// The algorithms of keys.
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
	// Ed25519 is the name in RFC 9864 for EdDSA on Ed25519, which is the only curve of EdDSA
	// that is supported. A key signs under the name that it was made for, and verifies under
	// both unless its JWK names one.
	Ed25519 Algorithm = "Ed25519"

	MLDSA44 Algorithm = "ML-DSA-44"
	MLDSA65 Algorithm = "ML-DSA-65"
	MLDSA87 Algorithm = "ML-DSA-87"
)

// KeyType is the type of key that an algorithm uses, as in "kty" (RFC 7518 section 6.1,
// RFC 8037 section 2, RFC 9964 section 3).
type KeyType string

// The types of keys.
const (
	KeyTypeSecret KeyType = "oct"
	KeyTypeRSA    KeyType = "RSA"
	KeyTypeEC     KeyType = "EC"
	KeyTypeOKP    KeyType = "OKP"
	KeyTypeAKP    KeyType = "AKP"
)

// keyMembers are the members of a JWK that make a key of that type (RFC 7518 section 6,
// RFC 8037 section 2, RFC 9964 section 3), and which of them are public or private.
type keyMembers struct {
	kty             KeyType
	public, private []string
}

var keyTypes = [...]keyMembers{
	{KeyTypeSecret, nil, []string{"k"}},
	{KeyTypeRSA, []string{"n", "e"}, []string{"d", "p", "q", "dp", "dq", "qi", "oth"}},
	{KeyTypeEC, []string{"crv", "x", "y"}, []string{"d"}},
	{KeyTypeOKP, []string{"crv", "x"}, []string{"d"}},
	{KeyTypeAKP, []string{"pub"}, []string{"priv"}},
}

// scheme is one signature algorithm. Everything that depends on the algorithm is in its
// row and the family in it.
type scheme struct {
	name        Algorithm
	description string
	family      family
	hash        crypto.Hash           // 0 for EdDSA and ML-DSA
	crv         string                // the name of the curve in a JWK (RFC 7518 section 6.2.1.1, RFC 8037 section 2)
	curve       func() elliptic.Curve // for ECDSA
	sameAs      Algorithm             // the other name of the same algorithm
}

// schemes are the signature algorithms that a token may name. The first that matches a
// key is its default.
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
	{name: Ed25519, description: "Edwards-curve signature on Ed25519", family: ed25519Family{}, crv: "Ed25519", sameAs: EdDSA},
	{name: MLDSA44, description: "post-quantum signature, security category 2", family: mldsaFamily{}},
	{name: MLDSA65, description: "post-quantum signature, security category 3", family: mldsaFamily{}},
	{name: MLDSA87, description: "post-quantum signature, security category 5", family: mldsaFamily{}},
}

// scheme returns the row of the algorithm, or nil if it is unknown.
func (a Algorithm) scheme() *scheme {
	for n := range schemes {
		if schemes[n].name == a {
			return &schemes[n]
		}
	}
	return nil
}

// row is scheme as a value, which is empty if the algorithm is unknown.
func (a Algorithm) row() scheme {
	if s := a.scheme(); s != nil {
		return *s
	}
	return scheme{}
}

// ParseAlgorithm returns the algorithm with that name. The comparison is case-sensitive,
// as RFC 7515 section 4.1.1 requires.
func ParseAlgorithm(name string) (Algorithm, error) {
	if s := Algorithm(name).scheme(); s != nil {
		return s.name, nil
	}
	if right, ok := inOtherCase(name); ok {
		return "", advice.New("algorithm names are case-sensitive", "write "+string(right))
	}
	return "", advice.New("unknown algorithm", "use one of "+strings.Join(AlgorithmNames(), ", "))
}

// inOtherCase returns the algorithm with that name, ignoring case.
func inOtherCase(name string) (Algorithm, bool) {
	for _, s := range schemes {
		if strings.EqualFold(name, string(s.name)) {
			return s.name, true
		}
	}
	return "", false
}

// AlgorithmNames returns the names of the algorithms of keys.
func AlgorithmNames() []string {
	names := make([]string, len(schemes))
	for n, s := range schemes {
		names[n] = string(s.name)
	}
	return names
}

// Algorithms lists the algorithms that use this type of key, for a sentence: "HS256,
// HS384 or HS512".
func (t KeyType) Algorithms() string { return enumerated("or", namesFor(t, algorithmName)) }

// namesFor returns a name for each algorithm that uses the type of key, or for all
// algorithms if kty is empty. It skips empty names and second names of an algorithm.
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

// canonical returns the first name of an algorithm that has two.
func (a Algorithm) canonical() Algorithm {
	return cmp.Or(a.row().sameAs, a)
}

// Description describes the algorithm, such as "HMAC with SHA-256". It is empty if the
// algorithm is unknown.
func (a Algorithm) Description() string {
	return a.row().description
}

// KeyType returns the type of key that the algorithm uses, or the empty string if the
// algorithm is unknown.
func (a Algorithm) KeyType() KeyType {
	if s := a.scheme(); s != nil {
		return s.family.keyType()
	}
	return ""
}

// Hash returns the hash that the algorithm uses, or 0 if its name does not choose one.
func (a Algorithm) Hash() crypto.Hash {
	return a.row().hash
}

// MinSecretBytes returns the minimum length in bytes of an HMAC secret for the algorithm,
// which is the size of its hash (RFC 7518 section 3.2), or 0 if it is not an HMAC.
func (a Algorithm) MinSecretBytes() int {
	if a.KeyType() != KeyTypeSecret {
		return 0
	}
	return a.Hash().Size()
}

// Deterministic reports whether a key of the algorithm signs the same text always with the
// same signature: all but those of RSA-PSS, which have a random salt. ECDSA signs as RFC 6979
// says.
func (a Algorithm) Deterministic() bool {
	s := a.scheme()
	return s != nil && s.family != family(pssFamily{})
}

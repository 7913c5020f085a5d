package auth

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
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

// keyType is the kind of key that an algorithm wants.
type keyType string

const (
	hmacKey    keyType = "HMAC"
	rsaKey     keyType = "RSA"
	ecKey      keyType = "EC"
	ed25519Key keyType = "Ed25519"
)

// algorithmInfo is what is known about an algorithm without having a key for it.
type algorithmInfo struct {
	name           Algorithm
	description    string
	keyType        keyType
	secretBytes    int // least HMAC key, RFC 7518 section 3.2; 0 for the other kinds
	signatureBytes int // exact length; 0 where it depends on the key
	source         string
}

// algorithms lists the signature algorithms a token may name.
var algorithms = [...]algorithmInfo{
	{HS256, "HMAC with SHA-256", hmacKey, 32, 32, "RFC 7518 section 3.2"},
	{HS384, "HMAC with SHA-384", hmacKey, 48, 48, "RFC 7518 section 3.2"},
	{HS512, "HMAC with SHA-512", hmacKey, 64, 64, "RFC 7518 section 3.2"},
	{RS256, "RSA PKCS #1 v1.5 with SHA-256", rsaKey, 0, 0, "RFC 7518 section 3.3"},
	{RS384, "RSA PKCS #1 v1.5 with SHA-384", rsaKey, 0, 0, "RFC 7518 section 3.3"},
	{RS512, "RSA PKCS #1 v1.5 with SHA-512", rsaKey, 0, 0, "RFC 7518 section 3.3"},
	{PS256, "RSA PSS with SHA-256", rsaKey, 0, 0, "RFC 7518 section 3.5"},
	{PS384, "RSA PSS with SHA-384", rsaKey, 0, 0, "RFC 7518 section 3.5"},
	{PS512, "RSA PSS with SHA-512", rsaKey, 0, 0, "RFC 7518 section 3.5"},
	{ES256, "ECDSA on P-256 with SHA-256", ecKey, 0, 64, "RFC 7518 section 3.4"},
	{ES384, "ECDSA on P-384 with SHA-384", ecKey, 0, 96, "RFC 7518 section 3.4"},
	{ES512, "ECDSA on P-521 with SHA-512", ecKey, 0, 132, "RFC 7518 section 3.4"},
	{EdDSA, "Edwards-curve signature", ed25519Key, 0, 64, "RFC 8037 section 3.1"},
	{ed25519Name, "Edwards-curve signature on Ed25519", ed25519Key, 0, 64, "RFC 9864 section 2.2"},
}

func (a Algorithm) info() (algorithmInfo, bool) {
	for _, info := range algorithms {
		if info.name == a {
			return info, true
		}
	}
	return algorithmInfo{}, false
}

// ParseAlgorithm returns the algorithm of that name. The name is compared in
// exact case, as RFC 7515 section 4.1.1 asks. Ed25519 is EdDSA.
func ParseAlgorithm(name string) (Algorithm, error) {
	if info, ok := Algorithm(name).info(); ok {
		return info.name.canonical(), nil
	}
	for _, info := range algorithms {
		if strings.EqualFold(name, string(info.name)) {
			return "", fmt.Errorf("the names of algorithms have a case: write %s", info.name)
		}
	}
	return "", errors.New("unknown algorithm: use one of " + strings.Join(AlgorithmNames(), ", "))
}

// AlgorithmNames returns the names of the algorithms that keys can be made for.
func AlgorithmNames() []string {
	var all []string
	for _, info := range algorithms {
		if info.name == info.name.canonical() {
			all = append(all, string(info.name))
		}
	}
	return all
}

// canonical returns the one name of an algorithm that has two.
func (a Algorithm) canonical() Algorithm {
	if a == ed25519Name {
		return EdDSA
	}
	return a
}

// Description returns the algorithm in words, such as "HMAC with SHA-256", or
// the empty string for one that is not known.
func (a Algorithm) Description() string {
	info, _ := a.info()
	return info.description
}

// MinSecretBytes returns the least length in bytes of an HMAC secret for the
// algorithm (RFC 7518 section 3.2), or 0 for one that is not an HMAC.
func (a Algorithm) MinSecretBytes() int {
	info, _ := a.info()
	return info.secretBytes
}

// keyType returns the kind of key that the algorithm wants.
func (a Algorithm) keyType() keyType {
	info, _ := a.info()
	return info.keyType
}

// signingMethod returns golang-jwt's implementation. Its PSS takes a salt of any
// length; RFC 7518 section 3.5 wants that of the hash.
func (a Algorithm) signingMethod() jwt.SigningMethod {
	method := jwt.GetSigningMethod(string(a))
	if pss, ok := method.(*jwt.SigningMethodRSAPSS); ok {
		strict := *pss
		strict.VerifyOptions = pss.Options
		return &strict
	}
	return method
}

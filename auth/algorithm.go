package auth

import (
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
)

// algorithmInfo is what is known about an algorithm without having a key for it.
type algorithmInfo struct {
	name           Algorithm
	description    string
	secretBytes    int // least HMAC key, RFC 7518 section 3.2; 0 for the other kinds
	signatureBytes int // exact length; 0 where it depends on the key
	source         string
}

// algorithms lists the signature algorithms a token may name. Those without
// secretBytes are read and explained; keys for them cannot be made yet.
var algorithms = [...]algorithmInfo{
	{HS256, "HMAC with SHA-256", 32, 32, "RFC 7518 section 3.2"},
	{HS384, "HMAC with SHA-384", 48, 48, "RFC 7518 section 3.2"},
	{HS512, "HMAC with SHA-512", 64, 64, "RFC 7518 section 3.2"},
	{"RS256", "RSA PKCS #1 v1.5 with SHA-256", 0, 0, "RFC 7518 section 3.3"},
	{"RS384", "RSA PKCS #1 v1.5 with SHA-384", 0, 0, "RFC 7518 section 3.3"},
	{"RS512", "RSA PKCS #1 v1.5 with SHA-512", 0, 0, "RFC 7518 section 3.3"},
	{"PS256", "RSA PSS with SHA-256", 0, 0, "RFC 7518 section 3.5"},
	{"PS384", "RSA PSS with SHA-384", 0, 0, "RFC 7518 section 3.5"},
	{"PS512", "RSA PSS with SHA-512", 0, 0, "RFC 7518 section 3.5"},
	{"ES256", "ECDSA on P-256 with SHA-256", 0, 64, "RFC 7518 section 3.4"},
	{"ES384", "ECDSA on P-384 with SHA-384", 0, 96, "RFC 7518 section 3.4"},
	{"ES512", "ECDSA on P-521 with SHA-512", 0, 132, "RFC 7518 section 3.4"},
	{"EdDSA", "Edwards-curve signature", 0, 64, "RFC 8037 section 3.1"},
	{"Ed25519", "Edwards-curve signature on Ed25519", 0, 64, "RFC 9864 section 2.2"},
}

func (a Algorithm) info() (algorithmInfo, bool) {
	for _, info := range algorithms {
		if info.name == a {
			return info, true
		}
	}
	return algorithmInfo{}, false
}

// ParseAlgorithm returns the algorithm of that name if keys can be made for it.
// The name is compared in exact case, as RFC 7515 section 4.1.1 asks.
func ParseAlgorithm(name string) (Algorithm, error) {
	if info, ok := Algorithm(name).info(); ok && info.secretBytes > 0 {
		return info.name, nil
	}
	if upper := Algorithm(strings.ToUpper(name)); upper == HS256 || upper == HS384 || upper == HS512 {
		return "", fmt.Errorf("algorithm names are written in capitals: use %s", upper)
	}
	return "", fmt.Errorf("unknown algorithm: use %s, %s or %s", HS256, HS384, HS512)
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

// signingMethod returns golang-jwt's implementation.
func (a Algorithm) signingMethod() jwt.SigningMethod { return jwt.GetSigningMethod(string(a)) }

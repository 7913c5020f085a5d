package auth

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/sha3"
	cx509 "crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"filippo.io/mldsa"
	"filippo.io/mldsa/x509"

	"tokendesk/auth/advice"
)

// akpJWK is an ML-DSA key as a JWK (RFC 9964 section 3). The members of its thumbprint
// are in the order of their names; the others are empty there.
type akpJWK struct {
	Alg  string `json:"alg"`
	Kid  string `json:"kid,omitempty"`
	Kty  string `json:"kty"`
	Priv string `json:"priv,omitempty"`
	Pub  string `json:"pub"`
	Use  string `json:"use,omitempty"`
}

// newAKP returns a private or public key as a JWK, and whether it is an ML-DSA key.
func newAKP(material any) (jwk akpJWK, ok bool) {
	public, ok := material.(*mldsa.PublicKey)
	if private, isPrivate := material.(*mldsa.PrivateKey); isPrivate {
		jwk.Priv = base64.RawURLEncoding.EncodeToString(private.Bytes())
		public, ok = private.PublicKey(), true
	}
	if !ok {
		return akpJWK{}, false
	}
	jwk.Alg, jwk.Kty = public.Parameters().String(), string(KeyTypeAKP)
	jwk.Pub = base64.RawURLEncoding.EncodeToString(public.Bytes())
	return jwk, true
}

// thumbprint returns the SHA-256 thumbprint (RFC 9964 section 6).
func (jwk akpJWK) thumbprint() string {
	text, _ := json.Marshal(akpJWK{Alg: jwk.Alg, Kty: jwk.Kty, Pub: jwk.Pub}) // strings can always be encoded
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// akpMaterial returns the key of a JWK whose kty is AKP. Its members are in base64url.
func akpMaterial(alg string, key Object) (crypto.PublicKey, error) {
	s := Algorithm(alg).scheme()
	if s == nil || s.family.keyType() != KeyTypeAKP {
		return nil, fmt.Errorf("the alg of the AKP JWK is %s, but must be %s", orNone(alg), KeyTypeAKP.Algorithms())
	}
	member := func(name string) []byte {
		text, _ := key.String(name)
		data, _ := base64.RawURLEncoding.DecodeString(text) // it was decoded before
		return data
	}
	pub, seed := member("pub"), member("priv")
	public, err := mldsa.NewPublicKey(s.mldsa(), pub)
	if err != nil {
		return nil, fmt.Errorf("the pub of the AKP JWK has %s, but an %s key has %d", inBytes(len(pub)), s.name, s.mldsa().PublicKeySize())
	}
	if key.Index("priv") < 0 {
		return public, nil
	}
	private, err := mldsa.NewPrivateKey(s.mldsa(), seed)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the priv of the AKP JWK has %s, but a seed has %d (RFC 9964 section 4)", inBytes(len(seed)), mldsa.PrivateKeySize)
	case !private.PublicKey().Equal(public):
		return nil, errors.New("the pub and priv of the AKP JWK do not belong together")
	}
	return private, nil
}

// unusableKey says why a key that was recognised cannot be used.
type unusableKey struct{ error }

// parsePKCS8 reads a private key, one for ML-DSA too (RFC 9881 section 6). OpenSSL writes
// the seed of such a key and what it expands to, of which the library takes only a seed.
func parsePKCS8(der []byte) (any, error) {
	var key struct {
		Version int
		Algo    pkix.AlgorithmIdentifier
		Private []byte
	}
	var both struct{ Seed, Expanded []byte }
	_, err := asn1.Unmarshal(der, &key)
	if err != nil || !isMLDSA(key.Algo) {
		return x509.ParsePKCS8PrivateKey(der) //nolint:wrapcheck // the caller explains it
	}
	if rest, err := asn1.Unmarshal(key.Private, &both); err != nil || len(rest) > 0 {
		if len(key.Private) > 0 && key.Private[0] == asn1.TagOctetString {
			return nil, unusableKey{advice.New("the ML-DSA private key has no seed", "export it with its seed (RFC 9964 section 4)")}
		}
		return x509.ParsePKCS8PrivateKey(der) //nolint:wrapcheck // likewise
	}
	key.Private = append([]byte{0x80, mldsa.PrivateKeySize}, both.Seed...)
	der, err = asn1.Marshal(key)
	if err != nil || len(both.Seed) != mldsa.PrivateKeySize {
		return nil, unusableKey{errors.New("the seed of the ML-DSA private key has the wrong length")}
	}
	material, err := x509.ParsePKCS8PrivateKey(der)
	if private, ok := material.(*mldsa.PrivateKey); !ok || err != nil || !expands(private, both.Expanded) {
		return nil, unusableKey{errors.New("the seed of the ML-DSA private key does not belong to the rest of it")}
	}
	return material, nil
}

// publicOf returns the public key of a certificate, one for ML-DSA too.
func publicOf(certificate *cx509.Certificate) (any, error) {
	if certificate.PublicKey != nil {
		return certificate.PublicKey, nil
	}
	return x509.ParsePKIXPublicKey(certificate.RawSubjectPublicKeyInfo) //nolint:wrapcheck // likewise
}

// isMLDSA reports whether an algorithm is one of the three of RFC 9881 section 2.
func isMLDSA(algo pkix.AlgorithmIdentifier) bool {
	oid := algo.Algorithm
	return len(oid) == 9 && oid[:8].Equal(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3}) && oid[8] >= 17 && oid[8] <= 19
}

// expands reports whether an expanded private key belongs to the public key: it has a
// hash of it (FIPS 204 section 7.2).
func expands(private *mldsa.PrivateKey, expanded []byte) bool {
	const at, size = 64, 64
	hash := sha3.SumSHAKE256(private.PublicKey().Bytes(), size)
	return len(expanded) > at+size && bytes.Equal(expanded[at:at+size], hash)
}

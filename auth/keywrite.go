package auth

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"slices"

	"filippo.io/mldsa/x509"
	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/advice"
)

// KeyFormat is a format for writing keys.
type KeyFormat int

// The formats of keys.
const (
	FormatJWK KeyFormat = iota + 1 // RFC 7517
	FormatPEM                      // PKCS #8 for a private key, SubjectPublicKeyInfo for a public one
)

// GenerateKey returns a fresh key for the algorithm. bits is the size of an RSA key; 0 is
// [MinRSABits]. A secret is as long as the hash of its algorithm.
func GenerateKey(alg Algorithm, bits int, random io.Reader, opts ...KeyOption) (*Key, error) {
	s := alg.scheme()
	if s == nil {
		return nil, errNoAlgorithm
	}
	material, err := s.family.generate(s, bits, random)
	if err != nil {
		return nil, err
	}
	if secret, ok := material.([]byte); ok {
		return NewHMACKey(s.name, secret, opts...)
	}
	return NewKey(s.name, material, opts...)
}

// Bits returns the size of the key in bits: that of the modulus, the curve or the secret, or of an
// ML-DSA public key.
func (k *Key) Bits() int {
	switch {
	case k.isForSignatures():
		return k.scheme.family.bits(k.verifying())
	case k.public != nil:
		return k.scheme.family.bits(k.public)
	}
	return k.scheme.family.bits(k.decrypting())
}

// EncodePublic returns the public key. The error is [ErrNoPublicKey] for an HMAC key.
func (k *Key) EncodePublic(format KeyFormat) ([]byte, error) {
	if k.public == nil {
		return nil, ErrNoPublicKey
	}
	if format == FormatJWK {
		return k.jwk(k.public)
	}
	der, err := x509.MarshalPKIXPublicKey(k.public)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), err
}

// EncodeSet returns the public keys for an API: as a JWK set (RFC 7517 section 5), or as
// PEM blocks one after the other. The error is [ErrNoPublicKey] for an HMAC key.
func EncodeSet(keys []*Key, format KeyFormat) ([]byte, error) {
	all := make([][]byte, len(keys))
	for n, key := range keys {
		var err error
		if all[n], err = key.EncodePublic(format); err != nil {
			return nil, err
		}
	}
	if format == FormatPEM {
		return slices.Concat(all...), nil
	}
	return slices.Concat([]byte(`{"keys":[`), bytes.Join(all, []byte(",")), []byte("]}")), nil
}

// EncodePrivate returns the private key or the secret, for a file that only its owner can
// read. The error is [ErrCannotSign] for a public key.
func (k *Key) EncodePrivate(format KeyFormat) ([]byte, error) {
	material := decryptionMaterial(k)
	if material == nil {
		return nil, ErrCannotSign
	}
	if format == FormatJWK {
		return k.jwk(material)
	}
	if k.public == nil {
		return nil, advice.New("a secret cannot be written as PEM", "write it as a JWK")
	}
	der, err := x509.MarshalPKCS8PrivateKey(material)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

// jwk returns the material as a JWK with its ID, algorithm and use.
func (k *Key) jwk(material any) ([]byte, error) {
	use := "sig"
	if k.OnlyDecrypts() {
		use = "enc"
	}
	var jwk any = jose.JSONWebKey{Key: material, KeyID: k.id, Algorithm: string(k.scheme.name), Use: use}
	if akp, ok := newAKP(material); ok {
		akp.Kid, akp.Use = k.id, "sig"
		jwk = akp
	}
	text, err := json.Marshal(jwk)
	if err != nil {
		return nil, errors.New("the key cannot be written as a JWK")
	}
	return text, nil
}

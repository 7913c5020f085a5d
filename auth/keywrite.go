package auth

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"

	"github.com/go-jose/go-jose/v4"
)

// KeyFormat is how a key is written.
type KeyFormat int

// The formats of keys.
const (
	FormatJWK KeyFormat = iota + 1 // RFC 7517
	FormatPEM                      // PKCS #8 for a private key, SubjectPublicKeyInfo for a public one
)

// ErrNoPublicKey is returned when an HMAC key is asked for its public half.
var ErrNoPublicKey = errors.New("a secret has no public half: whoever verifies with it can sign as well")

// GenerateKey returns a fresh key for the algorithm. The bits are those of an RSA
// key; 0 is [MinRSABits]. A secret is as long as the hash of its algorithm.
func GenerateKey(alg Algorithm, bits int, random io.Reader, opts ...KeyOption) (*Key, error) {
	alg = alg.canonical()
	var material any
	var err error
	switch alg.keyType() {
	case hmacKey:
		secret := make([]byte, alg.MinSecretBytes())
		if _, err := io.ReadFull(random, secret); err != nil {
			return nil, fmt.Errorf("read randomness for a secret: %w", err)
		}
		return NewHMACKey(alg, secret, opts...)
	case rsaKey:
		if bits == 0 {
			bits = MinRSABits
		}
		if bits < MinRSABits || bits > maxRSABits {
			return nil, fmt.Errorf("an RSA key has from %d to %d bits", MinRSABits, maxRSABits)
		}
		material, err = rsa.GenerateKey(random, bits)
	case ecKey:
		curves := map[Algorithm]elliptic.Curve{ES256: elliptic.P256(), ES384: elliptic.P384(), ES512: elliptic.P521()}
		material, err = ecdsa.GenerateKey(curves[alg], random)
	case ed25519Key:
		_, material, err = ed25519.GenerateKey(random)
	default:
		return nil, errors.New("there is no such algorithm")
	}
	if err != nil {
		return nil, fmt.Errorf("make a key for %s: %w", string(alg), err)
	}
	return NewKey(alg, material, opts...)
}

// Bits returns the size of the key in bits: of the modulus, the curve or the
// secret.
func (k *Key) Bits() int {
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		return public.N.BitLen()
	case *ecdsa.PublicKey:
		return public.Curve.Params().BitSize
	case ed25519.PublicKey:
		return 8 * len(public)
	}
	secret, _ := k.verifying().([]byte)
	return 8 * len(secret)
}

// EncodePublic returns the public key. There is none of an HMAC key
// ([ErrNoPublicKey]).
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

// EncodePrivate returns the private key or the secret, for a file that only its
// owner can read. A public key has none ([ErrCannotSign]).
func (k *Key) EncodePrivate(format KeyFormat) ([]byte, error) {
	if !k.CanSign() {
		return nil, ErrCannotSign
	}
	if format == FormatJWK {
		return k.jwk(k.signing())
	}
	if k.public == nil {
		return nil, errors.New("a secret cannot be written as PEM: write it as a JWK")
	}
	der, err := x509.MarshalPKCS8PrivateKey(k.signing())
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

// jwk returns the material as a JWK with what the key is for.
func (k *Key) jwk(material any) ([]byte, error) {
	text, err := json.Marshal(jose.JSONWebKey{Key: material, KeyID: k.id, Algorithm: string(k.algorithm), Use: "sig"})
	if err != nil {
		return nil, errors.New("the key cannot be written as a JWK")
	}
	return text, nil
}

package auth

import (
	"crypto"
	"crypto/hmac"
	"fmt"
	"io"

	"github.com/golang-jwt/jwt/v5"
)

// hmacFamily is HMAC with a secret (RFC 7518 section 3.2).
type hmacFamily struct{}

func (hmacFamily) keyType() KeyType { return KeyTypeSecret }

func (hmacFamily) needs(*scheme) string { return "a secret" }

func (hmacFamily) describe(crypto.PublicKey) string { return "" }

func (hmacFamily) check(crypto.PublicKey, any) error { return nil }

func (hmacFamily) generate(s *scheme, _ int, random io.Reader) (any, error) {
	secret := make([]byte, s.hash.Size())
	if _, err := io.ReadFull(random, secret); err != nil {
		return nil, fmt.Errorf("read randomness for a secret: %w", err)
	}
	return secret, nil
}

func (hmacFamily) bits(verifying any) int {
	secret, _ := verifying.([]byte)
	return 8 * len(secret)
}

func (hmacFamily) method(s *scheme) jwt.SigningMethod {
	return &jwt.SigningMethodHMAC{Name: string(s.name), Hash: s.hash}
}

func (hmacFamily) sign(k *Key, _ io.Reader, signingInput string) ([]byte, error) {
	return k.signWithMethod(signingInput)
}

func (hmacFamily) oddSignature(s *scheme, signature []byte) string {
	return s.wrongLength(len(signature), s.hash.Size())
}

// hmacSigner returns a signer with the secret for many tokens. It keeps the state of the
// hash after the secret, which golang-jwt computes for each token.
func hmacSigner(hash crypto.Hash, secret []byte) signer {
	mac := hmac.New(hash.New, secret)
	return func(dst, signingInput []byte) ([]byte, error) {
		mac.Reset()
		mac.Write(signingInput)
		return mac.Sum(dst), nil
	}
}

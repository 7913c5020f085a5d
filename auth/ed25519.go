package auth

import (
	"crypto"
	"crypto/ed25519"
	"errors"
	"io"

	"github.com/golang-jwt/jwt/v5"
)

// ed25519Family is EdDSA on Ed25519 (RFC 8037 section 3.1, RFC 9864 section 2.2).
type ed25519Family struct{}

func (ed25519Family) keyType() KeyType { return KeyTypeOKP }

func (ed25519Family) needs(*scheme) string { return "an Ed25519 key" }

func (f ed25519Family) describe(public crypto.PublicKey) string {
	if _, ok := public.(ed25519.PublicKey); !ok {
		return ""
	}
	return f.needs(nil)
}

func (ed25519Family) check(public crypto.PublicKey, _ any) error {
	if key, ok := public.(ed25519.PublicKey); ok && len(key) != ed25519.PublicKeySize {
		return errors.New("the Ed25519 key has the wrong length")
	}
	return nil
}

func (ed25519Family) generate(s *scheme, _ int, random io.Reader) (any, error) {
	_, private, err := ed25519.GenerateKey(random)
	return private, s.cannotMake(err)
}

func (ed25519Family) bits(any) int { return 8 * ed25519.PublicKeySize }

func (ed25519Family) method(*scheme) jwt.SigningMethod { return &jwt.SigningMethodEd25519{} }

func (ed25519Family) sign(k *Key, _ io.Reader, signingInput string) ([]byte, error) {
	return k.signWithMethod(signingInput)
}

// oddSignature accepts the length of an Ed448 signature (RFC 8032 section 5.2.6), since
// EdDSA is also the name of Ed448.
func (ed25519Family) oddSignature(s *scheme, signature []byte) string {
	const ofEd448 = 114
	if s.name == EdDSA && len(signature) == ofEd448 {
		return ""
	}
	return s.wrongLength(len(signature), ed25519.SignatureSize)
}

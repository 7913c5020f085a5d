package auth

import (
	"crypto"
	"errors"
	"fmt"
	"io"

	"filippo.io/mldsa"
	"github.com/golang-jwt/jwt/v5"
)

// mldsaFamily is ML-DSA, with one set of parameters per algorithm (RFC 9964).
type mldsaFamily struct{}

func (mldsaFamily) keyType() KeyType { return KeyTypeAKP }

func (mldsaFamily) needs(s *scheme) string { return fmt.Sprintf("an %s key", s.name) }

func (mldsaFamily) describe(public crypto.PublicKey) string {
	key, ok := public.(*mldsa.PublicKey)
	if !ok {
		return ""
	}
	return fmt.Sprintf("an %s key", key.Parameters())
}

// check accepts every key: the library refuses those of a wrong length.
func (mldsaFamily) check(crypto.PublicKey, any) error { return nil }

func (mldsaFamily) generate(s *scheme, _ int, random io.Reader) (any, error) {
	seed := make([]byte, mldsa.PrivateKeySize)
	_, err := io.ReadFull(random, seed)
	if err != nil {
		return nil, s.cannotMake(err)
	}
	key, err := mldsa.NewPrivateKey(s.mldsa(), seed)
	return key, s.cannotMake(err)
}

func (mldsaFamily) bits(verifying any) int {
	key, ok := verifying.(*mldsa.PublicKey)
	if !ok {
		return 0
	}
	return 8 * key.Parameters().PublicKeySize()
}

func (mldsaFamily) method(s *scheme) jwt.SigningMethod { return mldsaMethod(s.name) }

func (mldsaFamily) sign(k *Key, _ io.Reader, signingInput string) ([]byte, error) {
	return k.signWithMethod(signingInput)
}

func (mldsaFamily) oddSignature(s *scheme, signature []byte) string {
	return s.wrongLength(len(signature), s.mldsa().SignatureSize())
}

// mldsa returns the parameters of the algorithm, which has the same name.
func (s *scheme) mldsa() mldsa.Parameters {
	switch s.name {
	case MLDSA44:
		return mldsa.MLDSA44()
	case MLDSA65:
		return mldsa.MLDSA65()
	default:
		return mldsa.MLDSA87()
	}
}

// mldsaMethod is the name of an ML-DSA algorithm, as a method of golang-jwt, which has
// none of its own. It signs without a context and without randomness (RFC 9964 section
// 4): the same claims always have the same signature.
type mldsaMethod string

// Alg returns the name of the algorithm.
func (m mldsaMethod) Alg() string { return string(m) }

// Sign returns the signature over a signing input.
func (mldsaMethod) Sign(signingInput string, key any) ([]byte, error) {
	private, ok := key.(*mldsa.PrivateKey)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	signature, err := private.SignDeterministic([]byte(signingInput), nil)
	if err != nil {
		return nil, errors.New("the key cannot sign")
	}
	return signature, nil
}

// Verify returns an error unless the key made the signature.
func (mldsaMethod) Verify(signingInput string, signature []byte, key any) error {
	public, ok := key.(*mldsa.PublicKey)
	if !ok {
		return jwt.ErrInvalidKeyType
	}
	if mldsa.Verify(public, []byte(signingInput), signature, nil) != nil {
		return jwt.ErrSignatureInvalid
	}
	return nil
}

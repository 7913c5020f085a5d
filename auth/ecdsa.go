package auth

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/golang-jwt/jwt/v5"
)

// ecdsaFamily is ECDSA, with one curve per algorithm (RFC 7518 section 3.4).
type ecdsaFamily struct{}

func (ecdsaFamily) keyType() KeyType { return KeyTypeEC }

func (ecdsaFamily) needs(s *scheme) string { return "an EC key on " + s.crv }

func (ecdsaFamily) describe(public crypto.PublicKey) string {
	key, ok := public.(*ecdsa.PublicKey)
	switch {
	case !ok:
		return ""
	case key.Curve == nil:
		return "an EC key on an unknown curve"
	}
	return "an EC key on " + key.Curve.Params().Name
}

func (ecdsaFamily) check(public crypto.PublicKey, material any) error {
	if key, ok := public.(*ecdsa.PublicKey); ok {
		if _, err := key.ECDH(); err != nil {
			return errors.New("the key is not a point on its curve")
		}
	}
	key, ok := material.(*ecdsa.PrivateKey)
	if !ok {
		return nil
	}
	private, err := key.ECDH() // which computes its public key
	half, publicErr := key.PublicKey.ECDH()
	if err != nil || publicErr != nil || !private.PublicKey().Equal(half) {
		return errors.New("the parts of the EC key do not match")
	}
	return nil
}

func (ecdsaFamily) generate(s *scheme, _ int, random io.Reader) (any, error) {
	key, err := ecdsa.GenerateKey(s.curve(), random)
	return key, s.cannotMake(err)
}

func (ecdsaFamily) bits(verifying any) int {
	key, ok := verifying.(*ecdsa.PublicKey)
	if !ok {
		return 0
	}
	return key.Curve.Params().BitSize
}

func (ecdsaFamily) method(s *scheme) jwt.SigningMethod {
	return &jwt.SigningMethodECDSA{
		Name: string(s.name), Hash: s.hash, KeySize: numberBytes(s), CurveBits: s.curve().Params().BitSize,
	}
}

// sign reads no randomness (RFC 6979, as RFC 8725 section 3.2 recommends), and writes the
// two numbers one after the other (RFC 7518 section 3.4).
func (ecdsaFamily) sign(k *Key, _ io.Reader, signingInput string) ([]byte, error) {
	private, ok := k.signing().(*ecdsa.PrivateKey)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	hash := k.scheme.hash
	der, err := private.Sign(nil, digest(hash, signingInput), hash)
	if err != nil {
		return nil, err //nolint:wrapcheck // Key.Sign names the algorithm
	}
	var numbers struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &numbers); err != nil {
		return nil, errors.New("the signature cannot be read")
	}
	size := numberBytes(k.scheme)
	signature := make([]byte, 2*size)
	numbers.R.FillBytes(signature[:size])
	numbers.S.FillBytes(signature[size:])
	return signature, nil
}

func (ecdsaFamily) oddSignature(s *scheme, signature []byte) string {
	have, want := len(signature), 2*numberBytes(s)
	if have != want && signature[0] == 0x30 {
		return fmt.Sprintf("the signature is %d bytes of DER, but an %s signature in a token is r and s in %d bytes", have, s.name, want)
	}
	return s.wrongLength(have, want)
}

// numberBytes returns the size of each of the two numbers of a signature.
func numberBytes(s *scheme) int { return (s.curve().Params().BitSize + 7) / 8 }

// Strict returns the key for tokens that name its algorithm as it does, and not by the other
// name that the algorithm may have. Of the two ECDSA signatures that anyone can make of one
// (r, s and r, n-s) it accepts only the one with the smaller number.
func Strict(k *Key) *Key {
	out := *k
	out.read.namesAlgorithm, out.read.smallerS = true, true
	return &out
}

// hasLargerS reports whether the second number of an ECDSA signature is the larger one of
// the two that are right.
func hasLargerS(public crypto.PublicKey, signature []byte) bool {
	key, ok := public.(*ecdsa.PublicKey)
	if !ok {
		return false
	}
	s := new(big.Int).SetBytes(signature[len(signature)/2:])
	return s.Lsh(s, 1).Cmp(key.Params().N) > 0
}

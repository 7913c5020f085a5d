package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/golang-jwt/jwt/v5"
)

// Sign returns the key's signature over a JWS signing input (RFC 7515 section 5.1
// step 5), whatever that is. [Issuer] is what makes tokens; this is for those
// that are wrong on purpose.
//
// ECDSA signs as RFC 6979 says, which RFC 8725 section 3.2 asks for, so that
// random gives the salt of PS256, PS384 and PS512 and is not read for the other
// algorithms: the same input and randomness have the same signature. nil is
// [rand.Reader]. It returns [ErrCannotSign] for a public key.
func (k *Key) Sign(random io.Reader, signingInput string) ([]byte, error) {
	if !k.CanSign() {
		return nil, ErrCannotSign
	}
	if random == nil {
		random = rand.Reader
	}
	var signature []byte
	var err error
	material := k.signing()
	private, isRSA := material.(*rsa.PrivateKey)
	pss, isPSS := k.method.(*jwt.SigningMethodRSAPSS)
	ec, isEC := material.(*ecdsa.PrivateKey)
	method, isECDSA := k.method.(*jwt.SigningMethodECDSA)
	switch {
	case isPSS && isRSA:
		signature, err = rsa.SignPSS(random, private, pss.Hash, digest(pss.Hash, signingInput), pss.Options)
	case isECDSA && isEC:
		signature, err = signECDSA(ec, method, signingInput)
	default:
		signature, err = k.method.Sign(signingInput, material)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", string(k.algorithm), err)
	}
	return signature, nil
}

// signECDSA signs without randomness (RFC 6979) and writes the two numbers side
// by side (RFC 7518 section 3.4).
func signECDSA(key *ecdsa.PrivateKey, method *jwt.SigningMethodECDSA, signingInput string) ([]byte, error) {
	der, err := key.Sign(nil, digest(method.Hash, signingInput), method.Hash)
	if err != nil {
		return nil, err //nolint:wrapcheck // Sign names the algorithm
	}
	var numbers struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &numbers); err != nil {
		return nil, errors.New("the signature cannot be read")
	}
	signature := make([]byte, 2*method.KeySize)
	numbers.R.FillBytes(signature[:method.KeySize])
	numbers.S.FillBytes(signature[method.KeySize:])
	return signature, nil
}

func digest(hash crypto.Hash, text string) []byte {
	h := hash.New()
	h.Write([]byte(text))
	return h.Sum(nil)
}

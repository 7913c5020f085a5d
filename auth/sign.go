package auth

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"io"
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
	signature, err := k.scheme.family.sign(k, random, signingInput)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", string(k.scheme.name), err)
	}
	return signature, nil
}

// signWithMethod signs as golang-jwt does.
func (k *Key) signWithMethod(signingInput string) ([]byte, error) {
	return k.method.Sign(signingInput, k.signing()) //nolint:wrapcheck // Sign names the algorithm
}

func digest(hash crypto.Hash, text string) []byte {
	h := hash.New()
	h.Write([]byte(text))
	return h.Sum(nil)
}

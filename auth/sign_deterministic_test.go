package auth

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"
)

// The same input and randomness give the same signature, and it is valid.
func TestSignIsDeterministic(t *testing.T) {
	t.Parallel()
	for _, name := range AlgorithmNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seeded := func() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{7}) }
			key, err := GenerateKey(Algorithm(name), 0, seeded())
			if err != nil {
				t.Fatal(err)
			}
			one, err := key.Sign(seeded(), "input")
			if err != nil || !key.verifies("input", one) {
				t.Fatalf("the signature %x is not the key's, %v", one, err)
			}
			if two, err := key.Sign(seeded(), "input"); err != nil || !bytes.Equal(one, two) {
				t.Errorf("signed %x, then %x, %v", one, two, err)
			}
			if other, err := key.Sign(seeded(), "another"); err != nil || bytes.Equal(one, other) {
				t.Errorf("another input has the same signature, %v", err)
			}
		})
	}
}

// The same clock and randomness give the same token.
func TestIssueIsDeterministic(t *testing.T) {
	t.Parallel()
	for alg, material := range testKeys() {
		key, err := NewKey(alg, material)
		if err != nil {
			t.Fatal(err)
		}
		var tokens [2]string
		for n := range tokens {
			i := &Issuer{Key: key, Now: clockAt(at()), Rand: rand.NewChaCha8([32]byte{7})}
			token, err := i.Issue(Request{Subject: "ada"})
			if err != nil {
				t.Fatal(err)
			}
			tokens[n] = token.Compact
		}
		if tokens[0] != tokens[1] {
			t.Errorf("%s: issued %s, then %s", alg, tokens[0], tokens[1])
		}
	}
}

// The first example of RFC 6979, appendix A.2.5.
func TestSignECDSAVector(t *testing.T) {
	t.Parallel()
	scalar, _ := hex.DecodeString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
	if err != nil {
		t.Fatal(err)
	}
	key, err := NewKey(ES256, private)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := key.Sign(nil, "sample")
	const want = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716" +
		"F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
	if err != nil || fmt.Sprintf("%X", signature) != want {
		t.Errorf("signed %X, %v, want %s", signature, err, want)
	}
}

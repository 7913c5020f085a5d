package fault

import (
	"bytes"
	"crypto/rsa"
	"io"
	"math/big"
	"testing"

	"tokendesk/auth"
)

// constant is a source of identical bytes.
type constant byte

func (c constant) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte{byte(c)}, len(p)))
	return len(p), nil
}

// Another key has the type, size and ID of the first, and the same randomness gives the
// same key.
func TestAnotherKey(t *testing.T) {
	t.Parallel()
	forEachKey(t, func(t *testing.T, alg auth.Algorithm) {
		own := keyOf(t, alg)
		one, err := anotherKey(own, seeded(5))
		if err != nil {
			t.Fatal(err)
		}
		if one.Algorithm() != alg || one.Bits() != own.Bits() || one.ID() != own.ID() || one.Fingerprint() == own.Fingerprint() {
			t.Errorf("it is %s of %d bits, %s %s", one.Algorithm(), one.Bits(), one.ID(), one.Fingerprint())
		}
		if two, err := anotherKey(own, seeded(5)); err != nil || two.Fingerprint() != one.Fingerprint() {
			t.Errorf("the same randomness gives another key, %v", err)
		}
		if own.Algorithm().KeyType() == auth.KeyTypeRSA {
			return // it is data
		}
		if other, err := anotherKey(own, seeded(6)); err != nil || other.Fingerprint() == one.Fingerprint() {
			t.Errorf("other randomness gives the same key, %v", err)
		}
		if _, err := anotherKey(own, io.LimitReader(seeded(5), 3)); err == nil {
			t.Error("there is a key without randomness")
		}
	})
}

// A constant source of randomness ends in an error, not in an endless search.
func TestAnotherKeyOfNoRandomness(t *testing.T) {
	t.Parallel()
	for alg, source := range map[auth.Algorithm]constant{auth.ES256: 0, auth.ES512: 0xff} {
		f, _ := ByName("another-key")
		m := makerOf(t, alg)
		m.Issuer.Rand = source
		const want = "make another key: no key can be made from the randomness"
		if _, err := m.Make(f); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", alg, err, want)
		}
	}
}

// The stranger has RSA keys of four sizes, and the one that is used is not smaller than the
// own key unless all are.
func TestAnotherRSAKey(t *testing.T) {
	t.Parallel()
	for bits, want := range map[int]int{1024: 2048, 2048: 2048, 2056: 3072, 3072: 3072, 4096: 4096, 8192: 8192, 16384: 8192} {
		own := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), uint(bits)-1), E: 65537}
		key, err := anotherRSA(own)
		if err != nil || key.N.BitLen() != want || key.Validate() != nil {
			t.Fatalf("for a key of %d bits: %d bits, %v", bits, key.N.BitLen(), err)
		}
		if other, err := anotherRSA(&key.PublicKey); err != nil || other.N.Cmp(key.N) == 0 {
			t.Errorf("the stranger's key of %d bits has itself as another key, %v", want, err)
		}
	}
}

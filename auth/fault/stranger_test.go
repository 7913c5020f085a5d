package fault

import (
	"bytes"
	"io"
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
	for alg, source := range map[auth.Algorithm]constant{auth.ES256: 0, auth.ES512: 0xff, auth.RS256: 0} {
		f, _ := ByName("another-key")
		m := makerOf(t, alg)
		m.Issuer.Rand = source
		const want = "make another key: no key can be made from the randomness"
		if _, err := m.Make(f); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", alg, err, want)
		}
	}
}

// Two equal primes make no key, so others are read.
func TestAnotherRSAKeyOfEqualPrimes(t *testing.T) {
	t.Parallel()
	start := func() io.Reader { return io.LimitReader(seeded(5), primeBits/8) }
	random := io.MultiReader(start(), start(), seeded(6))
	own := keyOf(t, auth.RS256)
	key, err := anotherKey(own, random)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := key.Sign(nil, "input")
	if err != nil || len(signature) != own.Bits()/8 {
		t.Errorf("it signs %x, %v", signature, err)
	}
}

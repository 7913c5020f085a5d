package fault

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"

	"tokendesk/auth"
)

// attempts is how often randomness is read to make a key. Nearly every attempt succeeds;
// a source that never gives a key must not be read forever.
const attempts = 16

var errNotRandom = errors.New("no key can be made from the randomness")

// withStranger returns a maker of a token that needs the key of a stranger.
func withStranger(sign func(*draft, *auth.Key) (string, error)) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		key, err := anotherKey(d.key(), d.random())
		if err != nil {
			return "", fmt.Errorf("make another key: %w", err)
		}
		return sign(d, key)
	}
}

// anotherKey returns another key of the same type and size, with the ID of the good token's
// key. It depends on the randomness alone, unlike the keys that crypto/rsa and
// crypto/ecdsa generate.
func anotherKey(own *auth.Key, random io.Reader) (*auth.Key, error) {
	alg, id := own.Algorithm(), auth.WithKeyID(own.ID())
	var material any
	var err error
	switch public := own.Public().(type) {
	case *rsa.PublicKey:
		material, err = anotherRSA(random, own.Bits())
	case *ecdsa.PublicKey:
		material, err = anotherEC(random, public.Curve)
	case ed25519.PublicKey:
		seed := make([]byte, ed25519.SeedSize)
		_, err = io.ReadFull(random, seed)
		material = ed25519.NewKeyFromSeed(seed)
	default:
		return auth.GenerateKey(alg, 0, random, id)
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // withStranger does
	}
	return auth.NewKey(alg, material, id)
}

// anotherEC reads scalars until one is a valid key.
func anotherEC(random io.Reader, curve elliptic.Curve) (*ecdsa.PrivateKey, error) {
	bits := curve.Params().BitSize
	scalar := make([]byte, (bits+7)/8)
	for range attempts {
		if _, err := io.ReadFull(random, scalar); err != nil {
			return nil, err //nolint:wrapcheck // withStranger does
		}
		scalar[0] &= 0xff >> (8*len(scalar) - bits)
		if key, err := ecdsa.ParseRawPrivateKey(curve, scalar); err == nil {
			return key, nil
		}
	}
	return nil, errNotRandom
}

// primeBits is the size of the primes of another RSA key. Small ones are found quickly,
// and the key need not be secure, as nobody should accept the tokens that it signs.
const primeBits = 256

// anotherRSA makes an RSA key of many small primes (RFC 8017 section 3.1).
func anotherRSA(random io.Reader, bits int) (*rsa.PrivateKey, error) {
	e := big.NewInt(65537)
	for range attempts {
		primes, modulus, err := primesOf(random, bits)
		if err != nil {
			return nil, err
		}
		order := big.NewInt(1)
		for _, p := range primes {
			order.Mul(order, new(big.Int).Sub(p, big.NewInt(1)))
		}
		private := new(big.Int).ModInverse(e, order)
		if private == nil || slices.ContainsFunc(primes[1:], func(p *big.Int) bool { return p.Cmp(primes[0]) == 0 }) {
			continue
		}
		key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: modulus, E: int(e.Int64())}, D: private, Primes: primes}
		key.Precompute()
		return key, nil
	}
	return nil, errNotRandom
}

// primesOf returns primes whose product has this many bits. The last one makes up the
// size that is missing.
func primesOf(random io.Reader, bits int) (primes []*big.Int, product *big.Int, err error) {
	product = big.NewInt(1)
	most := new(big.Int).Lsh(big.NewInt(3), uint(bits)-2) // three quarters of the way to one bit more
	for product.BitLen() < bits {
		start := make([]byte, primeBits/8)
		if _, err := io.ReadFull(random, start); err != nil {
			return nil, nil, err //nolint:wrapcheck // withStranger does
		}
		n := new(big.Int).SetBytes(start)
		if left := bits - product.BitLen(); left > 2*primeBits {
			n.SetBit(n, primeBits-1, 1)
		} else {
			n.Rsh(n, primeBits/4).Add(n, new(big.Int).Div(most, product))
		}
		p := nextPrime(n.SetBit(n, 0, 1))
		primes, product = append(primes, p), product.Mul(product, p)
	}
	return primes, product, nil
}

// nextPrime returns the smallest prime that is at least n, which must be odd.
func nextPrime(n *big.Int) *big.Int {
	for two := big.NewInt(2); !n.ProbablyPrime(0); {
		n.Add(n, two)
	}
	return n
}

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

// attempts is how often randomness is read until there is a key in it. Nearly
// every reading has one; a source that never gives one is not read again and again.
const attempts = 16

var errNotRandom = errors.New("the randomness has no key in it")

// stranger returns another key of the same kind and size, with the ID that the
// good token's key has. It is made of the randomness alone: what crypto/rsa and
// crypto/ecdsa generate is not, so that the same bytes would give other keys.
func (d *draft) stranger() (*auth.Key, error) {
	key, err := anotherKey(d.key(), d.random())
	if err != nil {
		return nil, fmt.Errorf("make another key: %w", err)
	}
	return key, nil
}

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
		return nil, err //nolint:wrapcheck // stranger does
	}
	return auth.NewKey(alg, material, id)
}

// anotherEC reads scalars until one is a key.
func anotherEC(random io.Reader, curve elliptic.Curve) (*ecdsa.PrivateKey, error) {
	bits := curve.Params().BitSize
	scalar := make([]byte, (bits+7)/8)
	for range attempts {
		if _, err := io.ReadFull(random, scalar); err != nil {
			return nil, err //nolint:wrapcheck // stranger does
		}
		scalar[0] &= 0xff >> (8*len(scalar) - bits)
		if key, err := ecdsa.ParseRawPrivateKey(curve, scalar); err == nil {
			return key, nil
		}
	}
	return nil, errNotRandom
}

// primeBits is the size of the primes of another RSA key. Small ones are found in
// no time, and the key signs tokens that nobody is to accept: it need not withstand
// what a key for good tokens must.
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

// primesOf returns primes and their product, which has that many bits. The last
// is as large as the product lacks.
func primesOf(random io.Reader, bits int) (primes []*big.Int, product *big.Int, err error) {
	product = big.NewInt(1)
	most := new(big.Int).Lsh(big.NewInt(3), uint(bits)-2) // three quarters of the way to one bit more
	for product.BitLen() < bits {
		start := make([]byte, primeBits/8)
		if _, err := io.ReadFull(random, start); err != nil {
			return nil, nil, err //nolint:wrapcheck // stranger does
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

// nextPrime returns the first prime from an odd number on.
func nextPrime(n *big.Int) *big.Int {
	for two := big.NewInt(2); !n.ProbablyPrime(0); {
		n.Add(n, two)
	}
	return n
}

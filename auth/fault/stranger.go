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

	"tokendesk/auth"
)

// attempts is how often randomness is read until there is a key in it. Nearly
// every reading has one; a source that never gives another must not be read for ever.
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

// anotherRSA makes an RSA key. It signs tokens that nobody is to accept, so it
// need not withstand what a key for good tokens must.
func anotherRSA(random io.Reader, bits int) (*rsa.PrivateKey, error) {
	one, e := big.NewInt(1), big.NewInt(65537)
	for range attempts {
		p, err := prime(random, bits/2)
		if err != nil {
			return nil, err
		}
		q, err := prime(random, bits-bits/2)
		if err != nil {
			return nil, err
		}
		order := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		private := new(big.Int).ModInverse(e, order)
		if private == nil || p.Cmp(q) == 0 {
			continue
		}
		key := &rsa.PrivateKey{
			PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: int(e.Int64())},
			D:         private, Primes: []*big.Int{p, q},
		}
		key.Precompute()
		return key, nil
	}
	return nil, errNotRandom
}

// prime reads a number and returns the next prime from there on. Its two highest
// bits are set, so that the product of two has all its bits.
func prime(random io.Reader, bits int) (*big.Int, error) {
	b := make([]byte, (bits+7)/8)
	if _, err := io.ReadFull(random, b); err != nil {
		return nil, err //nolint:wrapcheck // stranger does
	}
	n := new(big.Int).SetBytes(b)
	n.Rsh(n, uint(8*len(b)-bits))
	for _, set := range []int{0, bits - 1, bits - 2} {
		n.SetBit(n, set, 1)
	}
	for two := big.NewInt(2); !n.ProbablyPrime(0); {
		n.Add(n, two)
	}
	return n, nil
}

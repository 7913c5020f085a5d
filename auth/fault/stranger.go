package fault

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	_ "embed" // for the keys
	"encoding/pem"
	"errors"
	"fmt"
	"io"

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

// anotherKey returns another key of the same type, with the ID of the good token's key. It
// depends on the randomness alone, unlike the keys that crypto/ecdsa generates. An RSA key
// is one of those in strangers.pem.
func anotherKey(own *auth.Key, random io.Reader) (*auth.Key, error) {
	alg, id := own.Algorithm(), auth.WithKeyID(own.ID())
	var material any
	var err error
	switch public := own.Public().(type) {
	case *rsa.PublicKey:
		material, err = anotherRSA(public)
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

// strangersText are the RSA keys of a stranger, which take too long to generate.
//
//go:embed strangers.pem
var strangersText []byte

// anotherRSA returns the smallest of a stranger's keys that is not smaller than the own
// one, or the largest.
func anotherRSA(own *rsa.PublicKey) (*rsa.PrivateKey, error) {
	var last *rsa.PrivateKey
	for block, rest := pem.Decode(strangersText); block != nil; block, rest = pem.Decode(rest) {
		parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		key, ok := parsed.(*rsa.PrivateKey)
		if err != nil || !ok {
			return nil, errors.New("the keys of a stranger cannot be read")
		}
		if key.N.Cmp(own.N) == 0 {
			continue
		}
		if last = key; key.N.BitLen() >= own.N.BitLen() {
			break
		}
	}
	return last, nil
}

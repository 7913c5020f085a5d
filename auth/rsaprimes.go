package auth

import (
	"crypto/rsa"
	"errors"
	"math/big"
)

var errRSAParts = errors.New("the parts of the RSA key do not match")

// rsaPrivate returns a private key with those numbers. It computes the primes if p and q are
// nil, which a JWK may leave out (RFC 7518 section 6.3.2).
func rsaPrivate(n *big.Int, e int, d, p, q *big.Int) (*rsa.PrivateKey, error) {
	if n.BitLen() > maxRSABits || n.BitLen() < 3 || d.Sign() <= 0 || d.Cmp(n) >= 0 || e < 3 || e%2 == 0 {
		if err := checkRSA(&rsa.PublicKey{N: n, E: e}); err != nil {
			return nil, err
		}
		return nil, errRSAParts
	}
	if p == nil || q == nil {
		if p, q = rsaPrimes(n, e, d); p == nil {
			return nil, errRSAParts
		}
	}
	if new(big.Int).Mul(p, q).Cmp(n) != 0 {
		return nil, errRSAParts
	}
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: n, E: e}, D: d, Primes: []*big.Int{p, q}}
	if err := key.Validate(); err != nil {
		return nil, errRSAParts
	}
	key.Precompute()
	return key, nil
}

// rsaPrimes finds the primes of a modulus from the exponents (NIST SP 800-56B revision 2,
// appendix C.1). It returns nil if the numbers are not those of one key.
func rsaPrimes(n *big.Int, e int, d *big.Int) (p, q *big.Int) {
	one := big.NewInt(1)
	odd := new(big.Int).Mul(d, big.NewInt(int64(e)))
	odd.Sub(odd, one)
	if odd.Sign() <= 0 || odd.Bit(0) == 1 {
		return nil, nil
	}
	twos := odd.TrailingZeroBits()
	odd.Rsh(odd, twos)
	least := new(big.Int).Sub(n, one)
	for base := int64(2); base < 102; base++ { // each finds them with a probability of at least a half
		x := new(big.Int).Exp(big.NewInt(base), odd, n)
		for left := twos; x.Cmp(one) != 0 && x.Cmp(least) != 0; left-- {
			if left == 0 {
				return nil, nil // the order of the base does not divide e*d-1
			}
			square := new(big.Int).Mul(x, x)
			square.Mod(square, n)
			if square.Cmp(one) == 0 {
				p = new(big.Int).GCD(nil, nil, new(big.Int).Sub(x, one), n)
				return p, new(big.Int).Div(n, p)
			}
			x = square
		}
	}
	return nil, nil
}

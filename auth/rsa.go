package auth

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth/advice"
)

// MinRSABits is the minimum size of an RSA key in bits (RFC 7518 section 3.3).
const MinRSABits = 2048

// maxRSABits is the maximum size of an RSA key. A larger key is no safer, and would let an
// untrusted file keep the machine busy.
const maxRSABits = 16384

// rsaFamily is RSASSA-PKCS1-v1_5 (RFC 7518 section 3.3).
type rsaFamily struct{}

func (rsaFamily) keyType() KeyType { return KeyTypeRSA }

func (rsaFamily) needs(*scheme) string { return "an RSA key" }

func (f rsaFamily) describe(public crypto.PublicKey) string {
	if _, ok := public.(*rsa.PublicKey); !ok {
		return ""
	}
	return f.needs(nil)
}

func (rsaFamily) check(public crypto.PublicKey, material any) error {
	if key, ok := public.(*rsa.PublicKey); ok {
		if err := checkRSA(key); err != nil {
			return err
		}
	}
	if key, ok := material.(*rsa.PrivateKey); ok && key.Validate() != nil {
		return errors.New("the parts of the RSA key do not match")
	}
	return nil
}

func (rsaFamily) generate(s *scheme, bits int, random io.Reader) (any, error) {
	if bits == 0 {
		bits = MinRSABits
	}
	if bits < MinRSABits || bits > maxRSABits {
		return nil, fmt.Errorf("an RSA key must have %d to %d bits", MinRSABits, maxRSABits)
	}
	key, err := rsa.GenerateKey(random, bits)
	return key, s.cannotMake(err)
}

func (rsaFamily) bits(verifying any) int {
	key, ok := verifying.(*rsa.PublicKey)
	if !ok {
		return 0
	}
	return key.N.BitLen()
}

func (rsaFamily) method(s *scheme) jwt.SigningMethod {
	return &jwt.SigningMethodRSA{Name: string(s.name), Hash: s.hash}
}

func (rsaFamily) sign(k *Key, _ io.Reader, signingInput string) ([]byte, error) {
	return k.signWithMethod(signingInput)
}

func (rsaFamily) oddSignature(_ *scheme, signature []byte) string {
	const least = MinRSABits / 8
	if len(signature) >= least {
		return ""
	}
	return fmt.Sprintf("the signature has %s, but that of an RSA key with %d bits or more has at least %d",
		inBytes(len(signature)), MinRSABits, least)
}

// pssFamily is RSASSA-PSS (RFC 7518 section 3.5).
type pssFamily struct{ rsaFamily }

// method requires a salt as long as the hash, as RFC 7518 section 3.5 does. golang-jwt's
// own methods accept a salt of any length.
func (pssFamily) method(s *scheme) jwt.SigningMethod {
	salt := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
	return &jwt.SigningMethodRSAPSS{
		SigningMethodRSA: &jwt.SigningMethodRSA{Name: string(s.name), Hash: s.hash},
		Options:          salt, VerifyOptions: salt,
	}
}

// sign reads its salt from random, unlike golang-jwt.
func (pssFamily) sign(k *Key, random io.Reader, signingInput string) ([]byte, error) {
	private, ok := k.signing().(*rsa.PrivateKey)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	hash := k.scheme.hash
	salt := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
	return rsa.SignPSS(random, private, hash, digest(hash, signingInput), salt) //nolint:wrapcheck // Key.Sign names the algorithm
}

// checkRSA refuses RSA keys that are insecure or too small (RFC 7518 section 3.3).
func checkRSA(key *rsa.PublicKey) error {
	switch bits := key.N.BitLen(); {
	case bits < MinRSABits:
		return fmt.Errorf("the RSA key has %d bits, but needs at least %d", bits, MinRSABits)
	case bits > maxRSABits:
		return fmt.Errorf("the RSA key has %d bits, more than the maximum of %d", bits, maxRSABits)
	case key.E < 3 || key.E%2 == 0:
		return fmt.Errorf("the RSA public exponent %d is insecure", key.E)
	case isROCA(key.N):
		return advice.New("the RSA key was made by a chip whose keys can be broken (CVE-2017-15361)", "generate another key")
	}
	return nil
}

// isROCA reports whether a modulus has the form of the keys of CVE-2017-15361: modulo each
// of these primes it is a power of 65537. Fewer than one in 2^27 other keys has that form.
func isROCA(n *big.Int) bool {
	for _, prime := range []int64{
		3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
		101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
	} {
		rest := new(big.Int).Mod(n, big.NewInt(prime)).Int64()
		power, found := int64(1), false
		for range prime {
			if power == rest {
				found = true
				break
			}
			power = power * 65537 % prime
		}
		if !found {
			return false
		}
	}
	return true
}

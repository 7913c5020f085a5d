package auth

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"

	"filippo.io/mldsa"
)

// shortMaterial is the length in bytes below which a secret is looked for only as a whole text:
// it may be a part of any word.
const shortMaterial = 8

// LeaksOf returns a function that reports whether bytes contain the secret of the key or one
// of its private members, as they are: whoever calls it undoes base64 and the like. A secret
// of fewer than eight bytes must be all of them.
func LeaksOf(k *Key) func(data []byte) bool {
	material := privateMembers(decryptionMaterial(k))
	return func(data []byte) bool {
		for _, m := range material {
			if len(m) >= shortMaterial && bytes.Contains(data, m) || len(m) > 0 && bytes.Equal(data, m) {
				return true
			}
		}
		return false
	}
}

// privateMembers returns what the private members of a JWK with this material hold.
func privateMembers(material any) [][]byte {
	switch m := material.(type) {
	case []byte:
		return [][]byte{m, bytes.TrimSpace(m)}
	case *rsa.PrivateKey:
		members := [][]byte{m.D.Bytes()}
		for _, prime := range m.Primes {
			members = append(members, prime.Bytes())
		}
		if m.Precomputed.Dp == nil { // a key with unusual primes
			return members
		}
		return append(members, m.Precomputed.Dp.Bytes(), m.Precomputed.Dq.Bytes(), m.Precomputed.Qinv.Bytes())
	case *ecdsa.PrivateKey:
		d, err := m.Bytes()
		if err != nil {
			return nil
		}
		return [][]byte{bytes.TrimLeft(d, "\x00")}
	case ed25519.PrivateKey:
		return [][]byte{m.Seed()}
	case *mldsa.PrivateKey:
		return [][]byte{m.Bytes()}
	}
	return nil
}

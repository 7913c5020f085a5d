package fault

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"filippo.io/mldsa"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// noon is the time in the tests.
func noon() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }

func seeded(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// material is what a key was made from: a secret or a private key.
var material = sync.OnceValue(func() map[auth.Algorithm]any {
	must := func(key crypto.Signer, err error) crypto.Signer {
		if err != nil {
			panic(err)
		}
		return key
	}
	secret := func(n int) []byte {
		b := make([]byte, n)
		_, _ = seeded(byte(n)).Read(b)
		return b
	}
	ec := func(curve elliptic.Curve) any { key, err := ecdsa.GenerateKey(curve, seeded(1)); return must(key, err) }
	_, ed, err := ed25519.GenerateKey(seeded(2))
	small, rsaErr := rsa.GenerateKey(seeded(3), auth.MinRSABits)
	return map[auth.Algorithm]any{
		auth.HS256: secret(32), auth.HS384: secret(48), auth.HS512: secret(64),
		auth.RS256: must(small, rsaErr), auth.PS256: must(small, rsaErr),
		auth.ES256: ec(elliptic.P256()), auth.ES384: ec(elliptic.P384()), auth.ES512: ec(elliptic.P521()),
		auth.EdDSA: must(ed, err), auth.MLDSA44: must(mldsa.NewPrivateKey(mldsa.MLDSA44(), secret(mldsa.PrivateKeySize))),
	}
})

// keys are the keys of the tests, with an ID.
var keys = sync.OnceValue(func() map[auth.Algorithm]*auth.Key {
	all := map[auth.Algorithm]*auth.Key{}
	for alg, made := range material() {
		var err error
		if secret, ok := made.([]byte); ok {
			all[alg], err = auth.NewHMACKey(alg, secret, auth.WithKeyID("2026-11"))
		} else {
			all[alg], err = auth.NewKey(alg, made, auth.WithKeyID("2026-11"))
		}
		if err != nil {
			panic(err)
		}
	}
	return all
})

func keyOf(t *testing.T, alg auth.Algorithm) *auth.Key {
	t.Helper()
	key := keys()[alg]
	if key == nil {
		t.Fatalf("there is no key for %s", alg)
	}
	return key
}

// makerOf returns a maker of faults, with the same randomness each time.
func makerOf(t *testing.T, alg auth.Algorithm) Maker {
	t.Helper()
	return Maker{
		Issuer: &auth.Issuer{
			Key: keyOf(t, alg), Now: noon, Rand: seeded(9),
			Iss: "https://auth.example.com", Aud: []string{"https://api.example.com"},
		},
		Request:     auth.Request{Subject: "ada@example.com", Claims: auth.Object{{Name: "role", Value: jsontext.Quote("admin")}}},
		Certificate: []byte(certificate),
	}
}

// certificate stands for the certificate of a key.
const certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"

// forEachKey runs a test with each type of key.
func forEachKey(t *testing.T, test func(t *testing.T, alg auth.Algorithm)) {
	for alg := range material() {
		t.Run(string(alg), func(t *testing.T) {
			t.Parallel()
			test(t, alg)
		})
	}
}

// membersOf reads a JSON object in order, including duplicate names and invalid UTF-8.
func membersOf(t *testing.T, object []byte) auth.Object {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(object))
	var all auth.Object
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		t.Fatalf("%q is not an object", object)
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		all = append(all, auth.Member{Name: name.(string), Value: value}) //nolint:forcetypeassert // it is a name
	}
	return all
}

func decode(t *testing.T, segment string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		t.Fatalf("%q: %v", segment, err)
	}
	return b
}

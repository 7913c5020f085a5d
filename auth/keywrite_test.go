package auth

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// A key that is written is read back as the same key, and its public form contains
// nothing private.
func TestKeysComeBack(t *testing.T) {
	t.Parallel()
	for _, name := range AlgorithmNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := GenerateKey(Algorithm(name), 0, rand.Reader, WithKeyID("k-1"))
			if err != nil {
				t.Fatal(err)
			}
			compact := signedBy(t, key, `{"alg":"`+name+`"}`, `{}`)
			for _, format := range []KeyFormat{FormatJWK, FormatPEM} {
				private, err := key.EncodePrivate(format)
				if key.Public() == nil && format == FormatPEM {
					if err == nil {
						t.Error("a secret is written as PEM")
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				back, err := ParseKeys(private, Algorithm(name))
				if err != nil || back[0].Fingerprint() != key.Fingerprint() || !back[0].CanSign() {
					t.Fatalf("%v: %v, %v", format, back, err)
				}
				if format == FormatJWK && (back[0].ID() != "k-1" || back[0].Algorithm() != key.Algorithm()) {
					t.Errorf("the JWK is of %s for %s", back[0].ID(), back[0].Algorithm())
				}
				public, err := key.EncodePublic(format)
				if key.Public() == nil {
					if !errors.Is(err, ErrNoPublicKey) || public != nil {
						t.Errorf("the public half of a secret: %v", err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				back, err = ParseKeys(public, Algorithm(name))
				if err != nil || back[0].CanSign() || back[0].Fingerprint() != key.Fingerprint() {
					t.Fatalf("%v: %v, %v", format, back, err)
				}
				if _, err := back[0].EncodePrivate(format); !errors.Is(err, ErrCannotSign) {
					t.Errorf("a public key has a private half: %v", err)
				}
				if r := (&Verifier{Keys: back}).Verify(compact); r.Verdict != VerdictValid {
					t.Errorf("%v: %v", r.Verdict, r.Failures)
				}
				if format == FormatPEM {
					if strings.Contains(string(public), "PRIVATE") {
						t.Error("the public PEM is a private one")
					}
					continue
				}
				var members map[string]any
				if err := json.Unmarshal(public, &members); err != nil {
					t.Fatal(err)
				}
				for _, member := range []string{"d", "p", "q", "dp", "dq", "qi", "k"} {
					if _, there := members[member]; there {
						t.Errorf("the public JWK has %s", member)
					}
				}
			}
		})
	}
}

func TestGenerateKey(t *testing.T) {
	t.Parallel()
	for alg, bits := range map[Algorithm]int{HS256: 256, HS384: 384, HS512: 512, ES256: 256, ES384: 384, ES512: 521, EdDSA: 256, RS256: 2048} {
		key, err := GenerateKey(alg, 0, rand.Reader)
		if err != nil || key.Bits() != bits || key.Algorithm() != alg {
			t.Errorf("%s: %v, %v", alg, key, err)
		}
	}
	for alg, bits := range map[Algorithm]int{RS256: 1024, PS256: 1 << 20, "none": 0} {
		if _, err := GenerateKey(alg, bits, rand.Reader); err == nil {
			t.Errorf("%s with %d bits was made", alg, bits)
		}
	}
}

func TestEncodeSet(t *testing.T) {
	t.Parallel()
	var keys []*Key
	for _, alg := range []Algorithm{ES256, EdDSA} {
		key, err := GenerateKey(alg, 0, rand.Reader, WithKeyID("kid of "+string(alg)))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	set, err := EncodeSet(keys, FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	back, skipped, err := ParsePublished(set)
	if err != nil || len(skipped) > 0 || len(back) != 2 || back[0].ID() != keys[0].ID() || back[1].Fingerprint() != keys[1].Fingerprint() {
		t.Errorf("%s: %d keys, %v, %v", set, len(back), skipped, err)
	}
	blocks, err := EncodeSet(keys, FormatPEM)
	first, _ := keys[0].EncodePublic(FormatPEM)
	second, _ := keys[1].EncodePublic(FormatPEM)
	if err != nil || string(blocks) != string(first)+string(second) {
		t.Errorf("%s, %v", blocks, err)
	}
	if _, err := EncodeSet(append(keys, testKey(t)), FormatJWK); !errors.Is(err, ErrNoPublicKey) {
		t.Errorf("a secret: %v", err)
	}
	if empty, err := EncodeSet(nil, FormatJWK); err != nil || string(empty) != `{"keys":[]}` {
		t.Errorf("no keys: %s, %v", empty, err)
	}
}

func TestAlgorithmsOfKeyTypes(t *testing.T) {
	t.Parallel()
	for kty, want := range map[KeyType]string{
		KeyTypeSecret: "HS256, HS384 or HS512", KeyTypeEC: "ES256, ES384 or ES512", KeyTypeOKP: "EdDSA", "X": "",
		KeyTypeRSA: "RS256, RS384, RS512, PS256, PS384 or PS512",
	} {
		if got := kty.Algorithms(); got != want {
			t.Errorf("%s: %q, want %q", kty, got, want)
		}
	}
}

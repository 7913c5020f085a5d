package auth

import (
	"encoding/base64"
	"math/rand/v2"
	"slices"
	"testing"

	"tokendesk/auth/jsontext"
)

// Every private member of a key is found, and no public one.
func TestLeaksOf(t *testing.T) {
	t.Parallel()
	for _, name := range AlgorithmNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := GenerateKey(Algorithm(name), 0, rand.NewChaCha8([32]byte{8}))
			if err != nil {
				t.Fatal(err)
			}
			text, err := key.EncodePrivate(FormatJWK)
			if err != nil {
				t.Fatal(err)
			}
			jwk, err := jsontext.ParseObject(text)
			if err != nil {
				t.Fatal(err)
			}
			leaks, private := LeaksOf(key), 0
			for _, m := range jwk {
				value, _ := jsontext.Unquote(m.Value)
				data, err := base64.RawURLEncoding.DecodeString(value)
				if err != nil || !isKeyMember(m) || len(data) < shortMaterial {
					continue
				}
				if isPrivate(m) {
					private++
				}
				if got := leaks(slices.Concat([]byte("a "), data, []byte(" b"))); got != isPrivate(m) {
					t.Errorf("%s: %v", m.Name, got)
				}
			}
			if private == 0 || leaks(nil) || leaks([]byte("ada@example.com")) {
				t.Errorf("%d private members", private)
			}
		})
	}
}

// A short secret is a part of any word, and so is none.
func TestLeaksOfShortSecret(t *testing.T) {
	t.Parallel()
	key, err := NewHMACKey(HS256, []byte("secret "))
	if err != nil {
		t.Fatal(err)
	}
	leaks := LeaksOf(key)
	for text, want := range map[string]bool{"secret ": true, "secret": true, "my secrets": false, "": false} {
		if leaks([]byte(text)) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	public, err := NewKey(ES256, testKeys()[ES256])
	if err != nil {
		t.Fatal(err)
	}
	if public.signing = nil; LeaksOf(public)([]byte("secret")) {
		t.Error("a public key has no secret")
	}
}

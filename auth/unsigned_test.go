package auth

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// An algorithm is deterministic exactly if another source of randomness makes no other
// signature.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	for _, name := range AlgorithmNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := GenerateKey(Algorithm(name), 0, rand.NewChaCha8([32]byte{7}))
			if err != nil {
				t.Fatal(err)
			}
			one, _ := key.Sign(rand.NewChaCha8([32]byte{1}), "input")
			two, _ := key.Sign(rand.NewChaCha8([32]byte{2}), "input")
			if same := string(one) == string(two); Algorithm(name).Deterministic() != same {
				t.Errorf("Deterministic is %v, and the signatures are the same: %v", !same, same)
			}
		})
	}
	if Algorithm("HS1").Deterministic() {
		t.Error("an unknown algorithm is deterministic")
	}
}

// What a token was made of makes the very same token again.
func TestSignBytes(t *testing.T) {
	t.Parallel()
	const payload = "{ \"sub\" : \"ada\",\n\"n\":1.0, \"exp\":1763906712 }"
	const header = `{"typ":"JWT", "alg":"HS256"}`
	issuer := testIssuer(t)
	token, err := issuer.SignBytes([]byte(header), []byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	if want := signedBy(t, issuer.Key, header, payload); token.Compact != want {
		t.Errorf("signed %s, want %s", token.Compact, want)
	}
	if token.Subject() != "ada" || token.Algorithm() != HS256 {
		t.Errorf("read %v %v", token.Header, token.Claims)
	}
	if text, err := issuer.SignBytes([]byte(header), []byte("no JSON")); err != nil || text.Claims != nil {
		t.Errorf("a payload of other bytes: %v, %v", text, err)
	}
}

func TestSignBytesRefuses(t *testing.T) {
	t.Parallel()
	limited := testIssuer(t)
	limited.MaxLifetime = time.Hour
	for _, test := range []struct {
		name, header, payload string
		issuer                *Issuer
	}{
		{"no key", hs256, `{}`, &Issuer{}},
		{"no JSON", ``, `{}`, testIssuer(t)},
		{"another algorithm", `{"alg":"HS512"}`, `{}`, testIssuer(t)},
		{"crit", `{"alg":"HS256","crit":["b64"],"b64":false}`, `{}`, testIssuer(t)},
		{"above the limit", hs256, `{"exp":1795449999}`, limited},
		{"no expiry", hs256, `{}`, limited},
	} {
		if token, err := test.issuer.SignBytes([]byte(test.header), []byte(test.payload)); err == nil {
			t.Errorf("%s: signed %s", test.name, token.Compact)
		}
	}
}

func TestReadUnsigned(t *testing.T) {
	t.Parallel()
	token, err := ReadUnsigned([]byte(hs256), []byte(`{"sub":"ada","exp":1763906712}`))
	if err != nil {
		t.Fatal(err)
	}
	if token.Compact != "" || token.SignatureSegment != "" || token.Subject() != "ada" || token.HeaderSegment != b64(hs256) {
		t.Errorf("read %#v", token)
	}
	if token.Status(at()).State != StateExpired {
		t.Errorf("status %v", token.Status(at()))
	}
	_, err = ReadUnsigned([]byte(hs256), []byte("no JSON"))
	refused, ok := errors.AsType[*DecodeError](err)
	if !ok || refused.Token.Algorithm() != HS256 || refused.Token.Compact != "" {
		t.Errorf("other bytes: %v", err)
	}
}

package auth

import (
	"slices"
	"testing"

	"tokendesk/auth/jsontext"
)

// RFC 9864 gives EdDSA with Ed25519 the name of the curve. A key signs under the name that
// it was made for, and verifies under both unless its JWK names one.
func TestEd25519HasTwoNames(t *testing.T) {
	t.Parallel()
	private := testKeys()[EdDSA]
	byName := map[Algorithm]*Key{}
	for _, name := range []Algorithm{EdDSA, Ed25519} {
		key, err := NewKey(name, private)
		if err != nil {
			t.Fatal(err)
		}
		byName[name] = key
	}
	if byName[EdDSA].Fingerprint() != byName[Ed25519].Fingerprint() || byName[EdDSA].ID() != byName[Ed25519].ID() {
		t.Error("one key has two fingerprints or two IDs")
	}
	jwk := func(alg string) []byte {
		text, err := byName[EdDSA].EncodePrivate(FormatJWK)
		if err != nil {
			t.Fatal(err)
		}
		object, _ := jsontext.ParseObject(text)
		if object = object.Without("alg"); alg != "" {
			object = object.Set("alg", jsontext.Quote(alg))
		}
		text, _ = object.MarshalJSON()
		return text
	}
	for _, tt := range []struct {
		names, asked Algorithm // those of the JWK, and of the caller
		signs        Algorithm
		verifies     []Algorithm
	}{
		{"", "", EdDSA, []Algorithm{EdDSA, Ed25519}},
		{"", Ed25519, Ed25519, []Algorithm{EdDSA, Ed25519}},
		{"", EdDSA, EdDSA, []Algorithm{EdDSA, Ed25519}},
		{Ed25519, "", Ed25519, []Algorithm{Ed25519}},
		{EdDSA, "", EdDSA, []Algorithm{EdDSA}},
		{EdDSA, Ed25519, EdDSA, []Algorithm{EdDSA}},
	} {
		keys, err := ParseKeys(jwk(string(tt.names)), tt.asked)
		if err != nil {
			t.Fatal(err)
		}
		token, err := (&Issuer{Key: keys[0]}).Issue(Request{Subject: "ada"})
		if err != nil || token.Algorithm() != tt.signs || keys[0].Algorithm() != tt.signs {
			t.Errorf("%v: signs under %s, %v", tt, token.Algorithm(), err)
		}
		for _, name := range []Algorithm{EdDSA, Ed25519} {
			compact := signedBy(t, keys[0], `{"alg":"`+string(name)+`"}`, `{}`)
			want := VerdictWrongKey
			if slices.Contains(tt.verifies, name) {
				want = VerdictValid
			}
			if r := (&Verifier{Keys: keys}).Verify(compact); r.Verdict != want {
				t.Errorf("%v: a token under %s is %s, %v", tt, name, r.Verdict, r.Failures)
			}
			under, ok := keys[0].Under(name)
			if ok != slices.Contains(tt.verifies, name) || ok && (under.Algorithm() != name || under.Fingerprint() != keys[0].Fingerprint()) {
				t.Errorf("%v: under %s: %v", tt, name, ok)
			}
		}
		if _, ok := keys[0].Under(ES256); ok {
			t.Errorf("%v: under ES256", tt)
		}
	}
}

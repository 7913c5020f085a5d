package auth

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// Keys that can verify are accepted, and all others are skipped with the reason.
func TestParsePublished(t *testing.T) {
	t.Parallel()
	public := func(alg Algorithm, members string) string { return jwkOf(t, testKeys()[alg].Public(), members) }
	small := `{"kty":"RSA","e":"AQAB","n":"` + base64.RawURLEncoding.EncodeToString(modulus(1024).Bytes()) + `"`
	keys, skipped, err := ParsePublished([]byte(`{"more":1,"keys":[` + strings.Join([]string{
		public(ES256, `"kid":"a","alg":"ES256","use":"sig","key_ops":["verify"]`),
		public(RS256, `"kid":"enc","use":"enc"`),
		"7",
		small + `,"kid":"small"}`,
		public(RS256, `"alg":"RS384"`),
		public(EdDSA, `"kid":"c","x5c":["AAAA"]`),
		`{"kty":"oct2"}`,
		public(ES512, `"kid":"`+strings.Repeat("k", 300)+`","alg":"none"`),
	}, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, key := range keys {
		if key.CanSign() {
			t.Errorf("%s signs", key.ID())
		}
		got = append(got, string(key.Algorithm()))
		if key.ID() != "a" && key.ID() != "c" && len(key.ID()) != 43 {
			t.Errorf("the kid %s", key.ID())
		}
	}
	if want := "ES256 RS384 EdDSA"; strings.Join(got, " ") != want {
		t.Errorf("keys %q, want %s", got, want)
	}
	want := []string{
		`key 2 ("enc"): the use of the JWK is "enc", not sig (RFC 7517 section 4.2)`,
		"key 3 is not an object",
		`key 4 ("small"): the RSA key has 1024 bits, but needs at least 2048`,
		`key 7: the kty of the JWK is "oct2", but must be oct, RSA, EC, OKP or AKP`,
		`key 8 ("` + strings.Repeat("k", 199) + `…): the alg of the JWK is "none", which is not a supported signature algorithm`,
	}
	if len(skipped) != len(want) {
		t.Fatalf("skipped %q", skipped)
	}
	for i, err := range skipped {
		if sentence(err) != want[i] {
			t.Errorf("skipped: %v, want %s", sentence(err), want[i])
		}
	}
}

// A set is refused if it reveals private material, is not a set, or has no usable key.
func TestParsePublishedRefuses(t *testing.T) {
	t.Parallel()
	public := func(alg Algorithm, members string) string { return jwkOf(t, testKeys()[alg].Public(), members) }
	set := func(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `]}` }
	private, _ := testKeys()[RS256].(*rsa.PrivateKey)
	const gives = " of the JWK set contains private key material, so anyone who reads the set can sign tokens; rotate the key"
	tests := map[string]string{
		"":                               "the JWK set cannot be read: expected a JSON object, found the end at line 1, column 1",
		"[]":                             "the JWK set cannot be read: expected a JSON object, found '[' at line 1, column 1",
		`{"keys":[],"keys":[]}`:          `the JWK set cannot be read: duplicate name "keys" at line 1, column 12`,
		"{}":                             "the JWK set has no keys",
		set():                            "the JWK set has no keys",
		`{"keys":{}}`:                    "the JWK set has no keys",
		`{"keys":null}`:                  "the JWK set has no keys",
		public(ES256, ""):                "the JWK set has no keys",
		set("1"):                         "no key of the JWK set can verify tokens: key 1 is not an object",
		set(`{"kty":"X","kid":"a"}`, ""): "the JWK set cannot be read: expected a JSON value, found ']' at line 1, column 32",
		set(`{"kty":"X","kid":"a"}`, "2"): `no key of the JWK set can verify tokens: key 1 ("a"): ` +
			`the kty of the JWK is "X", but must be oct, RSA, EC, OKP or AKP`,
		set(public(ES256, `"kid":"a"`), public(ES384, `"kid":"b"`),
			public(EdDSA, `"kid":"a"`)): `two keys of the JWK set have the kid "a", so a verifier cannot tell them apart`,
		set(public(ES256, ""), jwkOf(t, private, `"kid":"p"`)): `key 2 ("p")` + gives,
		set(`{"kty":"oct","k":"c2hvcnQ"}`):                     "key 1" + gives,
	}
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
		tests[set(public(ES256, fmt.Sprintf(`%q:"AA"`, name)))] = "key 1" + gives
		tests[set(public(ES256, ""), fmt.Sprintf(`{"kty":"X",%q:[]}`, name))] = "key 2" + gives
	}
	for text, want := range tests {
		keys, _, err := ParsePublished([]byte(text))
		if keys != nil || err == nil || sentence(err) != want {
			t.Errorf("%.80s: %v\nwant %s", text, sentence(err), want)
		}
	}
	keys, _, err := ParsePublished([]byte(set(public(ES256, `"kid":""`), public(ES384, ""), public(EdDSA, ""))))
	if err != nil || len(keys) != 3 {
		t.Errorf("keys without an ID: %v, %v", keys, err)
	}
}

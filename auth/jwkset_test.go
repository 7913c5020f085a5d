package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Keys that can verify are accepted, and all others are skipped with the reason.
func TestParsePublished(t *testing.T) {
	t.Parallel()
	public := func(alg Algorithm, members string) string { return jwkOf(t, testKeys()[alg].Public(), members) }
	small := `{"kty":"RSA","e":"AQAB","n":"` + base64.RawURLEncoding.EncodeToString(modulus(1024).Bytes()) + `"`
	keys, remarks, err := ParsePublished([]byte(`{"more":1,"keys":[` + strings.Join([]string{
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
		"key 3: it is not an object",
		`key 4 ("small"): the RSA key has 1024 bits, but needs at least 2048`,
		`key 7: the kty of the JWK is "oct2", but must be oct, RSA, EC, OKP or AKP`,
		`key 8 ("` + strings.Repeat("k", 199) + `…): the alg of the JWK is "none", which is not a supported signature algorithm`,
	}
	if len(remarks) != len(want) {
		t.Fatalf("skipped %q", remarks)
	}
	for i, remark := range remarks {
		if got := remark.Error(); got != "ignored "+want[i] || !remark.Ignored || remark.Expected != (i == 0) {
			t.Errorf("%+v, want %s", remark, want[i])
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
		`{"keys":{}}`:                    "the keys of the JWK set are not in an array (RFC 7517 section 5.1)",
		`{"keys":null}`:                  "the JWK set has no keys",
		public(ES256, ""):                "the JWK set has no keys",
		set("1"):                         "no key of the JWK set can be used: key 1: it is not an object",
		set(`{"kty":"X","kid":"a"}`, ""): "the JWK set cannot be read: expected a JSON value, found ']' at line 1, column 32",
		set(`{"kty":"X","kid":"a"}`, "2"): `no key of the JWK set can be used: key 1 ("a"): ` +
			`the kty of the JWK is "X", but must be oct, RSA, EC, OKP or AKP`,
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

// Keys with the same ID are told apart by their algorithms. If only their material
// differs, both are kept, and a remark says so.
func TestSameKeyID(t *testing.T) {
	t.Parallel()
	keys := testKeys()
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	const a = `"kid":"a"`
	es256, es384, rs256 := jwkOf(t, keys[ES256].Public(), a), jwkOf(t, keys[ES384].Public(), a), jwkOf(t, keys[RS256].Public(), a)
	ps256 := jwkOf(t, keys[RS256].Public(), a+`,"alg":"PS256"`)
	second := jwkOf(t, other.Public(), a)
	for _, tt := range []struct {
		name, want string
		set        []string
		remarks    []string
	}{
		{"another type", "ES256 RS256", []string{es256, rs256}, nil},
		{"another curve", "ES256 ES384", []string{es256, es384}, nil},
		{"another algorithm", "RS256 PS256", []string{rs256, ps256}, nil},
		{"the same key again", "ES256 ES256", []string{es256, es256}, nil},
		{"another key", "RS256 ES256 ES256", []string{rs256, es256, second}, []string{
			`key 3 ("a"): it has the kid and the algorithm of key 2 ("a"), so a verifier may try the wrong one (RFC 7517 section 4.5)`,
		}},
		{"without a kid", "ES256 ES256", []string{jwkOf(t, other.Public(), ""), jwkOf(t, keys[ES256].Public(), "")}, nil},
	} {
		text := []byte(`{"keys":[` + strings.Join(tt.set, ",") + `]}`)
		published, remarks, err := ParsePublished(text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		check := func(where string, keys []*Key, remarks []*SetRemark) {
			var algorithms, said []string
			for _, key := range keys {
				algorithms = append(algorithms, string(key.Algorithm()))
			}
			for _, remark := range remarks {
				said = append(said, remark.Error())
			}
			if strings.Join(algorithms, " ") != tt.want || !slices.Equal(said, tt.remarks) {
				t.Errorf("%s %s: %s, %q", tt.name, where, algorithms, said)
			}
		}
		check("at a URL", published, remarks)
		var told []*SetRemark
		inFile, err := ParseKeys(text, "", WithRemarks(func(r *SetRemark) { told = append(told, r) }))
		if err != nil {
			t.Errorf("%s in a file: %v", tt.name, err)
		}
		check("in a file", inFile, told)
		if tt.name == "another key" { // both are tried
			private, err := NewKey(ES256, other, WithKeyID("a"))
			if err != nil {
				t.Fatal(err)
			}
			token, err := (&Issuer{Key: private}).Issue(Request{Subject: "ada"})
			if err != nil {
				t.Fatal(err)
			}
			if result := (&Verifier{Keys: published}).Verify(token.Compact); result.Verdict != VerdictValid {
				t.Errorf("signed with the second: %v", result.Err())
			}
		}
	}
}

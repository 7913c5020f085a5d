package auth

import (
	"crypto/ecdsa"
	"fmt"
	"strings"
	"testing"
)

// The members of a JWK that make up a key must be strings, for every type of key.
func TestJWKMembersAreStrings(t *testing.T) {
	t.Parallel()
	for _, name := range strings.Fields("use alg kid crv n e d p q dp dq qi x y k") {
		for value, kind := range map[string]string{
			"1": "a number", "null": "null", "[]": "an array", "{}": "an object",
			"true": "a boolean",
		} {
			text := fmt.Sprintf(`{"kty":"oct",%q:%s}`, name, value)
			want := fmt.Sprintf("the %s of the JWK is %s, but must be a string", name, kind)
			if keys, err := ParseKeys([]byte(text), ""); keys != nil || err == nil || sentence(err) != want {
				t.Errorf("%s: %v, want %s", text, sentence(err), want)
			}
		}
	}
	if _, err := ParseKeys([]byte(`{"kty":7}`), ""); err == nil || sentence(err) != "the kty of the JWK is a number, but must be a string" {
		t.Errorf("kty: %v", sentence(err))
	}
}

// A JWK that cannot be used for signatures is refused alone and skipped in a set.
func TestJWKs(t *testing.T) {
	t.Parallel()
	keys := testKeys()
	public := func(alg Algorithm, members string) string { return jwkOf(t, keys[alg].Public(), members) }
	private := func(alg Algorithm, members string) string { return jwkOf(t, keys[alg], members) }
	const k = `"k":"Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK"`
	ec, _ := keys[ES384].(*ecdsa.PrivateKey)
	for _, tt := range []struct {
		name, text string
		alg        Algorithm
		want       string // the key: algorithm, whether it signs, its kid if it has one
		err        string
	}{
		{name: "another HMAC", text: `{"kty":"oct","alg":"HS256",` + k + `}`, alg: HS512, want: "HS256 signs"},
		{
			name: "the algorithm that was asked for", text: `{"kty":"oct",` + k + `}`, alg: RS256,
			err: "RS256 is not an HMAC algorithm; use HS256, HS384 or HS512",
		},
		{name: "RFC 9864", text: public(EdDSA, `"alg":"Ed25519"`), want: "Ed25519"},
		{name: "an empty kid", text: public(ES256, `"kid":""`), want: "ES256"},
		{name: "use sig", text: private(ES256, `"use":"sig","kid":"a"`), want: "ES256 signs a"},
		{name: "an empty use", text: private(ES256, `"use":""`), err: `the use of the JWK is "", not sig (RFC 7517 section 4.2)`},
		{name: "signs", text: private(ES256, `"key_ops":["sign"]`), want: "ES256 signs"},
		{name: "signs and verifies", text: private(ES256, `"key_ops":["verify","sign","x"]`), want: "ES256 signs"},
		{name: "a secret that verifies", text: `{"kty":"oct","key_ops":["verify"],` + k + `}`, want: "HS256 signs"},
		{
			name: "no operations", text: private(ES256, `"key_ops":[]`),
			err: "the key_ops of the JWK contain neither sign nor verify (RFC 7517 section 4.3)",
		},
		{
			name: "operations that are no list", text: private(ES256, `"key_ops":"sign"`),
			err: "the key_ops of the JWK contain neither sign nor verify (RFC 7517 section 4.3)",
		},
		{
			name: "a list of other things", text: private(ES256, `"key_ops":["sign",1]`),
			err: "the key_ops of the JWK contain neither sign nor verify (RFC 7517 section 4.3)",
		},
		{
			name: "ES521 on another curve", text: public(ES384, `"alg":"ES521"`),
			err: `the alg of the JWK is "ES521", which is not a supported signature algorithm`,
		},
		{name: "ES512 by name", text: private(ES512, `"alg":"ES512"`), want: "ES512 signs"},
		{name: "the slip of RFC 7520 signs", text: private(ES512, `"alg":"ES521"`), want: "ES512 signs"},
		{
			name: "another kind than its algorithm", text: public(ES256, `"alg":"RS256"`),
			err: "RS256 needs an RSA key, but this is an EC key on P-256",
		},
		{name: "no kty", text: `{"\u006bty":""}`, err: "the kty of the JWK is missing, but must be oct, RSA, EC, OKP or AKP"},
		{
			name: "kty in capitals", text: `{"kty":"OCT",` + k + `}`,
			err: `the kty of the JWK is "OCT", but must be oct, RSA, EC, OKP or AKP`,
		},
		{
			name: "no crv", text: `{"kty":"EC","x":"AA","y":"AA"}`,
			err: "the EC JWK has no crv",
		},
		{
			name: "an empty crv", text: `{"kty":"EC","crv":"","x":"AA","y":"AA"}`,
			err: "the crv of the EC JWK is missing, but must be P-256, P-384 or P-521",
		},
		{
			name: "Ed448", text: `{"kty":"OKP","crv":"Ed448","x":"AA"}`,
			err: `the crv of the OKP JWK is "Ed448", but must be Ed25519`,
		},
		{
			name: "a curve of OKP for EC", text: `{"kty":"EC","crv":"Ed25519","x":"AA","y":"AA"}`,
			err: `the crv of the EC JWK is "Ed25519", but must be P-256, P-384 or P-521`,
		},
		{name: "a crv that does not matter", text: `{"kty":"oct","crv":"P-256",` + k + `}`, want: "HS256 signs"},
		{
			name: "no k", text: `{"kty":"oct"}`,
			err: "the oct JWK has no k",
		},
		{
			name: "k is no base64url", text: `{"kty":"oct","k":"!"}`,
			err: "the k of the oct JWK is not base64url",
		},
		{
			name: "a short OKP key", text: `{"kty":"OKP","crv":"Ed25519","x":"AA"}`,
			err: "the x of the OKP JWK has 1 byte, but must have 32",
		},
		{name: "oth", text: public(RS256, `"oth":[]`), err: "multi-prime RSA keys are not supported"},
		{name: "other members", text: `{"kty":"oct","x5c":1,"key":2,"ext":true,` + k + `}`, want: "HS256 signs"},
		{name: "a set of one", text: `{"keys":[` + private(ES384, "") + `]}`, want: "ES384 signs"},
		{name: "a set with kty", text: `{"kty":1,"keys":[` + private(ES384, "") + `]}`, want: "ES384 signs"},
		{name: "a set of a string", text: `{"keys":"x"}`, err: "the keys of the JWK set are not in an array (RFC 7517 section 5.1)"},
		{name: "a set with a number", text: `{"keys":[` + private(ES384, "") + `,1]}`, want: "ES384 signs"},
		{
			name: "a set with a duplicate", text: `{"keys":[{"kty":"oct","kty":"oct"}]}`,
			err: `the JWK cannot be read: duplicate name "kty" at line 1, column 23`,
		},
		{
			name: "secrets", text: `{"keys":[{"kty":"oct","kid":"a",` + k + `},{"kty":"oct","kid":"b",` + k + `}]}`,
			want: "HS256 signs a, HS256 signs b",
		},
		{
			name: "an RSA key and a secret", text: `{"keys":[` + public(RS256, "") + `,{"kty":"oct",` + k + `}]}`,
			err: "the JWK set mixes secrets with public keys, so that one can be mistaken for the other (RFC 8725 section 3.1); split it",
		},
		{
			name: "several without a kid", text: `{"keys":[` + public(ES256, "") + "," + public(ES384, "") + "," + public(EdDSA, "") + `]}`,
			want: "ES256, ES384, EdDSA",
		},
		{
			name: "none of three", text: `{"keys":[{"kty":"a"},{"kty":"b"},{"kty":"oct","use":"enc",` + k + `}]}`,
			err: `no key of the JWK set can be used: key 1: the kty of the JWK is "a", but must be oct, RSA, EC, OKP or AKP`,
		},
		{
			name: "a kid twice, once to encrypt",
			text: `{"keys":[` + public(RS256, `"kid":"a","use":"enc"`) + "," + public(ES256, `"kid":"a"`) + `]}`, want: "ES256 a",
		},
		{
			name: "a kid twice, for other algorithms",
			text: `{"keys":[` + public(RS256, `"kid":"a"`) + "," + public(PS256, `"kid":"a","alg":"PS256"`) + `]}`, want: "RS256 a, PS256 a",
		},
		{
			name: "the wrong d", text: strings.Replace(jwkOf(t, ec, ""), member(jwkOf(t, ec, ""), "d"), `"d":"AQ"`, 1),
			err: "the EC key in the JWK is invalid: its members do not belong together, or the point is not on its curve",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			keys, err := ParseKeys([]byte(tt.text), tt.alg)
			if tt.err != "" {
				if keys != nil || err == nil || sentence(err) != tt.err {
					t.Errorf("got %v\nwant %s", sentence(err), tt.err)
				}
				return
			}
			var got []string
			for _, key := range keys {
				text := string(key.Algorithm())
				if key.CanSign() {
					text += " signs"
				}
				if len(key.ID()) > 0 && len(key.ID()) < 43 {
					text += " " + key.ID()
				}
				got = append(got, text)
			}
			if strings.Join(got, ", ") != tt.want || err != nil {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

// A file that is empty is refused, and one that has one byte is a short secret.
func TestShortestKeyFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "it is empty", " ": "it is blank", "\n\t": "it is blank"} {
		if keys, err := ParseKeys([]byte(text), ""); keys != nil || err == nil || sentence(err) != want+"; choose a file with a key" {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"{", "[", "'", "M", "$", "0"} {
		if keys, err := ParseKeys([]byte(text), ""); err != nil || keys[0].Weakness() == nil || keys[0].Weakness().Kind != SecretShort {
			t.Errorf("%q: %v, %v", text, keys, err)
		}
	}
}

// The ID in a JWK takes precedence over the option, which takes precedence over the
// thumbprint. The options of the caller are not changed.
func TestJWKKeyID(t *testing.T) {
	t.Parallel()
	options := append(make([]KeyOption, 0, 4), WithKeyID("asked"))
	for text, want := range map[string]string{
		jwkOf(t, testKeys()[ES256], `"kid":"own"`):                                     "own",
		jwkOf(t, testKeys()[ES256], ""):                                                "asked",
		jwkOf(t, testKeys()[ES256], `"kid":""`):                                        "asked",
		`{"kty":"oct","kid":"own","k":"Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK"}`: "own",
		`{"kty":"oct","k":"Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK"}`:             "asked",
		testSecret: "asked",
	} {
		if keys, err := ParseKeys([]byte(text), "", options...); err != nil || keys[0].ID() != want {
			t.Errorf("%.40s: %v, %v, want %s", text, keys, err, want)
		}
	}
}

// A file is UTF-16 if it starts like Latin text in UTF-16, in either byte order.
func TestUTF16Files(t *testing.T) {
	t.Parallel()
	swap := func(text string) string {
		b := []byte(text)
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return string(b)
	}
	little := utf16le("correct horse battery")
	const want = "it is UTF-16; save it as UTF-8"
	for _, text := range []string{little, swap(little), little[:10], swap(little)[:10], little[:11]} {
		if _, err := ParseKeys([]byte(text), ""); err == nil || sentence(err) != want {
			t.Errorf("%q: %v", text, sentence(err))
		}
	}
	changed := func(text string, i int, c byte) string { return text[:i] + string([]byte{c}) + text[i+1:] }
	others := []string{little[:9], swap(little)[:9], little[2:], swap(little)[2:]}
	for i := range 10 {
		for _, text := range []string{little, swap(little)} {
			c := byte('x')
			if text[i] != 0 && i > 1 {
				c = 0
			}
			others = append(others, changed(text, i, c))
		}
	}
	for _, text := range others {
		if _, err := ParseKeys([]byte(text), ""); err != nil && sentence(err) == want {
			t.Errorf("%q: %v", text, sentence(err))
		}
	}
	for _, text := range []string{"\ufeff" + testSecret, "\ufeff"} {
		if _, err := ParseKeys([]byte(text), ""); err == nil ||
			sentence(err) != "it starts with a byte order mark; save it as UTF-8 without one" {
			t.Errorf("%q: %v", text, sentence(err))
		}
	}
	if keys, err := ParseKeys([]byte("\xef\xbb\xbf\xff"+testSecret), ""); err != nil || keys[0].Bits() != 8*(4+len(testSecret)) {
		t.Errorf("bytes that begin like a mark: %v", err)
	}
}

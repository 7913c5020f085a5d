package auth

import (
	"encoding/base64"
	"strings"
	"testing"
)

// No change to a signed token leaves its signature valid, and if its form is broken too,
// the form is reported.
func TestTamperedTokens(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	good := signedBy(t, key, hs256, `{"sub":"ada"}`)
	parts := strings.Split(good, ".")
	header, payload, signature := parts[0], parts[1], parts[2]
	flipped := strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, signature[:1]) + signature[1:]
	tests := []struct {
		name, compact string
		want          Verdict
		checked       bool
	}{
		{"untouched", good, VerdictValid, true},
		{"signature of another first byte", header + "." + payload + "." + flipped, VerdictBadSignature, true},
		{"signature too short by a byte", header + "." + payload + "." + b64(strings.Repeat("x", 31)), VerdictBadSignature, true},
		{"signature too long", good + "AAAA", VerdictBadSignature, true},
		{"signature in standard base64", header + "." + payload + ".+" + signature[1:], VerdictMalformed, true},
		{"no signature", header + "." + payload + ".", VerdictBadSignature, true},
		{"no signature and no dot", header + "." + payload, VerdictMalformed, false},
		{"another payload", header + "." + b64(`{"sub":"eve"}`) + "." + signature, VerdictBadSignature, true},
		{"no payload", header + ".." + signature, VerdictMalformed, false},
		{"no payload and no dot", header + "." + signature, VerdictMalformed, false},
		{"another header", b64(`{"alg":"HS256"}`) + "." + payload + "." + signature, VerdictBadSignature, true},
		{"no header", "." + payload + "." + signature, VerdictMalformed, false},
		{"no header and no dot", payload + "." + signature, VerdictMalformed, false},
		{"neither header nor signature", "." + payload + ".", VerdictMalformed, false},
		{"only dots", "..", VerdictMalformed, false},
		{"one empty segment more", good + ".", VerdictMalformed, false},
		{"one segment more", good + "." + signature, VerdictMalformed, false},
		{"none, and no signature", b64(`{"alg":"none"}`) + "." + payload + ".", VerdictUnsupported, false},
		{"none, and a signature", b64(`{"alg":"none"}`) + "." + payload + "." + signature, VerdictUnsupported, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
			r := v.VerifySignature(tt.compact)
			if r.Verdict != tt.want || r.SignatureChecked != tt.checked || (r.Key == key) != (tt.want == VerdictValid) || r.Token == nil {
				t.Errorf("%q, checked %t, %v", r.Verdict, r.SignatureChecked, r.Failures)
			}
			if full := v.Verify(tt.compact); (full.Verdict == VerdictValid) != (tt.want == VerdictValid) {
				t.Errorf("Verify says %q", full.Verdict)
			}
		})
	}
}

// A token with a character outside base64url is refused, even if its signature is valid.
func TestForeignCharactersUnderAGoodSignature(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
	for _, foreign := range []string{" ", "    ", "\t", "\n", "\r\n", "?", "####", "=", "+", "/", "%2E", "\x00", "é", "\xff", "\u200b"} {
		for segment := range 3 {
			for _, behind := range []bool{false, true} {
				segments := []string{b64(hs256), b64(`{"sub":"ada"}`), ""}
				insert := func(at int) {
					if behind {
						segments[at] += foreign
					} else {
						segments[at] = foreign + segments[at]
					}
				}
				if segment < 2 {
					insert(segment)
				}
				signature, err := key.Sign(nil, segments[0]+"."+segments[1])
				if err != nil {
					t.Fatal(err)
				}
				segments[2] = base64.RawURLEncoding.EncodeToString(signature)
				if segment == 2 {
					insert(2)
				}
				r := v.VerifySignature(strings.Join(segments, "."))
				isBase64 := strings.Contains("=+/", foreign) // other libraries accept it, so it is tried
				if r.Verdict != VerdictMalformed || r.SignatureChecked && !isBase64 {
					t.Errorf("%q in segment %d: %q", foreign, segment+1, r.Verdict)
				}
			}
		}
	}
}

// A segment with unused bits that are not zero is refused, even if the signature covers
// it.
func TestSpareBitsUnderAGoodSignature(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	input := b64(`{"alg":"HS256"} `) + "." + b64(`{}`)
	input = input[:len(input)-1] + "1" // like "fQ" for the last byte, with an unused bit set
	signature, err := key.Sign(nil, input)
	if err != nil {
		t.Fatal(err)
	}
	v := Verifier{Keys: []*Key{key}}
	r := v.VerifySignature(input + "." + base64.RawURLEncoding.EncodeToString(signature))
	if r.Verdict != VerdictMalformed ||
		r.Failures[0].Reason != "the payload is not base64url: the unused bits of the last character are not zero, so it was changed or cut off" {
		t.Errorf("%q, %v", r.Verdict, r.Failures)
	}
}

// A key for another algorithm is never tried, whatever its bytes.
func TestOneKeyOneAlgorithm(t *testing.T) {
	t.Parallel()
	secret := []byte(testSecret + testSecret)
	algs := []Algorithm{HS256, HS384, HS512}
	for _, signing := range algs {
		signer, err := NewHMACKey(signing, secret)
		if err != nil {
			t.Fatal(err)
		}
		for _, named := range append(algs, "RS256", "ES256", "PS512", "EdDSA", "Ed25519") {
			compact := signedBy(t, signer, `{"alg":"`+string(named)+`"}`, "{}")
			for _, verifying := range algs {
				key, err := NewHMACKey(verifying, secret)
				if err != nil {
					t.Fatal(err)
				}
				want := VerdictValid
				switch {
				case named != verifying:
					want = VerdictWrongKey
				case signing != verifying:
					want = VerdictBadSignature
				}
				v := Verifier{Keys: []*Key{key}}
				if got := v.VerifySignature(compact).Verdict; got != want {
					t.Errorf("signed with %s, named %s, verified with %s: %q, want %q", signing, named, verifying, got, want)
				}
			}
		}
	}
}

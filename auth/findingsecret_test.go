package auth

import (
	"crypto/hmac"
	"slices"
	"strings"
	"testing"
	"time"
)

// signedWith returns a token that the secret signed, whatever is wrong with it.
func signedWith(t *testing.T, alg Algorithm, secret string) string {
	t.Helper()
	input := b64(`{"alg":"`+string(alg)+`"}`) + "." + b64(`{"sub":"ada"}`)
	mac := hmac.New(alg.scheme().hash.New, []byte(secret))
	mac.Write([]byte(input))
	return input + "." + b64(string(mac.Sum(nil)))
}

// secretFindings returns the findings about the secret of a token.
func secretFindings(result *Result) []Finding {
	return slices.DeleteFunc(result.Findings(time.Now()), func(f Finding) bool { return !strings.HasSuffix(f.Code, "-secret") })
}

// A token that nobody verified is tried with the published secrets, for every HMAC
// algorithm, and the finding names the secret and where it is printed.
func TestPublishedSecretOfAStranger(t *testing.T) {
	t.Parallel()
	for _, alg := range []Algorithm{HS256, HS384, HS512} {
		for secret, want := range map[string]string{
			"your-256-bit-secret": `"your-256-bit-secret", an example of jwt.io`,
			"secret":              `"secret", common in tutorials`,
			"\xb1\xe7\x2b\x7a":    "an example of Spring tutorials",
			"Kx9L2wQv7TzB":        "",
		} {
			token, err := Decode(signedWith(t, alg, secret))
			if err != nil {
				t.Fatal(err)
			}
			found := secretFindings(&Result{Token: token})
			if want == "" {
				if len(found) > 0 {
					t.Errorf("%s: %+v", alg, found)
				}
				continue
			}
			text := "the secret that signed it is published (" + want + "): anyone can sign such tokens"
			if len(found) != 1 || found[0] != (Finding{"published-secret", SeverityDanger, text, "RFC 7518 section 3.2"}) {
				t.Errorf("%s: %+v, want %s", alg, found, text)
			}
		}
	}
}

// For a token that a key verified, the key says what is wrong with its secret.
func TestSecretOfTheKey(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]Finding{
		testSecret: {},
		"your-256-bit-secret": {
			"published-secret", SeverityDanger,
			"the secret that signed it is published (an example of jwt.io): anyone can sign such tokens", "RFC 7518 section 3.2",
		},
		"Kx9L2w": {
			"weak-secret", SeverityWarning, "the secret has only 6 bytes, and HS256 needs at least 32 random bytes", "RFC 7518 section 3.2",
		},
	} {
		key, err := NewHMACKey(HS256, []byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		token, err := (&Issuer{Key: key}).Issue(Request{Subject: "ada"})
		if err != nil {
			t.Fatal(err)
		}
		result := (&Verifier{Keys: []*Key{key}}).Verify(token.Compact)
		if result.Verdict != VerdictValid {
			t.Errorf("the token of %q is %s", secret, result.Verdict)
		}
		found := secretFindings(&result)
		if want == (Finding{}) && len(found) > 0 || want != (Finding{}) && (len(found) != 1 || found[0] != want) {
			t.Errorf("%q: %+v, want %+v", secret, found, want)
		}
	}
}

// TestBadSignatureOfAPublishedSecret: the verdict says why no configured key made it, and not
// that the token was changed.
func TestBadSignatureOfAPublishedSecret(t *testing.T) {
	t.Parallel()
	key, err := NewHMACKey(HS256, []byte(testSecret))
	if err != nil {
		t.Fatal(err)
	}
	r := (&Verifier{Keys: []*Key{key}, Now: clockAt(at())}).Verify(hmacToken(t, []byte("your-256-bit-secret")))
	const want = "the signature was made with a published secret, not with the configured key"
	if r.Verdict != VerdictBadSignature || r.Failures[0].Reason != want {
		t.Errorf("%v: %+v", r.Verdict, r.Failures)
	}
}

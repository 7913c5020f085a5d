package auth

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Each finding is made for its case, in exactly these words.
func TestFindings(t *testing.T) {
	t.Parallel()
	const rest = `"sub":"ada","iat":1795442712,"exp":1795444512`
	tests := map[string]struct{ compact, want string }{
		"alg-none": {
			b64(`{"alg":"NoNe"}`) + "." + b64("{"+rest+"}") + ".", "alg is none: nothing is signed, and an API that accepts it accepts any claims",
		},
		"signature-missing": {b64(hs256) + "." + b64("{"+rest+"}") + ".", "the signature is empty: an API that accepts it accepts any claims"},
		"signature-length": {
			b64(hs256) + "." + b64("{"+rest+"}") + "." + b64("short"), "the signature has 5 bytes, but an HS256 signature always has 32",
		},
		"embedded-key": {
			compactOf(`{"alg":"HS256","jwk":{}}`, "{"+rest+"}"),
			"the header contains a key (jwk): a verifier that uses it trusts whoever wrote the token",
		},
		"private-key": {
			compactOf(`{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","d":"x"}}`, `{"jti":"1","htm":"GET","htu":"https://x","iat":1795442712}`),
			"jwk contains a private key: whoever sees the token can sign with it",
		},
		"type-rules": {
			compactOf(`{"typ":"dpop+jwt","alg":"ES256","jwk":{}}`, `{"jti":"1","htm":"GET","iat":1795442712}`), "a DPoP proof needs htu",
		},
		"graph-nonce": {
			compactOf(`{"alg":"RS256","nonce":"x"}`, `{"iss":"https://sts.windows.net/t/",`+rest+"}"),
			"the header has a nonce, so only Microsoft Graph can verify the signature: do not verify access tokens of other APIs",
		},
		"key-url": {
			compactOf(`{"alg":"HS256","jku":"https://evil.example"}`, "{"+rest+"}"),
			"the header says where to fetch the key (jku): a verifier that fetches it trusts whoever wrote the token",
		},
		"kid-injection": {
			compactOf(`{"alg":"HS256","kid":"../../dev/null"}`, "{"+rest+"}"),
			"kid looks like a path: a verifier that opens it can be made to use a file with known content",
		},
		"secret-in-claims": {
			compactOf(hs256, `{"user":{"password":"hunter2"},`+rest+"}"),
			`the claim "user.password" seems to contain a secret: a token is signed, not encrypted, so anyone can read it`,
		},
		"duplicate-names": {
			compactOf(hs256, `{"sub":"eve",`+rest+"}"), `the payload has "sub" more than once: some readers use the first, others the last`,
		},
		"critical": {
			compactOf(`{"alg":"HS256","crit":["x"]}`, "{"+rest+"}"),
			"the header has crit, which changes what the token means: a verifier that does not understand it must refuse the token",
		},
		"no-expiry": {compactOf(hs256, `{"sub":"ada"}`), "there is no exp: anyone who gets hold of the token can use it indefinitely"},
		"long-lifetime": {
			compactOf(hs256, `{"sub":"ada","iat":1795442712,"exp":1890050712}`), "the lifetime is 3y: a stolen token stays valid that long",
		},
		"milliseconds": {
			compactOf(hs256, `{"sub":"ada","exp":1795444512000}`),
			"exp seems to be in milliseconds (2026-11-23 14:35:12 UTC): a NumericDate is in seconds",
		},
		"date-out-of-range": {
			compactOf(hs256, `{"sub":"ada","exp":0}`), "exp is zero, which means 1970 but which many libraries treat as no expiry",
		},
		"never-valid": {
			compactOf(hs256, `{"sub":"ada","iat":1795442712,"exp":1795442712}`), "exp is not after iat: the token is never valid",
		},
		"issued-in-future": {
			compactOf(hs256, `{"sub":"ada","iat":1795442772,"exp":1795444512}`), "iat is 1m in the future: a clock is wrong, or iat was made up",
		},
		"wrong-type": {
			compactOf(hs256, `{"sub":"ada","exp":1795444512,"nbf":"now"}`), "nbf must be a number of seconds since 1970, but is a string",
		},
		"empty-audience": {compactOf(hs256, `{"aud":[],`+rest+"}"), "aud is empty: the token is meant for nobody"},
		"name-case":      {compactOf(hs256, `{"EXP":1,`+rest+"}"), `the claim "EXP" differs from exp only in case: some libraries confuse them`},
		"invisible-text": {
			compactOf(hs256, `{"name":"a\u202eb",`+rest+"}"),
			`the claim "name" contains an invisible character (U+202E): two values that look the same may differ`,
		},
		"token-in-claims": {
			compactOf(hs256, `{"inner":["`+compactOf(hs256, "{}")+`"],`+rest+"}"),
			`the claim "inner" contains another token: anyone who reads this one can use it`,
		},
		"no-subject": {compactOf(hs256, `{"exp":1795444512}`), "there is no sub: the token does not say who it is about"},
		"time-zone": {
			compactOf(hs256, `{"sub":"ada","iat":1795435510,"exp":1795437310}`),
			"iat is 2h ago: if the token was issued just now, its times are off by a time zone, as those of Python's utcnow().timestamp() are",
		},
		"fraction": {
			compactOf(hs256, `{"sub":"ada","exp":1795444512.5}`), "exp has a fraction of a second, which is allowed but which some libraries refuse",
		},
		"inexact-number": {
			compactOf(hs256, `{"id":9007199254740993,`+rest+"}"),
			`the claim "id" is a number that JavaScript and many others round to 9007199254740992`,
		},
		"published-secret": {
			signedWith(t, HS256, "secret"), `the secret that signed it is published ("secret", common in tutorials): anyone can sign such tokens`,
		},
		"weak-secret": {compactOf(hs256, "{"+rest+"}"), "the secret has only 6 bytes, and HS256 needs at least 32 random bytes"},
		"large": {
			compactOf(hs256, `{"x":"`+strings.Repeat("x", 4000)+`",`+rest+"}"),
			"the token has 5487 bytes: it does not fit in a cookie, which holds 4096",
		},
	}
	weak, err := NewHMACKey(HS256, []byte("Kx9L2w"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range finders() {
		t.Run(row.code, func(t *testing.T) {
			t.Parallel()
			tt, ok := tests[row.code]
			if !ok {
				t.Fatal("this row of the table has no case")
			}
			token, _ := decode(tt.compact, Extras{})
			findings := Findings(token, at())
			if row.code == "weak-secret" {
				findings = (&Result{Token: token, Key: weak}).Findings(at())
			}
			i := slices.IndexFunc(findings, func(f Finding) bool { return f.Code == row.code })
			if i < 0 {
				t.Fatalf("not found among %v", findings)
			}
			source := row.source
			if row.code == "type-rules" {
				source = "RFC 9449 section 4.2"
			}
			if got := findings[i]; got.Text != tt.want || got.Severity != row.severity || got.Source != source {
				t.Errorf("got  %+v\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMoreFindings(t *testing.T) {
	t.Parallel()
	const rest = `"sub":"ada","iat":1795442712,"exp":1795444512`
	der := b64(`{"alg":"ES256"}`) + "." + b64("{"+rest+"}") + "." + b64("\x30\x44"+strings.Repeat("x", 68))
	for want, compact := range map[string]string{
		"the signature is 70 bytes of DER, but an ES256 signature in a token is r and s in 64 bytes": der,
		"the signature has 32 bytes, but that of an RSA key with 2048 bits or more has at least 256": compactOf(
			`{"alg":"RS256"}`, "{"+rest+"}"),
		"kid contains characters of SQL or a shell: a verifier that builds a query or a command from it can be attacked": compactOf(
			`{"alg":"HS256","kid":"x' UNION SELECT 'y"}`, "{"+rest+"}"),
		"exp is after the year 9999, which most libraries cannot represent": compactOf(hs256,
			`{"sub":"ada","exp":1e30}`),
		`the claim "id" is a number that JavaScript and many others cannot represent`: compactOf(hs256,
			`{"id":1`+strings.Repeat("0", 390)+`1,`+rest+"}"),
		"iat is before 1970": compactOf(hs256, `{"sub":"ada","iat":-1,"exp":1795444512}`),
		"the token has 10820 bytes: most web servers refuse headers above 8192": compactOf(hs256,
			`{"x":"`+strings.Repeat("x", 8000)+`",`+rest+"}"),
		`the claim "note" seems to contain a secret: a token is signed, not encrypted, so anyone can read it`: compactOf(hs256,
			`{"note":"-----BEGIN RSA PRIVATE KEY-----",`+rest+"}"),
	} {
		token, _ := decode(compact, Extras{})
		findings := Findings(token, at())
		if !slices.ContainsFunc(findings, func(f Finding) bool { return f.Text == want }) {
			t.Errorf("%q is not among %v", want, findings)
		}
	}
}

func TestNoFindings(t *testing.T) {
	t.Parallel()
	token, err := testIssuer(t).Issue(Request{Subject: "ada@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if findings := Findings(token, at()); len(findings) > 0 {
		t.Errorf("a plain token: %v", findings)
	}
	if findings := Findings(&Token{}, at()); len(findings) > 0 {
		t.Errorf("nothing at all: %v", findings)
	}
}

func TestFindingsMostSeriousFirst(t *testing.T) {
	t.Parallel()
	token, _ := decode(compactOf(`{"alg":"HS256","jku":"x"}`, `{"EXP":1,"id":9007199254740993,"password":"x"}`), Extras{})
	var got []string
	for _, f := range Findings(token, at()) {
		got = append(got, fmt.Sprintf("%s %s", f.Severity, f.Code))
	}
	want := []string{
		"danger key-url", "danger secret-in-claims", "warning no-expiry", "warning name-case", "note no-subject", "note inexact-number",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The last second of the year 9999 is treated like any other.
func TestFindingsOfTheLastMoment(t *testing.T) {
	t.Parallel()
	token, err := Decode(compactOf(hs256, `{"sub":"ada","iat":1795442712,"exp":253402300799}`))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, f := range Findings(token, at()) {
		texts = append(texts, f.Text)
	}
	if want := "the lifetime is more than 292y: a stolen token stays valid that long"; !slices.Contains(texts, want) {
		t.Errorf("findings %q, want %q", texts, want)
	}
}

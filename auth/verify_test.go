package auth

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestVerdicts(t *testing.T) {
	t.Parallel()
	key := testKey(t, WithKeyID("2026-11"))
	noID := testKey(t)
	other, err := NewHMACKey(HS256, []byte(strings.Repeat("Zx8Kq2Lw", 5)), WithKeyID("other"))
	if err != nil {
		t.Fatal(err)
	}
	const live = `{"sub":"ada","iat":1795442000,"exp":1795443000}` // 14:05:12 is 1795442712
	sign := func(header, payload string) string { return signedBy(t, key, header, payload) }
	tests := []struct {
		name    string
		compact string
		change  func(*Verifier)
		want    []string // verdict and reason of every failure; none if valid
		checked bool
	}{
		{"good", sign(hs256, live), nil, nil, true},
		{"no expiry", sign(hs256, `{}`), nil, nil, true},
		{"malformed", "x", nil, []string{"malformed: there is no dot in it, so it is not a token"}, false},
		{
			"unsupported", compactOf(`{"alg":"none"}`, live), nil,
			[]string{`unsupported: the header's alg is "none", so the token is not signed and anyone could have written it`},
			false,
		},
		{"no key", sign(hs256, live), func(v *Verifier) { v.Keys = nil }, []string{"wrong key: no key is configured"}, false},
		{
			"another algorithm", compactOf(`{"alg":"RS256"}`, live), nil,
			[]string{"wrong key: the token is signed with RS256, but the configured key is for HS256"},
			false,
		},
		{
			"another HMAC size", sign(`{"alg":"HS512"}`, live), nil,
			[]string{"wrong key: the token is signed with HS512, but the configured key is for HS256"},
			false,
		},
		{
			"changed", strings.Replace(sign(hs256, live), b64(live), b64(strings.Replace(live, "ada", "eve", 1)), 1), nil,
			[]string{"bad signature: the signature was not made with the configured key, or the token was changed after it was signed"},
			true,
		},
		{
			"signature cut off", strings.Join(strings.Split(sign(hs256, live), ".")[:2], ".") + ".", nil,
			[]string{"bad signature: the signature is empty, so anyone could have written the token"},
			true,
		},
		{
			"key of another kid", signedBy(t, other, `{"alg":"HS256","kid":"other"}`, live), nil,
			[]string{`wrong key: the token names the key "other", which is not configured`},
			false,
		},
		{
			"another kid on the right key", sign(`{"alg":"HS256","kid":"anything"}`, live), nil,
			[]string{
				`wrong key: the token names the key "anything", which is not configured, ` +
					`although the configured key "2026-11" made its signature`,
			},
			true,
		},
		{
			"kid for a key without one", signedBy(t, noID, `{"alg":"HS256","kid":"anything"}`, live), func(v *Verifier) { v.Keys = []*Key{noID} },
			nil, true,
		},
		{"second key", signedBy(t, other, hs256, live), func(v *Verifier) { v.Keys = append(v.Keys, other) }, nil, true},

		{"expired a second ago", sign(hs256, `{"exp":1795442711}`), nil, []string{"expired: the token expired at 2026-11-23 14:05:11 UTC"}, true},
		{
			"expired at exactly exp", sign(hs256, `{"exp":1795442712}`), nil,
			[]string{"expired: the token expired at 2026-11-23 14:05:12 UTC"},
			true,
		},
		{"good until exp", sign(hs256, `{"exp":1795442713}`), nil, nil, true},
		{"exp zero", sign(hs256, `{"exp":0}`), nil, []string{"expired: the token expired at 1970-01-01 00:00:00 UTC"}, true},
		{"exp negative", sign(hs256, `{"exp":-1}`), nil, []string{"expired: the token expired at 1969-12-31 23:59:59 UTC"}, true},
		{"exp far below", sign(hs256, `{"exp":-1e400}`), nil, []string{"expired: the token expired at a moment long before the year 1"}, true},
		{
			"exp far above", sign(hs256, `{"exp":1e400}`), nil,
			[]string{"wrong claim: exp is after the year 9999, where libraries do not agree on a date"},
			true,
		},
		{"nbf now", sign(hs256, `{"nbf":1795442712}`), nil, nil, true},
		{
			"nbf in a second", sign(hs256, `{"nbf":1795442713}`), nil,
			[]string{"not yet valid: the token is not valid before 2026-11-23 14:05:13 UTC"},
			true,
		},
		{
			"iat in the future", sign(hs256, `{"iat":1795442713}`), nil,
			[]string{"not yet valid: the token was issued in the future, at 2026-11-23 14:05:13 UTC"},
			true,
		},
		{
			"leeway", sign(hs256, `{"exp":1795442703,"nbf":1795442722,"iat":1795442722}`), func(v *Verifier) { v.Leeway = 10 * time.Second }, nil,
			true,
		},
		{
			"leeway is exact", sign(hs256, `{"exp":1795442702}`), func(v *Verifier) { v.Leeway = 10 * time.Second },
			[]string{"expired: the token expired at 2026-11-23 14:05:02 UTC"},
			true,
		},

		{
			"exp is a string", sign(hs256, `{"exp":"1795443000"}`), nil,
			[]string{"wrong claim: exp must be a number of seconds since 1970, but is a string"},
			true,
		},
		{"exp is null", sign(hs256, `{"exp":null}`), nil, []string{"wrong claim: exp must be a number of seconds since 1970, but is null"}, true},
		{"sub is a number", sign(hs256, `{"sub":42}`), nil, []string{"wrong claim: sub must be a string, but is a number"}, true},
		{"issuer", sign(hs256, `{"iss":"a"}`), func(v *Verifier) { v.Iss = "a" }, nil, true},
		{
			"issuer with a common prefix", sign(hs256, `{"iss":"https://a.example.evil"}`), func(v *Verifier) { v.Iss = "https://a.example" },
			[]string{`wrong claim: iss is "https://a.example.evil", expected "https://a.example"`},
			true,
		},
		{"no issuer", sign(hs256, `{}`), func(v *Verifier) { v.Iss = "a" }, []string{`wrong claim: iss is missing, expected "a"`}, true},
		{"audience", sign(hs256, `{"aud":"api"}`), func(v *Verifier) { v.Aud = []string{"api"} }, nil, true},
		{"one audience of several", sign(hs256, `{"aud":["web","api"]}`), func(v *Verifier) { v.Aud = []string{"api", "x"} }, nil, true},
		{
			"another audience", sign(hs256, `{"aud":["web"]}`), func(v *Verifier) { v.Aud = []string{"api"} },
			[]string{`wrong claim: aud is ["web"], expected "api"`},
			true,
		},
		{
			"empty audience", sign(hs256, `{"aud":[]}`), func(v *Verifier) { v.Aud = []string{"api"} },
			[]string{`wrong claim: aud is [], expected "api"`},
			true,
		},
		{
			"an empty audience is never expected", sign(hs256, `{"aud":""}`), func(v *Verifier) { v.Aud = []string{""} },
			[]string{`wrong claim: aud is "", expected ""`},
			true,
		},
		{
			"no audience", sign(hs256, `{}`), func(v *Verifier) { v.Aud = []string{"api"} },
			[]string{`wrong claim: aud is missing, expected "api"`},
			true,
		},
		{
			"audience of a wrong type", sign(hs256, `{"aud":[1]}`), nil,
			[]string{"wrong claim: aud must be a string or an array of strings, but is an array with other values"},
			true,
		},
		{"type in another case", sign(`{"alg":"HS256","typ":"AT+JWT"}`, `{}`), func(v *Verifier) { v.Typ = "application/at+jwt" }, nil, true},
		{
			"another type", sign(hs256, `{}`), func(v *Verifier) { v.Typ = "at+jwt" },
			[]string{`wrong claim: typ is "JWT", expected "at+jwt"`},
			true,
		},

		{"everything at once", compactOf(hs256, `{"exp":1,"nbf":9999999999,"sub":1,"aud":"x"}`), func(v *Verifier) { v.Iss = "me" }, []string{
			"bad signature: the signature was not made with the configured key, or the token was changed after it was signed",
			"expired: the token expired at 1970-01-01 00:00:01 UTC",
			"not yet valid: the token is not valid before 2286-11-20 17:46:39 UTC",
			"wrong claim: sub must be a string, but is a number",
			`wrong claim: iss is missing, expected "me"`,
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
			if tt.change != nil {
				tt.change(&v)
			}
			result := v.Verify(tt.compact)
			var got []string
			for _, f := range result.Failures {
				got = append(got, f.Verdict.String()+": "+f.Reason)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("failures\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
			want := VerdictValid
			if len(result.Failures) > 0 {
				want = result.Failures[0].Verdict
			}
			if result.Verdict != want {
				t.Errorf("verdict %q, want that of the first failure, %q", result.Verdict, want)
			}
			if result.SignatureChecked != tt.checked || result.Token == nil {
				t.Errorf("signature checked: %t, want %t", result.SignatureChecked, tt.checked)
			}
			unsigned := slices.ContainsFunc(result.Failures, func(f Failure) bool { return f.Verdict < VerdictExpired })
			if unsigned != (result.Key == nil) {
				t.Errorf("the key that signed is %v", result.Key)
			}
		})
	}
}

func TestBoundariesToTheNanosecond(t *testing.T) {
	t.Parallel()
	v := Verifier{Keys: []*Key{testKey(t)}}
	exp := signedBy(t, testKey(t), hs256, `{"exp":1795442712}`)
	nbf := signedBy(t, testKey(t), hs256, `{"nbf":1795442712}`)
	half := signedBy(t, testKey(t), hs256, `{"exp":1795442712.5}`)
	for _, tt := range []struct {
		name, compact string
		now           time.Time
		want          Verdict
	}{
		{"just before exp", exp, at().Add(-1), VerdictValid},
		{"exp", exp, at(), VerdictExpired},
		{"just before nbf", nbf, at().Add(-1), VerdictNotYetValid},
		{"nbf", nbf, at(), VerdictValid},
		{"before half a second", half, at().Add(499999999), VerdictValid},
		{"half a second", half, at().Add(500000000), VerdictExpired},
	} {
		v.Now = clockAt(tt.now)
		if got := v.Verify(tt.compact).Verdict; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A signature can be valid although the payload is not a JSON object.
func TestVerifySignature(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := Verifier{Keys: []*Key{key}}
	compact := signedBy(t, key, hs256, "not JSON")
	if r := v.VerifySignature(compact); r.Verdict != VerdictValid || r.Key != key {
		t.Errorf("signature only: %q, %v", r.Verdict, r.Failures)
	}
	if r := v.Verify(compact); r.Verdict != VerdictMalformed {
		t.Errorf("as a token: %q, want malformed", r.Verdict)
	}
	if r := v.VerifySignature(signedBy(t, key, `{"alg":"HS256","crit":["x"]}`, "")); r.Verdict != VerdictUnsupported {
		t.Errorf("with crit: %q, want unsupported", r.Verdict)
	}
	if r := v.VerifySignature(signedBy(t, key, hs256, `{"exp":1}`)); r.Verdict != VerdictValid {
		t.Errorf("expired: %q, want valid, the claims are not looked at", r.Verdict)
	}
}

// golang-jwt verifies our tokens and we verify its tokens.
func TestGolangJWTAgrees(t *testing.T) {
	t.Parallel()
	claims := jwt.MapClaims{"sub": "Zoë", "exp": at().Add(time.Hour).Unix()}
	theirs, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(testSecret))
	if err != nil {
		t.Fatal(err)
	}
	v := Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(at())}
	if r := v.Verify(theirs); r.Verdict != VerdictValid || r.Token.Subject() != "Zoë" {
		t.Errorf("theirs: %q %v", r.Verdict, r.Failures)
	}
	ours, err := testIssuer(t).Issue(Request{Subject: "Zoë"})
	if err != nil {
		t.Fatal(err)
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(clockAt(at())), jwt.WithExpirationRequired())
	parsed, err := parser.Parse(ours.Compact, func(*jwt.Token) (any, error) { return []byte(testSecret), nil })
	if err != nil {
		t.Fatalf("ours: %v", err)
	}
	if sub, _ := parsed.Claims.GetSubject(); sub != "Zoë" {
		t.Errorf("ours has the subject %q", sub)
	}
}

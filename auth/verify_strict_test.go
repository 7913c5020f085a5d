package auth

import (
	"strings"
	"testing"
	"time"
)

// Checks that RFC 7519 leaves to the application are made only if the verifier is
// configured to.
func TestVerifierIsStrictWhereItIsAskedTo(t *testing.T) {
	t.Parallel()
	named := testKey(t, WithKeyID("k1"))
	const times = `"iat":1795442712,"exp":1795444512`
	tests := []struct {
		name    string
		header  string
		claims  string
		with    func(*Verifier)
		verdict Verdict
		reason  string
	}{
		{
			"no kid", hs256, `{` + times + `}`, func(v *Verifier) { v.RequireKeyID = true }, VerdictWrongKey,
			"the token has no kid, which is required",
		},
		{
			"another kid", `{"alg":"HS256","kid":"k2"}`, `{` + times + `}`, func(v *Verifier) { v.RequireKeyID = true }, VerdictWrongKey,
			`the token names the key "k2", which is not configured, although the configured key "k1" made its signature`,
		},
		{"its kid", `{"alg":"HS256","kid":"k1"}`, `{` + times + `}`, func(v *Verifier) { v.RequireKeyID = true }, VerdictValid, ""},
		{
			"no exp", hs256, `{"sub":"ada"}`, func(v *Verifier) { v.Required = []string{"sub", "exp"} }, VerdictWrongClaim,
			`the required claim "exp" is missing`,
		},
		{"all there", hs256, `{"sub":"ada",` + times + `}`, func(v *Verifier) { v.Required = []string{"sub", "exp"} }, VerdictValid, ""},
		{
			"a second too long", hs256, `{` + times + `}`, func(v *Verifier) { v.MaxLifetime = 30*time.Minute - time.Second }, VerdictWrongClaim,
			"exp is 30m away, more than the maximum of 29m 59s",
		},
		{"as long as it may be", hs256, `{` + times + `}`, func(v *Verifier) { v.MaxLifetime = 30 * time.Minute }, VerdictValid, ""},
		{"leeway", hs256, `{` + times + `}`, func(v *Verifier) { v.MaxLifetime, v.Leeway = 29*time.Minute, time.Minute }, VerdictValid, ""},
		{
			"long after time.Time ends", hs256, `{"exp":1e300}`, func(v *Verifier) { v.MaxLifetime = time.Hour }, VerdictWrongClaim,
			"exp is more than 292y away, more than the maximum of 1h",
		},
		{"no limit", hs256, `{"exp":253402300799}`, func(*Verifier) {}, VerdictValid, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := &Verifier{Keys: []*Key{named}, Now: clockAt(at())}
			tt.with(v)
			r := v.Verify(signedBy(t, named, tt.header, tt.claims))
			var reason string
			if len(r.Failures) > 0 {
				reason = r.Failures[0].Reason
			}
			if r.Verdict != tt.verdict || reason != tt.reason {
				t.Errorf("%s: %s\nwant %s: %s", r.Verdict, reason, tt.verdict, tt.reason)
			}
		})
	}
}

// A key that was not given an ID accepts any kid, unless one is required.
func TestRequireKeyIDWithAThumbprint(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(EdDSA, 0, strings.NewReader(strings.Repeat("x", 64)))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string][2]Verdict{
		`{"alg":"EdDSA","kid":"` + key.ID() + `"}`: {VerdictValid, VerdictValid},
		`{"alg":"EdDSA","kid":"other"}`:            {VerdictValid, VerdictWrongKey},
		`{"alg":"EdDSA"}`:                          {VerdictValid, VerdictWrongKey},
	} {
		token := signedBy(t, key, header, `{}`)
		for i, required := range []bool{false, true} {
			v := &Verifier{Keys: []*Key{key}, RequireKeyID: required, Now: clockAt(at())}
			if got := v.Verify(token).Verdict; got != want[i] {
				t.Errorf("%s, required %t: %s, want %s", header, required, got, want[i])
			}
		}
	}
}

func TestMaxBytes(t *testing.T) {
	t.Parallel()
	token := signedBy(t, testKey(t), hs256, `{}`)
	for extra, want := range map[int]Verdict{0: VerdictValid, -1: VerdictMalformed} {
		v := &Verifier{Keys: []*Key{testKey(t)}, MaxBytes: len(token) + extra, Now: clockAt(at())}
		whole, signature := v.Verify(token), v.VerifySignature(token)
		if whole.Verdict != want || signature.Verdict != want || whole.Token.Compact != token {
			t.Errorf("%d: %s and %s, want %s", extra, whole.Verdict, signature.Verdict, want)
		}
	}
}

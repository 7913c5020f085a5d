package auth

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Every failure of a check names the section that requires the check and, if there is
// something to do, says what.
func TestFailuresSayWhatToDo(t *testing.T) {
	t.Parallel()
	secret := testKey(t, WithKeyID("k1"))
	ec, err := NewKey(ES256, testKeys()[ES256])
	if err != nil {
		t.Fatal(err)
	}
	const (
		section52 = "RFC 7515 section 5.2"
		other     = "configure the key of the API that accepts it"
		claim     = "RFC 7519 section 4.1"
	)
	for _, tt := range []struct {
		name                   string
		compact                string
		with                   func(*Verifier)
		reason, source, advice string
	}{
		{"no key", signedBy(t, secret, hs256, `{}`), func(v *Verifier) { v.Keys = nil }, "no key is configured", section52, other},
		{
			"no kid", signedBy(t, secret, hs256, `{}`), func(v *Verifier) { v.RequireKeyID = true }, "the token has no kid, which is required",
			"RFC 7515 section 4.1.4", "issue it with the kid of its key",
		},
		{
			"another kid", signedBy(t, secret, `{"alg":"HS256","kid":"k2"}`, `{}`), nil, `the token names the key "k2"`,
			"RFC 7515 section 4.1.4", "give the key that kid, or correct the kid of the token",
		},
		{
			"another algorithm", signedBy(t, secret, `{"alg":"HS384"}`, `{}`), nil,
			"the token is signed with HS384, but the configured key is for HS256, ES256", "RFC 8725 section 3.1", other,
		},
		{
			"no signature", b64(hs256) + "." + b64(`{}`) + ".", nil, "the signature is empty", section52,
			"ask for the token with its signature",
		},
		{
			"another secret", compactOf(hs256, `{}`), nil, "the signature was not made", section52,
			"check that this is the secret that signs the tokens",
		},
		{
			"another pair", compactOf(`{"alg":"ES256"}`, `{}`), nil, "the signature was not made", section52,
			"check that this public key belongs to the private key that signs the tokens",
		},
		{"expired", signedBy(t, secret, hs256, `{"exp":1}`), nil, "the token expired", "RFC 7519 section 4.1.4", "issue a new one"},
		{
			"not yet valid", signedBy(t, secret, hs256, `{"nbf":1e10}`), nil, "the token is not valid before", "RFC 7519 section 4.1.5",
			"wait, or check the clocks",
		},
		{
			"issued in the future", signedBy(t, secret, hs256, `{"iat":1e10}`), nil, "the token was issued in the future",
			"RFC 7519 section 4.1.6", "check the clocks of the issuer and of this machine",
		},
		{
			"missing", signedBy(t, secret, hs256, `{}`), func(v *Verifier) { v.Required = []string{"sub"} }, `the required claim "sub" is missing`,
			claim, "",
		},
		{
			"too long", signedBy(t, secret, hs256, `{"exp":1e10}`), func(v *Verifier) { v.MaxLifetime = time.Hour }, "exp is ",
			"RFC 7519 section 4.1.4", "",
		},
		{"wrong type", signedBy(t, secret, hs256, `{"sub":1}`), nil, "sub must be a string", claim, ""},
		{
			"issuer", signedBy(t, secret, hs256, `{"iss":"b"}`), func(v *Verifier) { v.Iss = "a" }, `iss is "b", expected "a"`,
			"RFC 8725 section 3.8", "",
		},
		{
			"audience", signedBy(t, secret, hs256, `{"aud":"b"}`), func(v *Verifier) { v.Aud = []string{"a", "c"} },
			`aud is "b", expected ["a","c"]`, "RFC 8725 section 3.9", "",
		},
		{
			"type", signedBy(t, secret, `{"alg":"HS256"}`, `{}`), func(v *Verifier) { v.Typ = "JWT" }, `typ is missing, expected "JWT"`,
			"RFC 8725 section 3.11", "",
		},
		{
			"too large", signedBy(t, secret, hs256, `{}`), func(v *Verifier) { v.MaxBytes = 10 },
			"the token has 84 bytes, more than the maximum of 10", "", "",
		},
		{"malformed", "x.y", nil, "it has two segments", "RFC 7515 section 3.1", "copy the whole token"},
		{
			"unsupported", compactOf(`{"alg":"none"}`, `{}`), nil, `the header's alg is "none", so the token is not signed`, "RFC 8725 section 3.2",
			"ask for a signed token",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := Verifier{Keys: []*Key{secret, ec}, Now: clockAt(at())}
			if tt.with != nil {
				tt.with(&v)
			}
			r := v.Verify(tt.compact)
			if len(r.Failures) != 1 {
				t.Fatalf("failures %+v", r.Failures)
			}
			f := r.Failures[0]
			if !strings.HasPrefix(f.Reason, tt.reason) || f.Source != tt.source || f.Advice != tt.advice || f.Verdict != r.Verdict {
				t.Errorf("%+v\nwant %s, %s, %s", f, tt.reason, tt.source, tt.advice)
			}
		})
	}
}

// Every error names the section that requires it.
func TestDecodeSources(t *testing.T) {
	t.Parallel()
	const claims = `{"sub":"ada"}`
	good := compactOf(hs256, claims)
	for compact, want := range map[string]string{
		"":                                   "RFC 7515 section 3.1",
		strings.Repeat("a", MaxBytes+1):      "",
		"{}":                                 "RFC 7515 section 7.2",
		"two words":                          "RFC 7515 section 3.1",
		"a.b.c d":                            "RFC 7515 section 2",
		"a b.c":                              "RFC 7515 section 3.1",
		"ä":                                  "RFC 7515 section 2",
		"a":                                  "RFC 7515 section 3.1",
		"a.b":                                "RFC 7515 section 3.1",
		"a.b.c.d":                            "RFC 7515 section 3.1",
		"a.b.c.d.e":                          "RFC 7516 section 3.1",
		"a.b.c.d.e.f":                        "RFC 7515 section 3.1",
		good + "AA":                          "RFC 7515 section 2",
		compactOf("[]", claims):              "RFC 7515 section 4",
		compactOf(hs256, "[]"):               "RFC 7519 section 7.2",
		compactOf(`{}`, claims):              "RFC 7515 section 4.1.1",
		compactOf(`{"alg":1}`, claims):       "RFC 7515 section 4.1.1",
		compactOf(`{"alg":"NONE"}`, claims):  "RFC 8725 section 3.2",
		compactOf(`{"alg":"hs256"}`, claims): "RFC 7515 section 4.1.1",
		compactOf(`{"alg":"x"}`, claims):     "RFC 7515 section 4.1.1",
		compactOf(`{"alg":"HS256","crit":1}`, claims):       "RFC 7515 section 4.1.11",
		compactOf(`{"alg":"HS256","crit":[]}`, claims):      "RFC 7515 section 4.1.11",
		compactOf(`{"alg":"HS256","crit":["exp"]}`, claims): "RFC 7515 section 4.1.11",
		compactOf(`{"alg":"HS256","b64":1}`, claims):        "RFC 7797 section 3",
		compactOf(`{"alg":"HS256","zip":1}`, claims):        "RFC 7516 section 4.1.3",
		compactOf(`{"alg":"HS256","typ":1}`, claims):        "RFC 7515 section 4.1",
		compactOf(`{"alg":"HS256","kid":1}`, claims):        "RFC 7515 section 4.1",
	} {
		_, err := Decode(compact)
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Source != want {
			t.Errorf("%.80s: %+v, want %s", compact, refused, want)
		}
	}
}

// The error about a wrong character says where it is and what to do.
func TestDecodeCharacters(t *testing.T) {
	t.Parallel()
	const word, piece, whole = "copy the token again, without the text around it", "copy the token again in one piece",
		"encode it as base64url without padding, not as base64"
	for c, want := range map[string]string{
		"=": whole, "+": whole, "/": whole, "…": "copy the whole token, not a shortened one", " ": piece, "\n": piece, "\r": piece,
		"\t": piece,
		"\v": word, "\u00a0": word, "!": word, "\x00": word, "@": word, "[": word, "`": word, "{": word, ":": word, ",": word,
		"^": word, "~": word, "é": word, "\xff": word,
	} {
		_, err := Decode("aZ09.-_." + c)
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Advice != want || refused.Stage != StageText ||
			!strings.Contains(refused.Reason, "byte 9 is") {
			t.Errorf("%q: %+v, want %s", c, refused, want)
		}
	}
	for _, c := range "azAZ09-_" {
		_, err := Decode("AAAA.AAAA.AAA" + string(c))
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Stage == StageText {
			t.Errorf("%c: %v", c, err)
		}
	}
}

// The largest text that is read, and one byte more.
func TestLargestToken(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]Stage{1 << 20: StageForm, 1<<20 + 1: StageSize} {
		_, err := Decode(strings.Repeat("A", size))
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Stage != want {
			t.Errorf("%d bytes: %v, want it to stop %s", size, err, want)
		}
	}
}

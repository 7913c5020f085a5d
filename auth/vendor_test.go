package auth

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every claim can be set, replaced or left out, in its place.
func TestIssueAnyClaims(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		request Request
		want    string
	}{
		"left out": {
			Request{Subject: "ada", Claims: claims("role=admin", "org=x"), Without: []string{"jti", "sub", "org", "none"}},
			`{"iat":1795442712,"exp":1795444512,"role":"admin"}`,
		},
		"no expiry": {
			Request{Subject: "ada", Claims: claims("jti=1"), Without: []string{"exp", "iat"}},
			`{"sub":"ada","jti":"1"}`,
		},
		"replaced": {
			Request{Subject: "ada", Claims: claims("iat:=1795442652", "exp:=1795442652", "sub:=42", "iss:=123456", "jti:=7")},
			`{"sub":42,"iat":1795442652,"exp":1795442652,"iss":123456,"jti":7}`,
		},
		"issued a minute ago": {
			Request{Subject: "ada", Lifetime: 9 * time.Minute, Claims: claims("iat:=1795442652", "jti=1")},
			`{"sub":"ada","iat":1795442652,"exp":1795443252,"jti":"1"}`,
		},
		"whole": {
			Request{Subject: "ada", Lifetime: time.Hour, Whole: true, Claims: claims("exp:=1.5e9", "iss=TEAM", "iat:=1795442712")},
			`{"exp":1.5e9,"iss":"TEAM","iat":1795442712}`,
		},
		"whole, left out": {
			Request{Whole: true, Claims: claims("iss=TEAM", "iat:=1795442712"), Without: []string{"iss"}},
			`{"iat":1795442712}`,
		},
		"nothing": {Request{Whole: true}, `{}`},
	} {
		issuer := testIssuer(t)
		token, err := issuer.Issue(tt.request)
		if err != nil {
			t.Errorf("%s: %v", name, sentence(err))
			continue
		}
		if got, _ := token.Claims.MarshalJSON(); string(got) != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
		if back, err := Decode(token.Compact); err != nil || !sameObject(back.Claims, token.Claims) {
			t.Errorf("%s: reads back as %v, %v", name, back, err)
		}
		// A batch issues the same, whether the request is that of all tokens or of one.
		for _, split := range []func(r *Request) Request{
			func(r *Request) Request { common := *r; *r = Request{Subject: r.Subject}; return common },
			func(*Request) Request { return Request{} },
		} {
			own := tt.request
			batch, err := NewBatch(testIssuer(t), split(&own))
			if err != nil {
				t.Errorf("%s: a batch: %v", name, sentence(err))
				continue
			}
			compact, expires, err := batch.Append(nil, own)
			if err != nil || string(compact) != token.Compact {
				t.Errorf("%s: a batch issues %s, %v, want %s", name, compact, err, token.Compact)
			}
			exp, ends := token.Date("exp")
			if want := time.Unix(exp.Seconds, 0); ends && !expires.Equal(want) || ends == expires.IsZero() {
				t.Errorf("%s: a batch says that it expires %v, want %v", name, expires, exp)
			}
		}
	}
}

// sameObject reports whether two objects have the same members in the same order.
func sameObject(o, other Object) bool {
	return slices.EqualFunc(o, other, func(a, b Member) bool { return a.Name == b.Name && string(a.Value) == string(b.Value) })
}

// The limit holds whatever sets the times.
func TestLimitHoldsForAnyClaims(t *testing.T) {
	t.Parallel()
	const endless, long = "without exp the token never expires, but the limit is 10m", "the lifetime 10m 1s is above the limit of 10m"
	for name, tt := range map[string]struct {
		request Request
		want    string
	}{
		"usual":             {Request{Subject: "ada", Lifetime: 10 * time.Minute}, "<nil>"},
		"without exp":       {Request{Subject: "ada", Lifetime: time.Minute, Without: []string{"exp"}}, endless},
		"a far exp":         {Request{Subject: "ada", Lifetime: time.Minute, Claims: claims("exp:=1795443313")}, long},
		"an exp within":     {Request{Subject: "ada", Claims: claims("exp:=1795443312")}, "<nil>"},
		"an old iat":        {Request{Subject: "ada", Lifetime: 10 * time.Minute, Claims: claims("iat:=1795442711")}, long},
		"whole":             {Request{Whole: true, Claims: claims("iss=x")}, endless},
		"whole and far":     {Request{Whole: true, Claims: claims("exp:=1795443313")}, long},
		"whole and expired": {Request{Whole: true, Claims: claims("iat:=1", "exp:=2")}, "<nil>"},
		"a wrong type":      {Request{Whole: true, Claims: claims("exp=soon")}, "exp must be a number of seconds since 1970, but is a string"},
		"twice":             {Request{Whole: true, Claims: claims("a=1", "a=2")}, `the claim "a" is set twice; keep one of the two`},
		"a far year": {
			Request{Subject: "ada", Claims: claims("exp:=1e300")},
			"exp is after the year 9999, where libraries do not agree on a date",
		},
	} {
		issuer := testIssuer(t)
		issuer.Lifetime, issuer.MaxLifetime = time.Minute, 10*time.Minute
		if _, err := issuer.Issue(tt.request); sentence(err) != tt.want {
			t.Errorf("%s: %s, want %s", name, sentence(err), tt.want)
		}
		if tt.request.Whole {
			continue
		}
		if _, err := NewBatch(issuer, tt.request); sentence(err) != tt.want {
			t.Errorf("%s: a batch: %s, want %s", name, sentence(err), tt.want)
		}
	}
}

// Parameters can be left out, but the token always names its algorithm.
func TestHeaderWithout(t *testing.T) {
	t.Parallel()
	key, err := NewKey(ES256, testKeys()[ES256], WithKeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	issuer := &Issuer{Key: key, Parameters: claims("x=1"), Without: []string{"typ", "kid", "alg", "none"}}
	if got, _ := issuer.Header().MarshalJSON(); string(got) != `{"alg":"ES256","x":"1"}` {
		t.Errorf("the header is %s", got)
	}
	issuer.Parameters = Object{{Name: "jwk", Value: json.RawMessage(`{"kty":"EC","d":"x"}`)}}
	if _, err := issuer.Issue(Request{Subject: "ada"}); err == nil || !strings.Contains(err.Error(), "private") {
		t.Errorf("a private key in the header: %v", err)
	}
}

// A payload is signed byte for byte.
func TestSignPayload(t *testing.T) {
	t.Parallel()
	for _, payload := range []string{
		"", "\x00\xff", "text", "[1]", "{ \"sub\" : \"ada\",\n \"exp\":1e300 }\n", `{"a":1,"a":2}`, `{"sub":"Zo\u00eb","exp":1795443312}`,
	} {
		issuer := testIssuer(t)
		token, err := issuer.SignPayload([]byte(payload))
		if err != nil {
			t.Errorf("%q: %v", payload, err)
			continue
		}
		segments := strings.Split(token.Compact, ".")
		if segments[1] != b64(payload) || segments[0] != b64(hs256) {
			t.Errorf("%q: the token is %s", payload, token.Compact)
		}
		if r := (&Verifier{Keys: []*Key{issuer.Key}}).VerifySignature(token.Compact); r.Verdict != VerdictValid {
			t.Errorf("%q: %v", payload, r.Err())
		}
		issuer.MaxLifetime = 10 * time.Minute
		if _, err := issuer.SignPayload([]byte(payload)); (err == nil) != strings.Contains(payload, "1795443312") {
			t.Errorf("%q with a limit: %v", payload, err)
		}
	}
	if _, err := (&Issuer{}).SignPayload(nil); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
	if _, err := testIssuer(t).SignPayload(make([]byte, MaxBytes)); err == nil {
		t.Error("a payload that is too large was signed")
	}
}

// A date in a year that libraries do not agree on is a wrong claim, whatever else the
// token is.
func TestDatesBeyondTheCalendar(t *testing.T) {
	t.Parallel()
	const meant = "%s must be in seconds, but seems to be in milliseconds: 2026-11-23 14:05:12 UTC"
	const beyond = "%s is after the year 9999, where libraries do not agree on a date"
	for value, want := range map[string]string{
		"1e300": beyond, "1e18": beyond, "9223372036854775807": beyond,
		"1795442712000": meant, "253402300800": "%s must be in seconds, but seems to be in milliseconds: 1978-01-11 21:31:40 UTC",
		"253402300799": "", "-1e300": "", "0": "", "1.7e9": "",
	} {
		for _, name := range []string{"exp", "nbf", "iat"} {
			want := strings.ReplaceAll(want, "%s", name)
			err := CheckIssued(Member{Name: name, Value: json.RawMessage(value)})
			if want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
				t.Errorf("%s:=%s: %v, want %s", name, value, err, want)
			}
			r := (&Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(at())}).Verify(signedBy(t, testKey(t), hs256, `{"`+name+`":`+value+`}`))
			found := slices.ContainsFunc(r.Failures, func(f Failure) bool { return f.Verdict == VerdictWrongClaim && f.Reason == want })
			if found != (strings.HasSuffix(want, "agree on a date") && name == "exp") {
				t.Errorf("%s:=%s is verified as %v, want %s", name, value, r.Failures, want)
			}
		}
	}
	r := (&Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(at())}).Verify(signedBy(t, testKey(t), hs256, `{"exp":1e300}`))
	if r.Verdict != VerdictWrongClaim || len(r.Failures) != 1 {
		t.Errorf("exp 1e300: %s, %v", r.Verdict, r.Failures)
	}
}

// Sentences show characters, also where a token has escapes.
func TestSentencesShowCharacters(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := &Verifier{Keys: []*Key{key}, Iss: "Zoë", Aud: []string{"Zoë"}, Typ: "Zoë", Now: clockAt(at())}
	r := v.Verify(signedBy(t, key, `{"alg":"HS256","typ":"M\u00fc"}`, `{"iss":"M\u00fc","aud":["M\u00fc","\ud83d\ude00"],"M\u00fc":1}`))
	const want = `iss is "Mü", expected "Zoë"; aud is ["Mü","😀"], expected "Zoë"; typ is "Mü", expected "Zoë"`
	if err := r.Err(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	_, err := Decode(compactOf(`{"alg":"HS256","crit":["M\u00fc"]}`, `{}`))
	if err == nil || err.Error() != `the header's crit requires ["Mü"], which is not supported` {
		t.Errorf("crit: %v", err)
	}
}

package auth

import (
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

func TestIssue(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.Iss, i.Aud = "https://auth.example.com", []string{"api"}
	role := claim("role=admin")
	token, err := i.Issue(Request{Subject: "ada@example.com", Lifetime: time.Hour, Claims: Object{role}})
	if err != nil {
		t.Fatal(err)
	}
	payload, _ := token.Claims.MarshalJSON()
	want := `{"sub":"ada@example.com","iss":"https://auth.example.com","aud":"api","iat":1795442712,"exp":1795446312,` +
		`"jti":"30313233343536373839616263646566","role":"admin"}`
	if string(payload) != want {
		t.Errorf("claims\n%s\nwant\n%s", payload, want)
	}
	back, err := Decode(token.Compact)
	if err != nil {
		t.Fatal(err)
	}
	if header, _ := back.Header.MarshalJSON(); string(header) != `{"alg":"HS256","typ":"JWT"}` {
		t.Errorf("header %s", header)
	}
	if again, _ := back.Claims.MarshalJSON(); string(again) != want {
		t.Errorf("read back\n%s", again)
	}
}

// These bytes were checked with PyJWT 2.6 and python-jose 3.3.
func TestIssueGolden(t *testing.T) {
	t.Parallel()
	for alg, want := range map[Algorithm]string{
		HS256: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0." +
			"eyJzdWIiOiJab8OrIiwiaWF0IjoxNzk1NDQyNzEyLCJleHAiOjE3OTU0NDQ1MTIsImp0aSI6IjMwMzEzMjMzMzQzNTM2MzczODM5NjE2MjYzNjQ2NTY2In0." +
			"P0oAEgvKGNLF_rDZsO7iL5Oq_hJkWxRnF_q9UJee5yM",
		HS384: "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0." +
			"eyJzdWIiOiJab8OrIiwiaWF0IjoxNzk1NDQyNzEyLCJleHAiOjE3OTU0NDQ1MTIsImp0aSI6IjMwMzEzMjMzMzQzNTM2MzczODM5NjE2MjYzNjQ2NTY2In0." +
			"yYdR-oWa03e188eVNG3DzlZDb9TYEq4SGmG4gRSOchbt3QXrn7rj-dQLBvBqVdwI",
		HS512: "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0." +
			"eyJzdWIiOiJab8OrIiwiaWF0IjoxNzk1NDQyNzEyLCJleHAiOjE3OTU0NDQ1MTIsImp0aSI6IjMwMzEzMjMzMzQzNTM2MzczODM5NjE2MjYzNjQ2NTY2In0." +
			"xoAj_FxDeA67NIs5TPLgNBVL0q6ZNdLxr_hoRytwRoYxd0ohSKf8PmPwdhZIdE8-7kMDfw2GC_C0lkS51KtdjQ",
	} {
		key, err := NewHMACKey(alg, []byte(testSecret+testSecret), WithKeyID("k1"))
		if err != nil {
			t.Fatal(err)
		}
		i := Issuer{Key: key, Now: clockAt(at()), Rand: strings.NewReader("0123456789abcdef")}
		token, err := i.Issue(Request{Subject: "Zoë"})
		if err != nil || token.Compact != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", alg, err, token.Compact, want)
		}
	}
}

func TestIssueDefaultsAndLimits(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	lifetime := func(r Request) string {
		token, err := i.Issue(r)
		if err != nil {
			return err.Error()
		}
		d, _ := token.Lifetime()
		return FormatDuration(d)
	}
	if got := lifetime(Request{Subject: "a"}); got != "30m" {
		t.Errorf("without any lifetime: %s, want the tutorial's 30 minutes", got)
	}
	i.Lifetime, i.MaxLifetime = time.Hour, 2*time.Hour
	for want, d := range map[string]time.Duration{
		"1h": 0,
		"2h": 2 * time.Hour,
		"the lifetime 2h 0m 1s is above the limit of 2h": 2*time.Hour + time.Second,
		"the lifetime must be longer than zero":          -time.Second,
		"the lifetime must be a whole number of seconds": 1500 * time.Millisecond,
	} {
		if got := lifetime(Request{Subject: "a", Lifetime: d}); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	i.MaxLifetime = 0
	i.Now = clockAt(time.Date(9999, 12, 31, 23, 59, 0, 0, time.UTC))
	if got := lifetime(Request{Subject: "a"}); got != "the token would expire after the year 9999" {
		t.Errorf("at the end of time: %s", got)
	}
	var limit *LimitError
	i = testIssuer(t)
	i.MaxLifetime = time.Minute
	if _, err := i.Issue(Request{Subject: "a"}); !errors.As(err, &limit) || limit.Limit != time.Minute {
		t.Errorf("a default above the limit: %v", err)
	}
}

func TestIssueClaims(t *testing.T) {
	t.Parallel()
	issue := func(rows ...string) string {
		i := testIssuer(t)
		i.Iss = "me"
		token, err := i.Issue(Request{Subject: "a", Claims: claims(rows...)})
		if err != nil {
			return sentence(err)
		}
		payload, _ := token.Claims.MarshalJSON()
		return string(payload)
	}
	for want, rows := range map[string][]string{
		`{"sub":"a","iss":"other","iat":1795442712,"exp":1795444512,"jti":"mine","aud":["x"],"nbf":1}`: {
			"iss=other", "jti=mine", `aud:=["x"]`, "nbf:=1",
		},
		"exp must be a number of seconds since 1970, but is a string":  {"exp=1"},
		"aud must be a string or an array of strings, but is a number": {"aud:=1"},
		`the claim "a" is set twice; keep one of the two`:              {"a=1", "a=2"},
	} {
		if got := issue(rows...); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", rows, got, want)
		}
	}
}

func TestIssueFails(t *testing.T) {
	t.Parallel()
	if _, err := (&Issuer{}).Issue(Request{Subject: "a"}); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
	i := testIssuer(t)
	i.Rand = strings.NewReader("short")
	if _, err := i.Issue(Request{Subject: "a"}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("without randomness: %v", err)
	}
	if _, err := testIssuer(t).Issue(Request{Subject: "a\xff"}); err == nil || sentence(err) != "the subject is not valid UTF-8" {
		t.Errorf("a subject that is not UTF-8: %v", sentence(err))
	}
	verifying := *testKey(t)
	verifying.signing = nil
	i = testIssuer(t)
	i.Key = &verifying
	if _, err := i.Issue(Request{Subject: "a"}); !errors.Is(err, ErrCannotSign) {
		t.Errorf("with a key that only verifies: %v", err)
	}
}

func TestSign(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.MaxLifetime = time.Hour
	for _, tt := range []struct{ header, claims, want string }{
		{hs256, `{"sub":"ada","exp":1}`, ""}, // long expired, on purpose
		{hs256, `{}`, "without exp the token never expires, but the limit is 1h"},
		{`{"alg":"HS256","kid":"x","cty":"y"}`, `{"iat":1795442712,"exp":1795446312}`, ""},
		{`{"alg":"none"}`, `{}`, `the header's alg must be "HS256", the algorithm of the key`},
		{`{"alg":"HS512"}`, `{}`, `the header's alg must be "HS256", the algorithm of the key`},
		{`{}`, `{}`, `the header's alg must be "HS256", the algorithm of the key`},
		{`{"alg":"HS256","crit":["x"]}`, `{}`, `the header's crit requires ["x"], which is not supported`},
		{`{"alg":"HS256","b64":true}`, `{}`, "the header has b64, which changes how the payload is encoded and is not supported"},
		{hs256, `{"exp":"1"}`, "exp must be a number of seconds since 1970, but is a string"},
		{hs256, `{"iat":1795442712,"exp":1795446313}`, "the lifetime 1h 0m 1s is above the limit of 1h"},
		{hs256, `{"exp":1795446313}`, "the lifetime 1h 0m 1s is above the limit of 1h"},
	} {
		header, err := jsontext.ParseObject([]byte(tt.header))
		if err != nil {
			t.Fatal(err)
		}
		claims, err := jsontext.ParseObject([]byte(tt.claims))
		if err != nil {
			t.Fatal(err)
		}
		token, err := i.Sign(header, claims)
		got := ""
		if err != nil {
			got = sentence(err)
		}
		if got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.header, tt.claims, got, tt.want)
		}
		if err == nil {
			if _, err := Decode(token.Compact); err != nil {
				t.Errorf("%s %s cannot be read back: %v", tt.header, tt.claims, err)
			}
		}
	}
}

// A subject is read back byte for byte, whatever it contains.
func TestSubjectsAreNeverChanged(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	runes := []rune("\x00\n\u2028\u200b\ufeffabcXYZ019 .-_+'\"\\/@<>&=\u00e9\u0301\u200c\u200d\u4f8b\u0645\U0001f600!#$%|`~{}")
	i := testIssuer(t)
	i.Rand = endless{}
	for range 5000 {
		var b strings.Builder
		for range random.IntN(13) {
			b.WriteRune(runes[random.IntN(len(runes))])
		}
		subject := b.String()
		token, err := i.Issue(Request{Subject: subject})
		if err != nil {
			t.Fatalf("%q: %v", subject, err)
		}
		back, err := Decode(token.Compact)
		if err != nil || back.Subject() != subject {
			t.Errorf("%q came back as %q, %v", subject, back.Subject(), err)
		}
	}
}

// endless is a source of identical bytes.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'r'
	}
	return len(p), nil
}

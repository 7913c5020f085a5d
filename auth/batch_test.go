package auth

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"

	"github.com/golang-jwt/jwt/v5"
)

// A Batch makes the same tokens as the Issuer, returns the same errors, and reads the
// same randomness.
func TestBatchMakesWhatIssueMakes(t *testing.T) {
	t.Parallel()
	requests := []Request{
		{Subject: "ada@example.com"},
		{Subject: "Zoë"},
		{Subject: `"a b"@example.com`},
		{Subject: "dev-42", Lifetime: time.Hour},
		{Subject: "dev-42", Lifetime: 2 * time.Hour, Claims: claims("role=admin", "level:=9007199254740993")},
		{Subject: "dev-43", Claims: claims(`scopes:=["read", "write"]`, "note=ü", "ratio:=1e-3", "z:=0")},
		{Subject: "dev-44", Claims: claims("team=red")},
		{Subject: "dev-45", Claims: claims("jti=mine", "iss=other")},
		{Subject: "dev-46", Claims: claims("nbf:=1795442712", `a"b=c`, "aud=x")},
		{Subject: "dev-47", Claims: claims("x=1", "x=2")},
		{Subject: "dev-48", Claims: claims("exp:=1")},
		{Subject: "dev-49", Claims: Object{{Name: "\xff", Value: jsontext.Quote("x")}}},
		{Subject: "dev-50", Claims: Object{{Name: "x", Value: json.RawMessage(`{"a":1,"a":2}`)}}},
		{Subject: "dev-51", Claims: Object{{Name: "x", Value: json.RawMessage("{")}, {Name: "", Value: jsontext.Quote("empty name")}}},
		{Subject: "a@b@c"},
		{Subject: "dev-52", Lifetime: -time.Second},
		{Subject: "dev-53", Lifetime: 100 * time.Hour},
		{Subject: "dev-54", Lifetime: 1500 * time.Millisecond},
		{Subject: "dev-55", Claims: claims("x=" + strings.Repeat("x", MaxBytes))},
		{Subject: "last"},
	}
	for name, test := range map[string]struct {
		change func(*Issuer)
		common Request
	}{
		"as configured":    {},
		"issuer, audience": {change: func(i *Issuer) { i.Iss, i.Aud = "https://auth.example.com/", []string{"a", "b"} }},
		"one audience":     {change: func(i *Issuer) { i.Aud = []string{"ü"} }},
		"a header":         {change: func(i *Issuer) { i.Parameters = claims("typ=at+jwt", "x:=1") }},
		"a limit":          {change: func(i *Issuer) { i.Lifetime, i.MaxLifetime = time.Minute, 90*time.Minute }},
		"a lifetime":       {common: Request{Lifetime: 42 * time.Second}},
		"claims":           {common: Request{Claims: claims("team=blue", `s:={"a": [1, 2]}`)}},
		"an ID":            {common: Request{Claims: claims("jti=fixed", "x=1")}},
		"its own issuer":   {change: func(i *Issuer) { i.Iss = "me" }, common: Request{Claims: claims("aud=x", "iss=you", "x=1")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, many := testIssuer(t), testIssuer(t)
			if test.change != nil {
				test.change(one)
				test.change(many)
			}
			batch, err := NewBatch(many, test.common)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range requests {
				out, expires, err := batch.Append([]byte("before "), r)
				merged := r
				if merged.Lifetime == 0 {
					merged.Lifetime = test.common.Lifetime
				}
				var want *Token
				var wantErr error
				if merged.Claims, wantErr = addClaims(append(Object(nil), test.common.Claims...), r.Claims); wantErr == nil {
					want, wantErr = one.Issue(merged)
				}
				if wantErr != nil {
					if err == nil || sentence(err) != sentence(wantErr) || string(out) != "before " {
						t.Errorf("%s: %v, want %v", r.Subject, sentence(err), sentence(wantErr))
					}
					continue
				}
				if err != nil || string(out) != "before "+want.Compact {
					t.Errorf("%s:\n got %s, %v\nwant %s", r.Subject, out, err, want.Compact)
					continue
				}
				if exp, _ := want.Date("exp"); exp.Seconds != expires.Unix() {
					t.Errorf("%s: expires %v, want %v", r.Subject, expires, exp)
				}
			}
		})
	}
}

// The times of each token are those of the moment at which it is made.
func TestBatchFollowsTheClock(t *testing.T) {
	t.Parallel()
	issuer := testIssuer(t)
	now := at()
	issuer.Now = func() time.Time { return now }
	batch, err := NewBatch(issuer, Request{})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []time.Duration{0, 999 * time.Millisecond, time.Millisecond, time.Hour, -2 * time.Hour} {
		now = now.Add(step)
		out, expires, err := batch.Append(nil, Request{Subject: "ada"})
		if err != nil {
			t.Fatal(err)
		}
		token, err := Decode(string(out))
		if err != nil {
			t.Fatal(err)
		}
		iat, _ := token.Date("iat")
		exp, _ := token.Date("exp")
		if iat.Seconds != now.Unix() || exp.Seconds != now.Unix()+1800 || expires.Unix() != exp.Seconds {
			t.Errorf("at %v: iat %d, exp %d, expires %v", now, iat.Seconds, exp.Seconds, expires)
		}
	}
}

func TestNewBatchRefuses(t *testing.T) {
	t.Parallel()
	if _, err := NewBatch(&Issuer{}, Request{}); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
	for _, common := range []Request{
		{Claims: claims("sub:=[]")},
		{Claims: claims("nbf=soon")},
		{Lifetime: -1},
	} {
		if _, err := NewBatch(testIssuer(t), common); err == nil {
			t.Errorf("%v was let through", common)
		}
	}
	issuer := testIssuer(t)
	issuer.Rand = strings.NewReader("too little")
	batch, err := NewBatch(issuer, Request{})
	if err != nil {
		t.Fatal(err)
	}
	if out, _, err := batch.Append(nil, Request{Subject: "ada"}); err == nil {
		t.Errorf("without randomness: %s", out)
	}
}

// The method that keeps its state makes the same signatures as golang-jwt, one after the
// other, and accepts those of golang-jwt.
func TestHMACMethodIsGolangJWTs(t *testing.T) {
	t.Parallel()
	for _, alg := range []Algorithm{HS256, HS384, HS512} {
		for _, size := range []int{alg.MinSecretBytes(), 127, 128, 129, 500} {
			secret := []byte(strings.Repeat("Jq3vX9tLw2", 50)[:size])
			key, err := NewHMACKey(alg, secret)
			if err != nil {
				t.Fatal(err)
			}
			sign, theirs := key.signer(nil), jwt.GetSigningMethod(string(alg))
			for _, input := range []string{"", "a.b", strings.Repeat("x", 63), strings.Repeat("x", 1000), "a.b"} {
				got, err := sign(nil, []byte(input))
				want, wantErr := theirs.Sign(input, secret)
				if err != nil || wantErr != nil || string(got) != string(want) {
					t.Errorf("%s, secret of %d, input of %d: %x, %v, want %x, %v", alg, size, len(input), got, err, want, wantErr)
				}
				if !key.verifies(input, want) || key.verifies(input+"x", want) {
					t.Errorf("%s does not tell a good signature from a bad one", alg)
				}
			}
		}
	}
}

package auth

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"tokendesk/auth/jsontext"

	"github.com/golang-jwt/jwt/v5"
)

// golang-jwt also parses what Decode accepts, and it encodes to the same bytes.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", " ", ".", "..", "....", "e", "\x00", "a.b.c", compactOf(hs256, `{"sub":"ada","exp":1e400}`), compactOf(hs256,
			`{"a":{"a":[1,"\u00e9"]}}`),
		compactOf(`{"alg":"none"}`, "{}"), compactOf(`{"alg":"HS256","crit":["b64"]}`, "null"), "a.b.c.d.e",
	} {
		f.Add(seed)
	}
	verifier := Verifier{Now: clockAt(at())}
	f.Fuzz(func(t *testing.T, compact string) {
		token, err := Decode(compact)
		if err != nil {
			var refused *DecodeError
			if !errors.As(err, &refused) || refused.Token == nil || refused.Reason == "" || refused.Verdict == 0 {
				t.Errorf("%q: %v", compact, err)
			}
			token = refused.Token
		} else {
			if _, _, err := jwt.NewParser(jwt.WithoutClaimsValidation()).ParseUnverified(compact, jwt.MapClaims{}); err != nil &&
				!strings.Contains(err.Error(), "of type float64") && !errors.Is(err, jwt.ErrTokenUnverifiable) {
				t.Errorf("golang-jwt refuses %q: %v", compact, err)
			}
			if again := b64(string(token.read.payload)); again != token.PayloadSegment {
				t.Errorf("%q encodes to %q", token.PayloadSegment, again)
			}
		}
		Findings(token, at())
		token.Status(at())
		if result := verifier.Verify(compact); result.Verdict == VerdictValid {
			t.Errorf("%q is valid without a key", compact)
		}
	})
}

func FuzzParseNumericDate(f *testing.F) {
	for _, seed := range []string{"0", "-0.0", "1795442712.5", "1e9", "-1e-10", "12345678901234567890e-10", "0.1e1", "1E+2", "01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ParseNumericDate(json.RawMessage(text))
		if isNumber := json.Valid([]byte(text)) && strings.Trim(text, "-+.eE0123456789") == ""; ok != isNumber {
			t.Fatalf("%q: %t, want %t", text, ok, isNumber)
		}
		if _, exponent, _ := strings.Cut(strings.ToLower(text), "e"); !ok || len(exponent) > 3 || got.Seconds == math.MaxInt64 ||
			got.Seconds == math.MinInt64 {
			return // exact arithmetic would take too long or overflow
		}
		if want := exactDate(t, text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	})
}

// A signed token is read back as the token that was returned.
func FuzzSign(f *testing.F) {
	for _, seed := range []string{"a", "sub", "\xff", "<é>"} {
		f.Add(seed, []byte(`{"b": [1.0, "\u00e9"]}`))
		f.Add(seed, []byte("\"\xff\""))
		f.Add(seed, []byte("1,2"))
	}
	issuer := testIssuer(f)
	f.Fuzz(func(t *testing.T, name string, value []byte) {
		token, err := issuer.Sign(append(issuer.Header(), Member{Name: name, Value: value}),
			Object{{Name: name, Value: value}, {Name: "z", Value: jsontext.Quote("z")}})
		if err != nil {
			return
		}
		back, err := Decode(token.Compact)
		if err != nil || !reflect.DeepEqual(back, token) {
			t.Errorf("signed %+v, read %+v, %v", token, back, err)
		}
	})
}

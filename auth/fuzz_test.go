package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"

	"github.com/golang-jwt/jwt/v5"
)

// What is accepted is a token to golang-jwt too, and encodes to the same bytes.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "a.b.c", compactOf(hs256, `{"sub":"ada","exp":1e400}`), compactOf(hs256, `{"a":{"a":[1,"\u00e9"]}}`),
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
			if again := b64(string(token.payload)); again != token.PayloadSegment {
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

func FuzzFind(f *testing.F) {
	token := compactOf(hs256, `{"sub":"ada"}`)
	for _, seed := range []string{"", token, "Bearer " + token, `{"access_token":"` + token + `"}`, "\"'", token[:30] + "\n" + token[30:], "....", "a=b.c.d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := Find(text, MaxPasted)
		if err != nil {
			if len(text) <= MaxPasted {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if len(found) == 0 {
			t.Fatalf("%q: neither a token nor the text", text)
		}
		joined := strings.Join(strings.Fields(text), "")
		for _, f := range found {
			if !strings.Contains(text, f.Compact) && !strings.Contains(joined, f.Compact) {
				t.Errorf("%q is not in %q", f.Compact, text)
			}
		}
	})
}

func FuzzParseLifetime(f *testing.F) {
	for _, seed := range []string{"30m", "1h30m", "-5m", "until 18:00", "until 2026-12-24T18:00Z", "9999999999h", "1w2d3h4m5s", "0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lifetime, err := ParseLifetime(text, at())
		if (err == nil) != (lifetime > 0) || lifetime%time.Second != 0 {
			t.Errorf("%q: %v, %v", text, lifetime, err)
		}
	})
}

func FuzzParseClaim(f *testing.F) {
	for _, seed := range []string{"a=b", "a:=1", "a:=[1,{}]", "a==", ":=", "a:=\"\\n\"", "a=\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, row string) {
		m, err := ParseClaim(row)
		if err != nil {
			return
		}
		back, err := ParseClaim(FormatClaim(m))
		if err != nil || back.Name != m.Name || !reflect.DeepEqual(valueOf(t, back.Value), valueOf(t, m.Value)) {
			t.Errorf("%q is written %q, which reads %s=%s, %v", row, FormatClaim(m), back.Name, back.Value, err)
		}
	})
}

// valueOf returns what a JSON value means, its numbers by their digits.
func valueOf(t *testing.T, raw json.RawMessage) any {
	t.Helper()
	var v any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	return v
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
		if _, exponent, _ := strings.Cut(strings.ToLower(text), "e"); !ok || len(exponent) > 3 || got.Seconds == math.MaxInt64 || got.Seconds == math.MinInt64 {
			return // exact arithmetic would take for ever, or has no room
		}
		if want := exactDate(t, text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	})
}

// Whatever is signed reads back as the token that was returned.
func FuzzSign(f *testing.F) {
	for _, seed := range []string{"a", "sub", "\xff", "<é>"} {
		f.Add(seed, []byte(`{"b": [1.0, "\u00e9"]}`))
		f.Add(seed, []byte("\"\xff\""))
		f.Add(seed, []byte("1,2"))
	}
	issuer := testIssuer(f)
	f.Fuzz(func(t *testing.T, name string, value []byte) {
		token, err := issuer.Sign(append(issuer.Header(), Member{Name: name, Value: value}), Object{{Name: name, Value: value}, {Name: "z", Value: jsontext.Quote("z")}})
		if err != nil {
			return
		}
		back, err := Decode(token.Compact)
		if err != nil || !reflect.DeepEqual(back, token) {
			t.Errorf("signed %+v, read %+v, %v", token, back, err)
		}
	})
}

func FuzzCheckSubject(f *testing.F) {
	for _, seed := range []string{"ada", "ada@example.com", `"a@b"@c`, "a@[1.2.3.4]", "@", "a@b@c", " ", "\x00", "Zoë", "a.b+c_d-e@f-g.h", "a..b", "a@-b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, subject string) {
		if err := checkSubject(subject); err != nil && isOrdinary(subject) {
			t.Errorf("%q is ordinary, but: %v", subject, err)
		}
		if CheckSubject(subject) != nil {
			return
		}
		if subject == "" || subject != strings.TrimSpace(subject) || len(subject) > maxSubject {
			t.Errorf("%q was accepted", subject)
		}
		if back, ok := jsontext.Unquote(jsontext.Quote(subject)); !ok || back != subject {
			t.Errorf("%q becomes %q", subject, back)
		}
	})
}

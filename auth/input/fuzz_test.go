package input

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

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

// valueOf returns the meaning of a JSON value, with its numbers as digits.
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

func FuzzCheckSubject(f *testing.F) {
	for _, seed := range []string{
		"ada", "ada@example.com", `"a@b"@c`, "a@[1.2.3.4]", "@", "a@b@c", " ", "\x00", "Zoë", "a.b+c_d-e@f-g.h", "a..b", "a@-b",
	} {
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

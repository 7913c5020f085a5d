package explain

import (
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// moment is the instant of all tests.
var moment = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// secret is the secret of all tests.
const secret = "Qx7pL2vR9tB4nM8kW3cZ6hJ1fD5gS0aY"

func testKey(t *testing.T) *auth.Key {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// signed returns a token with these claims, given as JSON.
func signed(t *testing.T, key *auth.Key, claims string) string {
	t.Helper()
	object, err := jsontext.ParseObject([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	issuer := auth.Issuer{Key: key}
	token, err := issuer.Sign(issuer.Header(), object)
	if err != nil {
		t.Fatal(err)
	}
	return token.Compact
}

func verified(t *testing.T, compact string, keys ...*auth.Key) auth.Result {
	t.Helper()
	v := auth.Verifier{Keys: keys, Now: func() time.Time { return moment }}
	return v.Verify(compact)
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

// joined returns the lines as a face without colours would print them.
func joined(lines []Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.Tone.Sign() + " " + l.String()
	}
	return strings.Join(texts, "\n")
}

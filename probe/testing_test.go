package probe

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// clock is a clock that only the test advances.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// makerAt returns a maker with an RSA key, which can make most faults.
func makerAt(t *testing.T, now func() time.Time) fault.Maker {
	t.Helper()
	return fault.Maker{
		Issuer: &auth.Issuer{
			Key: rsaKey(), Now: now,
			Iss: "https://auth.example.com", Aud: []string{"https://api.example.com"},
		},
		Request: auth.Request{Subject: "ada@example.com"},
	}
}

var rsaKey = sync.OnceValue(func() *auth.Key {
	key, err := auth.GenerateKey(auth.RS256, 0, nil, auth.WithKeyID("2026-11"))
	if err != nil {
		panic(err)
	}
	return key
})

// verifierOf returns the verifier that refuses every fault of the maker.
func verifierOf(t *testing.T, m fault.Maker) *auth.Verifier {
	t.Helper()
	v, err := m.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// bearer returns the token of a request, and whether there is one.
func bearer(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// serve starts an API and returns its URL.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// faults returns the named faults.
func faults(t *testing.T, names ...string) []fault.Fault {
	t.Helper()
	var all []fault.Fault
	for _, name := range names {
		f, ok := fault.ByName(name)
		if !ok {
			t.Fatalf("there is no fault %s", name)
		}
		all = append(all, f)
	}
	return all
}

// answersFor is an API that accepts good tokens and calls a function for any other.
func answersFor(v *auth.Verifier, bad http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := bearer(r)
		switch {
		case !ok:
			w.WriteHeader(http.StatusUnauthorized)
		case v.Verify(token).Verdict != auth.VerdictValid:
			bad(w, r)
		}
	}
}

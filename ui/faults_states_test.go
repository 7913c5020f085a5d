package ui

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/settings"
)

// faultsStates are those of the catalogue of faults, of one that is open, and of
// a probe.
func faultsStates() []state {
	keys := func(names ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) { d.press(names...) })
	}
	filtered := func(text string, then ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) { d.press("f5", "/"); d.typed(text); d.press(then...) })
	}
	return []state{
		{"faults", after(func(d *desktop) { d.typed("ada@example.com"); d.press("f5") })},
		{"faults end", keys("f5", "end")},
		{"faults filtering", filtered("public")},
		{"faults none", filtered("nonesuch", "enter")},
		{"faults probed", func(t *testing.T) *desktop {
			t.Helper()
			return after(probed, slowAPI(t))(t)
		}},
		{"probe", after(func(d *desktop) { d.press("f5", "p"); d.typed("http://localhost:8000/me") })},
		{"probe elsewhere", after(func(d *desktop) { d.press("f5", "p"); d.typed("http://192.0.2.1/me"); d.press("enter") })},
		{"fault", keys("f5", "enter")},
		{"fault duplicate", filtered("duplicate-alg", "enter", "enter")},
		{"fault impossible", filtered("ecdsa-zero", "enter", "enter")},
	}
}

// roundTrip answers requests without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// slowAPI gives the console an API that has answered to the tokens of some faults
// and lets the others wait. They are all sent at once.
func slowAPI(t *testing.T) change {
	t.Helper()
	over := make(chan bool)
	t.Cleanup(func() { close(over) })
	return func(c *Config, s *settings.Settings) {
		c.Probe.Parallel = len(fault.Catalogue())
		good := auth.Verifier{Keys: []*auth.Key{s.Key}, Now: c.Source.Now}
		first := true
		c.Probe.Target.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			text, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			result := good.Verify(text)
			status, waits := slowAnswer(result)
			if first { // the good one
				first, status, waits = false, http.StatusOK, false
			}
			if waits && text != "" {
				select {
				case <-over:
				case <-r.Context().Done():
				}
			}
			if status == 0 {
				return nil, errors.New("no answer")
			}
			return &http.Response{StatusCode: status, Body: http.NoBody, Request: r}, nil
		})
	}
}

// slowAnswer returns the status for a token, 0 as none, and whether it waits.
func slowAnswer(r auth.Result) (status int, waits bool) {
	if r.Token == nil || r.Token.Claims == nil || r.Verdict == auth.VerdictMalformed {
		return http.StatusUnauthorized, true
	}
	exp, hasExp := r.Token.Claims.Get("exp")
	_, hasStart := r.Token.Claims.Get("nbf")
	switch {
	case hasStart:
		return http.StatusOK, false
	case !hasExp:
		return http.StatusInternalServerError, false
	case string(exp) == "-1":
		return 0, false
	case string(exp) == "0", string(exp) == "null", strings.HasPrefix(string(exp), `"`):
		return http.StatusUnauthorized, false
	}
	if r.Verdict == auth.VerdictValid { // also the good one after a fault that was accepted
		return http.StatusOK, false
	}
	early := r.Verdict == auth.VerdictExpired || r.Verdict == auth.VerdictNotYetValid
	return http.StatusUnauthorized, !early
}

// probed is in the middle of a probe.
func probed(d *desktop) {
	d.press("f5")
	_, next := d.probing("http://127.0.0.1:8000/users/me")
	for range 3 + 74 { // steps and results, which are all that come
		_, next = d.Update(next())
	}
}

// probing begins a probe of a URL. It returns what brings the message of its end,
// and the command that waits for the next result.
func (d *desktop) probing(url string) (end <-chan tea.Msg, next tea.Cmd) {
	d.t.Helper()
	d.press("p")
	d.write(url)
	_, look := d.Update(keyPress(d.t, "enter"))
	_, prepare := d.Update(look())
	_, begin := d.Update(prepare())
	batch, ok := begin().(tea.BatchMsg)
	if !ok {
		d.t.Fatalf("%T, want a batch", begin())
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- batch[0]() }()
	return done, batch[1]
}

package old

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/probe"
)

// api serves an API on this machine that lets a token in when the verifier of the
// faults does, or the hole.
func api(t *testing.T, d *desktop, hole func(*auth.Token) bool) string {
	t.Helper()
	maker, err := d.desk.faultMaker(draft{subject: "ada", lifetime: "30m"}, moment)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := maker.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		result := verifier.Verify(token)
		if result.Verdict != auth.VerdictValid && !hole(result.Token) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestProbe tries every fault on an API and shows what came of each.
func TestProbe(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	url := api(t, d, func(token *auth.Token) bool { return token.Algorithm() == "none" })
	d.typed("ada")
	d.press("f5", "p")
	d.shows("Probe an API of yours", "a good token first, then every fault, for ada")
	d.press("enter")
	d.shows("type the URL of an API of yours")
	d.typed("localhost")
	d.press("enter")
	d.shows("the URL cannot be read: write it as https://host/path")
	d.probe.url.set(url)
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	d.shows("✓ refused 401", "1 let in, 11 not made, 48 refused")
	d.press("/")
	d.typed("let in")
	d.shows("1 of 60 faults", "▌ alg-none ✗ let in 200")
	d.press("esc")
	d.choose("alg-none")
	d.shows("✗ let in 200")
	d.press("enter")
	d.shows("an API should answer 401", "the API that was probed: ✗ let in 200")
	d.press("esc")
	equal(t, "results", len(d.probe.results), len(fault.Catalogue()))
	d.choose("ecdsa-zero")
	d.shows("– not made")

	// The URL is there for the next time, and the results go.
	d.press("esc", "p")
	d.shows(url)
	d.probe.url.set(api(t, d, func(*auth.Token) bool { return false }))
	d.press("enter")
	d.shows("✓ 11 not made, 49 refused")

	// An API that lets nothing in cannot be probed.
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	d.press("p")
	d.probe.url.set(server.URL)
	d.press("enter")
	d.shows("✗ the good token was not let in: answered with 404 Not Found; check the path in the URL")
	d.hides("✓ refused")
}

// TestProbeLive: the results come one by one, and x ends the run.
func TestProbeLive(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	hold, asked := make(chan bool), make(chan bool, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if _, err := auth.Decode(token); err == nil && len(asked) < 3 { // the good one, and the first faults
			asked <- true
			if len(asked) > 1 {
				w.WriteHeader(http.StatusUnauthorized)
			}
			return
		}
		if token == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(hold) })
	d.press("f5", "p")
	d.probe.url.set(server.URL)
	_, look := d.Update(keyPress(t, "enter"))
	_, begin := d.Update(look())
	batch, ok := begin().(tea.BatchMsg)
	if !ok {
		t.Fatalf("%T, want a batch", begin())
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- batch[0]() }()
	next := batch[1]
	for range 2 {
		_, next = d.Update(next())
	}
	d.shows("2 of 60 tried, 0 let in", "✓ refused 401", "…", "x stop")
	d.press("x")
	d.send(<-done)
	d.shows("▲ stopped: 2 refused")
	d.hides("x stop")
	for next != nil { // what is still on its way
		_, next = d.Update(next())
	}
}

// TestProbeElsewhere: a host of somebody else is probed when its name was typed.
func TestProbeElsewhere(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5", "p")
	d.probe.url.set("http://192.0.2.1/users/me")
	d.press("enter")
	d.shows("192.0.2.1", "it is not on this machine or in a private network")
	d.press("enter")
	d.shows("that is not its name, and nothing was sent: type 192.0.2.1")
	d.typed("192.0.2.2")
	d.press("enter")
	d.shows("that is not its name")
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "results", len(d.probe.results), 0)
	equal(t, "running", d.probe.running(), false)
}

// TestProbeProtected: a probe signs.
func TestProbeProtected(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("production", "staging"))
	url := api(t, d, func(*auth.Token) bool { return false })
	d.press("f5", "p")
	d.probe.url.set(url)
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayProtect)
	equal(t, "results", len(d.probe.results), 0)
	d.typed("production")
	d.press("enter")
	d.shows("11 not made, 49 refused")
}

// probed shows the results of a probe.
func probed(d *desktop) {
	d.press("f5")
	d.probe.results = map[string]probe.Result{}
	for i, f := range d.faults.all {
		r := probe.Result{Case: probe.Case{Fault: f}, Outcome: probe.Refused, Right: true, Status: 401}
		switch {
		case d.faults.impossible[f.Name] != "":
			r.Outcome, r.Right, r.Status = probe.NotMade, false, 0
		case i == 2:
			r.Outcome, r.Right, r.Status = probe.LetIn, false, 200
		case i == 4:
			r.Outcome, r.Right, r.Status = probe.FellOver, false, 500
		case i == 6:
			r.Outcome, r.Right, r.Status = probe.NoAnswer, false, 0
		case i > 8:
			continue
		}
		d.probe.results[f.Name] = r
	}
	d.probe.stop = func() {}
}

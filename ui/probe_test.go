package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/settings"
)

// api serves an API on this machine that accepts a token when the verifier of the
// faults does, or the hole.
func api(t *testing.T, key *auth.Key, hole func(*auth.Token) bool) string {
	t.Helper()
	maker := fault.Maker{
		Issuer:  &auth.Issuer{Key: key, Lifetime: testSettings(t).Lifetime, Now: (&fakeClock{at: moment}).now, Rand: &counter{}},
		Request: auth.Request{Subject: "ada"},
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

func noHole(*auth.Token) bool { return false }

// probes asks for a probe of a URL.
func (d *desktop) probes(url string) {
	d.t.Helper()
	d.press("p")
	d.write(url)
	d.press("enter")
}

// news handles the next news of a probe, and returns the command that waits for those
// after.
func (d *desktop) news(next tea.Cmd) tea.Cmd {
	d.t.Helper()
	_, after := d.Update(next())
	return after
}

// TestProbe tries every fault on an API and shows what came of each.
func TestProbe(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	url := api(t, d.ctx.Desk.Key(), func(token *auth.Token) bool { return token.Algorithm() == "none" && len(token.Signature) == 0 })
	d.typed("ada")
	d.press("f5", "p")
	d.shows("Probe one of your APIs", "sends a valid token and then every fault, for ada")
	d.press("enter")
	d.shows("type the URL of one of your APIs")
	d.typed("localhost")
	d.press("enter")
	d.shows("the URL cannot be read")
	d.write(url)
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("✓ refused 401", "✗ 1 hole ✓ 94 refused · 49 not made", strings.TrimPrefix(url, "http://"))
	d.press("/")
	d.typed("accepted 200")
	d.shows("1 of 144 faults", "▌ alg-none ✗ accepted 200")
	d.press("esc")
	d.choose("alg-none")
	d.shows("✗ accepted 200")
	d.press("enter")
	d.shows("an API should answer 401", "✗ the probed API: accepted 200 OK")
	d.press("esc")
	d.choose("ecdsa-zero")
	d.shows("· not made")
	d.press("esc")
	d.resize(120, 180)
	for outcome, n := range map[string]int{"✓ refused 401": 94, "✗ accepted 200": 1, "· not made": 49} { // every fault has one
		equal(t, outcome, strings.Count(d.screenText(), outcome), n)
	}
	d.resize(120, 40)

	// The URL is there for the next time. What is now otherwise is marked.
	d.press("p")
	d.shows(url)
	d.press("esc")
	d.probes(api(t, d.ctx.Desk.Key(), noHole))
	d.shows("✓ 95 refused ≠ 1 changed · 49 not made")
	d.choose("alg-none")
	d.shows("✓ refused 401 ≠", "refused 401 Unauthorized (accepted 200 in the run before)")

	// An API that lets nothing in cannot be probed. The reason stays, and so do the results.
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	d.probes(server.URL)
	d.resize(80, 40)
	d.after(time.Minute)
	d.shows("✗ the good token was not accepted: answered with 404 Not Found; check the path", "✓ refused 401", "✓ 95 refused")
	d.probes(api(t, d.ctx.Desk.Key(), noHole))
	d.hides("404 Not Found")
}

// TestProbeKeepsTheURL, also when the question was left without an answer.
func TestProbeKeepsTheURL(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5", "p")
	d.typed("http://localhost:8000/me")
	d.press("esc", "p")
	d.shows("> http://localhost:8000/me")
}

// TestProbeUnderHelp: nothing is sent while something lies over the question.
func TestProbeUnderHelp(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5", "p")
	d.write("http://127.0.0.1:1")
	_, look := d.Update(keyPress(t, "enter"))
	d.shows("Looking up the host…")
	if _, again := d.Update(keyPress(t, "enter")); again != nil {
		t.Error("the second enter looks again")
	}
	d.press("f1")
	d.run(look)
	equal(t, "the dialogs over the screen", d.over(), "Prompt Help")
	d.press("esc")
	d.shows("sends a valid token and then every fault")
	d.press("esc")
	d.hides("tried")
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
	d.press("f5")
	end, next := d.probing(server.URL)
	d.shows("◌ asking with a good token first")
	d.hides("p probe an API")
	for _, shows := range []string{"good token first", "without a token", "0 of 96", "1 of 96", "2 of 96"} {
		next = d.news(next)
		d.shows(shows)
	}
	d.after(2 * time.Second)
	d.shows("2 of 96 · about 1m 34s left", "✓ refused 401", "· not tried", "✓ 2 refused · 94 not tried", "x stop")
	d.press("x")
	<-end
	for next != nil { // what is still on its way
		next = d.news(next)
	}
	d.shows("▲ stopped: 2 of 96 tried, 0 holes", "· not tried", "✓ 2 refused · 94 not tried")
	d.hides("x stop")
	end, next = d.probing(server.URL)
	d.hides("stopped") // it was about the run before
	d.press("x")
	<-end
	for next != nil {
		next = d.news(next)
	}
	d.after(time.Minute) // it stays
	d.shows("▲ stopped: 0 of 96 tried, 0 holes")
}

// TestProbeEarlier: the results of the run before stay, in brackets, until the new run has
// others.
func TestProbeEarlier(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5")
	d.probes(api(t, d.ctx.Desk.Key(), noHole))
	d.shows("✓ 95 refused")
	lets := func(token *auth.Token) bool { return token.Algorithm() == "none" && len(token.Signature) == 0 }
	end, next := d.probing(api(t, d.ctx.Desk.Key(), lets))
	next = d.news(next)
	d.shows("asking with a good token first", "✓ refused 401", "✓ 95 refused")
	next = d.news(d.news(next))
	d.shows("(✓ refused 401)", "96 not tried")
	<-end
	for next != nil { // what is still on its way
		next = d.news(next)
	}
	d.hides("(✓")
	d.shows("✗ 1 hole ✓ 94 refused", "≠ 1 changed")
	d.press("h")
	d.shows("1 of 144 faults", "▌ alg-none ✗ accepted 200 ≠")
	d.press("esc")
	d.shows("144 faults for")
}

// TestProbeAgain tries one fault again, on the API that was probed last.
func TestProbeAgain(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	hole := true
	url := api(t, d.ctx.Desk.Key(), func(token *auth.Token) bool { return hole && token.Algorithm() == "none" && len(token.Signature) == 0 })
	d.choose("alg-none")
	d.press("r") // there is no API yet
	equal(t, "the dialogs over the screen", d.over(), "")
	d.probes(url)
	d.choose("alg-none")
	hole = false
	d.press("r")
	d.shows("✓ alg-none was tried again: refused", "✓ refused 401 ≠", "✓ 95 refused")
	d.hides("(✓", "not tried")
}

// TestProbeReport saves the report of a probe.
func TestProbeReport(t *testing.T) {
	d := newDesktop(t)
	t.Chdir(t.TempDir())
	d.press("f5", "s")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.probes(api(t, d.ctx.Desk.Key(), noHole))
	d.press("s", "enter")
	text, err := os.ReadFile("probe.md")
	if err != nil || !strings.Contains(string(text), "alg-none") {
		t.Errorf("%v: %s", err, text)
	}
}

// TestFaultsSearch finds the same faults as the command, which has the same function.
func TestFaultsSearch(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5", "/")
	for _, query := range []string{"alg none", "nbf", "RFC 8725 key", "EXP string"} {
		d.write(query)
		n := len(explain.Search(fault.Catalogue(), query, nil))
		d.shows(fmt.Sprintf("%d of %d faults", n, len(fault.Catalogue())))
	}
}

// TestProbeEndsWithTheProfile: a running probe signs with the key of the old profile.
func TestProbeEndsWithTheProfile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), slowAPI(t))
	d.press("f5")
	end, next := d.probing("http://127.0.0.1:8000/users/me")
	d.shows("asking with a good token first", "x stop")
	d.press("f9", "down", "enter")
	d.shows("profile staging")
	<-end
	for next != nil {
		next = d.news(next)
	}
	d.shows("▲ stopped: ")
	d.hides("x stop")

	// One that is asked for with the other key does not begin.
	d.press("p")
	d.write("http://127.0.0.1:8000/users/me")
	_, look := d.Update(keyPress(t, "enter"))
	_, prepare := d.Update(look())
	d.press("f9", "up", "enter")
	d.shows("profile default")
	if _, begin := d.Update(prepare()); begin != nil {
		t.Error("the probe begins")
	}
	d.hides("x stop")
}

// TestProbeElsewhere: a host of somebody else is probed when its name was typed.
func TestProbeElsewhere(t *testing.T) {
	t.Parallel()
	sent := 0
	d := newDesktop(t, func(c *Config, _ *settings.Settings) {
		c.Probe.Target.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			sent++
			equal(t, "the host", r.URL.Host, "192.0.2.1")
			return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody, Request: r}, nil
		})
	})
	d.press("f5")
	d.probes("http://192.0.2.1/users/me")
	d.shows("192.0.2.1", "it is neither on this machine nor in a private network")
	d.press("enter")
	d.shows("the name is wrong, so nothing was sent; type 192.0.2.1")
	d.typed("192.0.2.2")
	d.press("enter")
	d.shows("the name is wrong")
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "requests", sent, 0)
	d.hides("tried", "x stop")

	d.press("p", "enter")
	d.typed("192.0.2.1")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "requests", sent, 1)
	d.shows("the good token was not accepted")
}

// TestProbeProtected: a probe signs.
func TestProbeProtected(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("production", "staging"))
	url := api(t, d.ctx.Desk.Key(), noHole)
	d.press("f5")
	d.probes(url)
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows("▲ production is protected")
	d.hides("tried", "not made")
	d.typed("production")
	d.press("enter")
	d.shows("✓ 95 refused · 49 not made")
}

package probe

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// An API that verifies refuses every fault. For one with holes exactly its holes are
// reported, wherever the token is sent.
func TestRun(t *testing.T) {
	t.Parallel()
	c := newClock()
	m := makerAt(t, c.Now)
	v := verifierOf(t, m)
	for _, holes := range [][]string{nil, {"expired", "alg-none", "kid-unknown"}} {
		p := &Probe{Target: Target{URL: serve(t, lets(t, m, v, holes))}, Maker: m, Faults: fault.Catalogue()}
		var told []string
		report, err := p.Run(t.Context(), func(r Result) { told = append(told, r.Case.Name) })
		if err != nil {
			t.Fatal(err)
		}
		if got := accepted(report); !slices.Equal(got, holes) {
			t.Errorf("accepted: %v, want %v", got, holes)
		}
		if report.Right() != (holes == nil) || report.Stopped || !report.Good.Right || !report.NoToken.Right || !report.GoodAfter.Right {
			t.Errorf("right %t: %s", report.Right(), report.Summary())
		}
		var names []string
		for i, f := range fault.Catalogue() {
			names = append(names, f.Name)
			result := report.Results[i]
			if result.Case.Name != f.Name {
				t.Fatalf("result %d is %s, want %s", i, result.Case.Name, f.Name)
			}
			if f.Name == "white-space" { // which a header cannot carry
				if result.Outcome != NotMade || result.Detail != "a header cannot carry its space: it would not arrive" {
					t.Errorf("white-space: %s %q", result.Outcome, result.Detail)
				}
				continue
			}
			if impossible := m.Impossible(f); impossible != result.Case.Impossible || (impossible != "") != (result.Outcome == NotMade) {
				t.Errorf("%s: %s %q", f.Name, result.Outcome, result.Case.Impossible)
			}
		}
		slices.Sort(names)
		slices.Sort(told)
		if !slices.Equal(names, told) {
			t.Errorf("progress was told of %v", told)
		}
	}
}

// accepted returns the names of the faults that were accepted.
func accepted(r *Report) []string {
	var names []string
	for _, result := range r.Results {
		if result.Outcome == Accepted {
			names = append(names, result.Case.Name)
		}
	}
	return names
}

// lets is an API that also accepts the named faults. It recognizes them by their
// content.
func lets(t *testing.T, m fault.Maker, v *auth.Verifier, holes []string) http.HandlerFunc {
	t.Helper()
	return answersFor(v, func(w http.ResponseWriter, r *http.Request) {
		token, _ := bearer(r)
		for _, name := range holes {
			made, err := m.Make(faults(t, name)[0])
			if err == nil && sameButID(made, token) {
				return
			}
		}
		w.WriteHeader(http.StatusUnauthorized)
	})
}

// sameButID compares two tokens without their jti and signature.
func sameButID(a, b string) bool {
	hold := func(compact string) (string, string) {
		token, err := auth.Decode(compact)
		if failed, ok := errors.AsType[*auth.DecodeError](err); ok {
			token = failed.Token
		}
		return token.Header.Indent(), token.Claims.Without("jti").Indent()
	}
	if strings.HasSuffix(a, ".") != strings.HasSuffix(b, ".") { // one has no signature
		return false
	}
	header, claims := hold(a)
	otherHeader, otherClaims := hold(b)
	return header == otherHeader && claims == otherClaims && header != "{}" && claims != "{}"
}

// A probe proves nothing unless the good token is accepted.
func TestNotAccepted(t *testing.T) {
	t.Parallel()
	c := newClock()
	closed := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for _, tt := range []struct {
		status int
		url    string
		behind time.Duration
		want   string
	}{
		{
			401, "", 9 * time.Second,
			"the good token was not accepted: answered with 401 Unauthorized: according to its Date header, its clock is 9 s behind this one; " +
				"check the URL, the subject, the claims and the key",
		},
		{401, "", 0, "the good token was not accepted: answered with 401 Unauthorized; check the URL, the subject, the claims and the key"},
		{404, "", 0, "the good token was not accepted: answered with 404 Not Found; check the path in the URL"},
		{405, "", 0, "the good token was not accepted: answered with 405 Method Not Allowed; check the method"},
		{
			302, "", 0,
			"the good token was not accepted: answered with 302 Found: a redirect, which is not followed; " +
				"probe the URL that the redirect leads to",
		},
		{
			429, "", 0,
			"the good token was not accepted: answered with 429 Too Many Requests: the API limits the rate of requests; " +
				"send fewer requests per second (--rate)",
		},
		{503, "", 0, "the good token was not accepted: answered with 503 Service Unavailable; fix the API before you probe it"},
		{0, closed, 0, "the good token was not accepted: the connection was closed; check the URL"},
		{0, "http://127.0.0.1:1", 0, "the good token was not accepted: connection refused; check the URL"},
	} {
		var requests atomic.Int64
		url := tt.url
		if url == "" {
			url = serve(t, func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				w.Header().Set("Date", c.Now().Add(-tt.behind).Format(http.TimeFormat))
				w.WriteHeader(tt.status)
			})
		}
		p := &Probe{Target: Target{URL: url}, Maker: makerAt(t, c.Now), Faults: fault.Catalogue()}
		report, err := p.Run(t.Context(), nil)
		refused, ok := errors.AsType[*NotAcceptedError](err)
		if !ok || report != nil || refused.Status != tt.status || err.Error()+"; "+refused.Advice() != tt.want ||
			requests.Load() > 1 && tt.status != 401 {
			t.Errorf("%d: %v after %d requests\nwant %s", tt.status, err, requests.Load(), tt.want)
		}
	}
}

// An API that accepts a request without a token checks nothing. One that refuses the
// good token at the end refused for another reason.
func TestControls(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	open := func(w http.ResponseWriter, r *http.Request) {
		if token, ok := bearer(r); ok && v.Verify(token).Verdict != auth.VerdictValid {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}
	var requests atomic.Int64
	locks := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Date"] = nil
			if requests.Add(1) > 1 {
				w.WriteHeader(status)
			}
		}
	}
	for _, tt := range []struct {
		api  http.HandlerFunc
		want string
	}{
		{open, "The API accepts a request without a token, so it checks nothing; 2 faults tried: all refused."},
		{insists(v), "A request without a token was not refused but answered with 404 Not Found; 2 faults tried: all refused."},
		{
			locks(401),
			"At the end a good token was not accepted (answered with 401 Unauthorized), so the refusals prove nothing; 2 faults tried: " +
				"all refused.",
		},
	} {
		p := &Probe{Target: Target{URL: serve(t, tt.api)}, Maker: m, Faults: faults(t, "expired", "alg-none")}
		report, err := p.Run(t.Context(), nil)
		if err != nil || report.Right() || report.Summary() != tt.want {
			t.Errorf("%v, right %t: %s\nwant %s", err, report.Right(), report.Summary(), tt.want)
		}
	}
}

// A good token follows each fault that was accepted, so that a fault that ends a session is
// seen.
func TestGoodAfterHole(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	for _, ends := range []bool{false, true} {
		var ended atomic.Bool
		p := &Probe{Maker: m, Faults: faults(t, "expired", "no-exp", "alg-none"), Parallel: 1}
		p.Target.URL = serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil // the clock of the test stands still
			token, _ := bearer(r)
			switch v.Verify(token).Verdict {
			case auth.VerdictValid:
				if ended.Swap(false) {
					w.WriteHeader(http.StatusUnauthorized)
				}
			case auth.VerdictWrongClaim:
				ended.Store(ends)
			default:
				w.WriteHeader(http.StatusUnauthorized)
			}
		})
		report, err := p.Run(t.Context(), nil)
		if err != nil || report.Right() == ends || report.Results[1].GoodAfter == nil || report.Results[0].GoodAfter != nil {
			t.Fatalf("%v, %+v", err, report)
		}
		want := "3 faults tried: no holes, 1 policy, 2 refused."
		if ends {
			want = "After no-exp a good token was not accepted (answered with 401 Unauthorized); " + want
		}
		if report.Summary() != want {
			t.Errorf("%s\nwant %s", report.Summary(), want)
		}
	}
}

// insists is an API that answers with 404 if there is no token.
func insists(v *auth.Verifier) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if token, ok := bearer(r); !ok {
			w.WriteHeader(http.StatusNotFound)
		} else if v.Verify(token).Verdict != auth.VerdictValid {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}
}

// A token that cannot be made ends the run, and so does a panic in a goroutine.
func TestFailures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		read func() (int, error)
		want string
	}{
		{func() (int, error) { return 0, io.ErrUnexpectedEOF }, "make the fault expired: read randomness for the token's id: unexpected EOF"},
		{func() (int, error) { panic("sec.ret.token") }, "a fault could not be tried because of an internal error"},
	} {
		m := makerAt(t, newClock().Now)
		v := verifierOf(t, m)
		reads := 0
		m.Issuer.Rand = reader(func(b []byte) (int, error) {
			if reads++; reads > 1 {
				return tt.read()
			}
			return len(b), nil
		})
		p := &Probe{Maker: m, Faults: faults(t, "expired"), Target: Target{URL: serve(t, answersFor(v, http.NotFound))}}
		if report, err := p.Run(t.Context(), nil); report != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%v\nwant %s", err, tt.want)
		}
	}
}

type reader func([]byte) (int, error)

func (r reader) Read(b []byte) (int, error) { return r(b) }

// Whatever an API does with a fault is a result.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	for _, tt := range []struct {
		status int
		want   Outcome
		right  bool
		detail string
	}{
		{200, Accepted, false, ""},
		{299, Accepted, false, ""},
		{401, Refused, true, ""},
		{403, Refused, true, ""},
		{400, OtherStatus, false, ""},
		{431, Refused, true, ""},
		{418, OtherStatus, false, ""},
		{302, OtherStatus, false, "a redirect, which is not followed"},
		{429, Limited, false, "the API limits the rate of requests"},
		{500, ServerError, false, ""},
		{503, ServerError, false, ""},
	} {
		var followed atomic.Bool
		p := &Probe{Maker: m, Faults: faults(t, "expired")}
		p.Target.URL = serve(t, answersFor(v, func(w http.ResponseWriter, r *http.Request) {
			followed.Store(followed.Load() || r.URL.Path == "/login")
			w.Header().Set("Location", "/login")
			w.WriteHeader(tt.status)
		}))
		report, err := p.Run(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := report.Results[0]
		if got.Outcome != tt.want || got.Right != tt.right || report.Right() != tt.right || got.Status != tt.status || got.Detail != tt.detail ||
			followed.Load() {
			t.Errorf("%d: %+v", tt.status, got)
		}
	}
}

// A cancelled run returns the results so far, without an error.
func TestStopped(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	var tried atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	p := &Probe{Parallel: 1, Maker: m, Faults: faults(t, "ecdsa-zero", "expired", "alg-none", "empty")}
	p.Target.URL = serve(t, answersFor(v, func(w http.ResponseWriter, r *http.Request) {
		if tried.Add(1) == 2 {
			cancel()
			<-r.Context().Done()
		}
		w.WriteHeader(http.StatusUnauthorized)
	}))
	report, err := p.Run(ctx, nil)
	if err != nil || !report.Stopped || report.Right() || len(report.Results) != 2 || report.GoodAfter != nil || report.NoToken == nil {
		t.Fatalf("%v, %+v", err, report)
	}
	if want := "Stopped after 2 of 4 faults; 1 fault tried: all refused; 1 could not be made."; report.Summary() != want {
		t.Errorf("%s\nwant %s", report.Summary(), want)
	}
	report, err = p.Run(ctx, nil)
	if err != nil || !report.Stopped || len(report.Results) != 0 {
		t.Errorf("cancelled before it began: %v, %+v", err, report)
	}
}

// Every token is made for its own request, and Parallel requests are sent at once.
func TestParallel(t *testing.T) {
	t.Parallel()
	for parallel, want := range map[int]int{0: DefaultParallel, 1: 1, 3: 3, 50: 10} {
		synctest.Test(t, func(t *testing.T) {
			m := makerAt(t, time.Now)
			v := verifierOf(t, m)
			var mu sync.Mutex
			var underWay, most int
			tokens := map[string]bool{}
			p := &Probe{Parallel: parallel, Maker: m, Faults: slices.Repeat(faults(t, "expired"), 10), Target: Target{URL: "http://localhost"}}
			p.Target.Transport = transport(func(r *http.Request) (int, error) {
				token, ok := bearer(r)
				if ok && v.Verify(token).Verdict == auth.VerdictValid {
					return 200, nil
				}
				mu.Lock()
				underWay++
				most = max(most, underWay)
				tokens[token] = true
				mu.Unlock()
				time.Sleep(time.Second) // in the time of the bubble
				mu.Lock()
				underWay--
				mu.Unlock()
				return 401, nil
			})
			report, err := p.Run(t.Context(), nil)
			if err != nil || !report.Right() {
				t.Fatalf("%v, %+v", err, report)
			}
			if most != want || len(tokens) != 11 {
				t.Errorf("parallel %d: %d requests at once, %d tokens", parallel, most, len(tokens))
			}
		})
	}
}

// A target that cannot be used is an error that quotes no secret.
func TestUnusable(t *testing.T) {
	t.Parallel()
	for want, target := range map[string]Target{
		"the URL cannot be read":                                        {URL: "://hunter2"},
		"the URL must start with http:// or https://":                   {URL: "ftp://host/"},
		"the URL contains a user name or a password":                    {URL: "http://me:hunter2@host/"},
		"the method is not an HTTP method":                              {URL: "http://host", Method: "G T"},
		"the name of the cookie may contain only letters, digits and -": {URL: "http://host", Placing: Placing{In: InCookie, Name: "a;b"}},
		"the value of the header X-Key contains a line break or another control character": {
			URL: "http://host", Header: http.Header{"X-Key": {"hunter2\r\nHost: other"}},
		},
		"the status 403 counts both as accepted and as refused": {
			URL: "http://host", Accept: []Range{{200, 499}}, Refuse: []Range{{403, 403}},
		},
	} {
		_, err := (&Probe{Target: target, Maker: makerAt(t, newClock().Now)}).Run(t.Context(), nil)
		if err == nil || err.Error() != want || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
	for _, p := range []*Probe{{Rate: -1}, {Rate: math.NaN()}, {Parallel: -1}, {Target: Target{Timeout: -1}}} {
		p.Target.URL = "http://127.0.0.1:1"
		if _, err := p.Run(t.Context(), nil); err == nil || !strings.HasPrefix(err.Error(), "the rate, ") {
			t.Errorf("%+v: %v", p, err)
		}
	}
	_, err := (&Probe{Target: Target{URL: "http://127.0.0.1:1"}}).Run(t.Context(), nil)
	if !errors.Is(err, auth.ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
}

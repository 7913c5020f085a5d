package probe

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// keeper is an API that checks the claims with a clock and tolerances of its own.
type keeper struct {
	now           func() time.Time
	exp, nbf, iat time.Duration // not checked if negative
	date          bool          // sends a Date header
	before, after func()        // on each request, around the check
}

func (k keeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if k.before != nil {
		k.before()
	}
	w.Header()["Date"] = nil
	if k.date {
		w.Header().Set("Date", k.now().UTC().Format(http.TimeFormat))
	}
	compact, _ := bearer(r)
	token, err := auth.Decode(compact)
	now := k.now().Truncate(time.Second)
	past := func(claim string) time.Duration { d, _ := token.Date(claim); return -d.Sub(now) }
	_, hasNBF := token.Date("nbf")
	if err != nil || k.exp >= 0 && past("exp") >= k.exp || k.nbf >= 0 && hasNBF && -past("nbf") > k.nbf || k.iat >= 0 && -past("iat") > k.iat {
		w.WriteHeader(http.StatusUnauthorized)
	}
	if k.after != nil {
		k.after()
	}
}

func findings(t *testing.T, c *clock, api http.HandlerFunc) []LeewayFinding {
	t.Helper()
	var told []string
	p := &Probe{Target: Target{URL: serve(t, api)}, Maker: makerAt(t, c.Now)}
	found, err := p.Leeway(t.Context(), func(text string) { told = append(told, text) })
	if err != nil {
		t.Fatal(err)
	}
	requests := 0
	for _, f := range found {
		requests += f.Requests
	}
	if requests != len(told) || requests > 120 {
		t.Errorf("%d requests, %d of them told", requests, len(told))
	}
	return found
}

func (k keeper) check(w http.ResponseWriter, r *http.Request) { k.ServeHTTP(w, r) }

func TestLeeway(t *testing.T) {
	t.Parallel()
	const never = -1
	for _, tt := range []struct {
		exp, nbf, iat time.Duration
		right         [3]bool
		want          [3]string
	}{
		{0, 0, 0, [3]bool{true, true, true}, [3]string{
			"exp: refuses a token from the second of its expiry, with no tolerance",
			"nbf: accepts a token from the second of its nbf, with no tolerance",
			"iat: accepts a token from the second of its iat, with no tolerance",
		}},
		{60 * time.Second, 60 * time.Second, 30 * time.Second, [3]bool{true, true, true}, [3]string{
			"exp: accepts a token for up to 60 s after its expiry",
			"nbf: accepts a token from 60 s before its nbf",
			"iat: accepts a token from 30 s before its iat",
		}},
		{time.Second, time.Second, never, [3]bool{true, true, true}, [3]string{
			"exp: accepts a token for up to 1 s after its expiry; " +
				"the second that exp names is already too late (RFC 7519 section 4.1.4)",
			"nbf: accepts a token from 1 s before its nbf",
			"iat: accepts a token that was issued a year in the future, so it does not check iat, which RFC 7519 does not require",
		}},
		{never, never, 301 * time.Second, [3]bool{}, [3]string{
			"exp: accepts a token that expired a year ago, so it does not check exp",
			"nbf: accepts a token that becomes valid in a year, so it does not check nbf",
			"iat: accepts a token from 5m 1s before its iat, which is more than clocks differ, so it accepts invalid tokens",
		}},
		{4*time.Hour + 7*time.Second, 25 * time.Hour, 300 * time.Second, [3]bool{false, false, true}, [3]string{
			"exp: accepts a token for up to 4h 0m 7s after its expiry, which is more than clocks differ, " +
				"so it accepts invalid tokens",
			"nbf: accepts a token from 1d 1h before its nbf, which is more than clocks differ, so it accepts invalid tokens",
			"iat: accepts a token from 5m before its iat",
		}},
	} {
		c := newClock()
		k := keeper{now: c.Now, exp: tt.exp, nbf: tt.nbf, iat: tt.iat}
		for n, f := range findings(t, c, k.check) {
			if f.Sentence != tt.want[n] || f.Right != tt.right[n] {
				t.Errorf("right %t: %s\nwant %s", f.Right, f.Sentence, tt.want[n])
			}
		}
	}
}

// The clock advances with every request, before or after the check. The finding is
// the boundary, or says how far it may be off.
func TestLeewayMovingClock(t *testing.T) {
	t.Parallel()
	for _, leeway := range []time.Duration{0, time.Second, 59 * time.Second, 64 * time.Second, 1000 * time.Second} {
		for _, before := range []bool{true, false} {
			c := newClock()
			tick := func() { c.move(time.Second) }
			k := keeper{now: c.Now, exp: leeway, nbf: leeway, iat: leeway, after: tick}
			if before {
				k.before, k.after = tick, nil
			}
			for _, f := range findings(t, c, k.check) {
				off := (f.Leeway - leeway).Abs()
				if !f.Checked || f.Contradicts || off > f.Within || f.Within > time.Second || !before && off != 0 {
					t.Errorf("%s before %t: %+v", leeway, before, f)
				}
			}
		}
	}
}

// A request is repeated when the second changed while it was on its way.
func TestLeewayClockMovesNowAndThen(t *testing.T) {
	t.Parallel()
	c := newClock()
	requests := 0
	k := keeper{now: c.Now, exp: 90 * time.Second, nbf: 90 * time.Second, iat: 90 * time.Second, before: func() {
		if requests++; requests%3 == 0 {
			c.move(time.Second)
		}
	}}
	for _, f := range findings(t, c, k.check) {
		if f.Leeway != 90*time.Second || f.Within != 0 {
			t.Errorf("%+v", f)
		}
	}
}

// A clock that differs looks like a tolerance. The Date header tells them apart.
func TestLeewaySkew(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		ahead, leeway time.Duration
		date          bool
		want          [3]string
	}{
		{3 * time.Second, 0, true, [3]string{
			"exp: refuses a token from 3 s before its expiry; according to its Date header, its clock is 3 s ahead of this one: " +
				"by that clock it is exact to the second",
			"nbf: accepts a token from 3 s before its nbf; according to its Date header, its clock is 3 s ahead of this one: " +
				"by that clock it is exact to the second",
			"iat: accepts a token from 3 s before its iat; according to its Date header, its clock is 3 s ahead of this one: " +
				"by that clock it is exact to the second",
		}},
		{3 * time.Second, 0, false, [3]string{
			"exp: refuses a token from 3 s before its expiry",
			"nbf: accepts a token from 3 s before its nbf",
			"iat: accepts a token from 3 s before its iat",
		}},
		{-5 * time.Second, 60 * time.Second, true, [3]string{
			"exp: accepts a token for up to 65 s after its expiry; according to its Date header, its clock is 5 s behind this one: " +
				"by that clock it tolerates about 60 s",
			"nbf: accepts a token from 55 s before its nbf; according to its Date header, its clock is 5 s behind this one: " +
				"by that clock it tolerates about 60 s",
			"iat: accepts a token from 55 s before its iat; according to its Date header, its clock is 5 s behind this one: " +
				"by that clock it tolerates about 60 s",
		}},
		{-5 * time.Second, 2 * time.Second, true, [3]string{
			"exp: accepts a token for up to 7 s after its expiry; according to its Date header, its clock is 5 s behind this one: " +
				"by that clock it tolerates about 2 s",
			"nbf: refuses a token until 3 s after its nbf; according to its Date header, its clock is 5 s behind this one: " +
				"by that clock it tolerates about 2 s",
			"iat: accepts a token that was issued a year in the future, so it does not check iat, which RFC 7519 does not require",
		}},
		{0, 10 * time.Second, true, [3]string{
			"exp: accepts a token for up to 10 s after its expiry",
			"nbf: accepts a token from 10 s before its nbf",
			"iat: accepts a token from 10 s before its iat",
		}},
	} {
		c := newClock()
		k := keeper{now: func() time.Time { return c.Now().Add(tt.ahead) }, exp: tt.leeway, nbf: tt.leeway, iat: tt.leeway, date: tt.date}
		if tt.ahead+tt.leeway < 0 { // a good token would be from the API's future
			k.iat = -1
		}
		for n, f := range findings(t, c, k.check) {
			if f.Sentence != tt.want[n] || !f.Right || tt.date && f.Skew != tt.ahead {
				t.Errorf("skew %s: %s\nwant %s", f.Skew, f.Sentence, tt.want[n])
			}
		}
	}
}

// The good token may have an nbf of its own and the longest lifetime allowed.
func TestLeewayOfGoodTokenWithLimits(t *testing.T) {
	t.Parallel()
	c := newClock()
	m := makerAt(t, c.Now)
	m.Issuer.MaxLifetime = auth.DefaultLifetime
	m.Request.Claims = auth.Object{{Name: "nbf", Value: []byte("1795442000")}}
	p := &Probe{Maker: m}
	p.Target.URL = serve(t, func(w http.ResponseWriter, r *http.Request) {
		compact, _ := bearer(r)
		token, err := auth.Decode(compact)
		nbf, _ := token.Date("nbf")
		exp, _ := token.Date("exp")
		if err != nil || exp.Seconds < nbf.Seconds {
			t.Errorf("a token ends before it begins: %s", token.Claims.Indent())
		}
		keeper{now: c.Now, exp: time.Hour, nbf: time.Hour, iat: time.Hour}.check(w, r)
	})
	found, err := p.Leeway(t.Context(), nil)
	if err != nil || len(found) != 3 {
		t.Fatalf("%v, %+v", err, found)
	}
	for _, f := range found {
		if f.Leeway != time.Hour || !f.Checked {
			t.Errorf("%+v", f)
		}
	}
}

// A claim that cannot be determined is reported, and the other claims are still
// checked.
func TestLeewayUnclear(t *testing.T) {
	t.Parallel()
	c := newClock()
	age := func(r *http.Request, claim string) time.Duration {
		compact, _ := bearer(r)
		token, err := auth.Decode(compact)
		if err != nil {
			return 0
		}
		d, _ := token.Date(claim)
		return -d.Sub(c.Now())
	}
	found := findings(t, c, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		switch exp, nbf := age(r, "exp"), age(r, "nbf"); {
		case exp >= 8*time.Second && exp < time.Hour, exp >= 48*time.Hour:
			w.WriteHeader(http.StatusForbidden)
		case nbf < -3*time.Second && nbf > -time.Hour*1e5:
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	want := []string{
		"exp: the answers contradict each other: it refuses a token that expired 8 s ago, but accepts one that expired 1h 0m 8s ago; " +
			"the cause may be several servers with different clocks, or a cache",
		"nbf: could not be determined: a token that becomes valid in 4 s was neither accepted nor refused: " +
			"answered with 429 Too Many Requests: the API limits the rate of requests",
		"iat: accepts a token that was issued a year in the future, so it does not check iat, which RFC 7519 does not require",
	}
	for n, f := range found {
		if f.Sentence != want[n] || f.Right != (n == 2) {
			t.Errorf("right %t: %s\nwant %s", f.Right, f.Sentence, want[n])
		}
	}
}

func TestLeewayStops(t *testing.T) {
	t.Parallel()
	c := newClock()
	ctx, cancel := context.WithCancel(t.Context())
	p := &Probe{Maker: makerAt(t, c.Now)}
	p.Target.URL = serve(t, keeper{now: c.Now}.check)
	found, err := p.Leeway(ctx, func(text string) {
		if strings.HasPrefix(text, "nbf: ") {
			cancel()
		}
	})
	if err != nil || len(found) != 1 || found[0].Claim != "exp" || found[0].Sentence == "" {
		t.Errorf("%v, %+v", err, found)
	}
	p.Target.URL = serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	if found, err = p.Leeway(t.Context(), nil); err == nil || found != nil {
		t.Errorf("a refused good token: %v, %v", found, err)
	}
}

package cli

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Each update goes by the clock, however it jumped since the last one.
func TestWatchEvents(t *testing.T) {
	t.Parallel()
	w := watchOf(t, 5*time.Minute, fmt.Sprintf(`{"sub":"ada","nbf":%d,"exp":%d}`, noon.Unix()+60, noon.Unix()+3600))
	token := w.tokens[0]
	const minute, hour = time.Minute, time.Hour
	for _, tt := range []struct {
		at   time.Duration
		want event
		line string
	}{
		{59 * time.Second, nothing, "ada: not yet valid, valid in 1s"},
		{minute - 1, nothing, "ada: not yet valid, valid in 1s"},
		{minute, begun, "ada: active, 59m left"},
		{minute + 1, nothing, "ada: active, 59m left"},
		{minute + time.Second, nothing, "ada: active, 58m 59s left"},
		{2 * minute, passed, "ada: active, 58m left"},
		{3*minute - 1, nothing, "ada: active, 57m 1s left"},
		{33*minute + 7*time.Second, passed, "ada: active, 26m 53s left"}, // it slept
		{20 * minute, passed, "ada: active, 40m left"},                   // the clock was set back
		{0, delayed, "ada: not yet valid, valid in 1m"},
		{2 * minute, begun, "ada: active, 58m left"},
		{55*minute - 1, passed, "ada: active, 5m 1s left"},
		{55 * minute, warned, "ada: expires soon, 5m left"},
		{56 * minute, passed, "ada: expires soon, 4m left"},
		{hour - 1, passed, "ada: expires soon, 1s left"},
		{hour, expired, "ada: expired just now (2026-11-23 15:05:12 UTC)"},
		{hour + minute, nothing, "ada: expired 1m ago"},
		{50 * minute, begun, "ada: active, 10m left"},
		{58 * minute, passed, "ada: expires soon, 2m left"}, // it warns once
		{3 * hour, expired, "ada: expired 2h ago (2026-11-23 15:05:12 UTC)"},
	} {
		now := noon.Add(tt.at)
		got := token.update(now, w.every, w.warnBefore)
		line := w.sentence(token, got, now)
		if got != tt.want || line != tt.line {
			t.Errorf("at %v: %q %q, want %q %q", tt.at, got, line, tt.want, tt.line)
		}
	}
}

// The next update is when a token shows another second, at most a second away.
func TestWatchWaits(t *testing.T) {
	t.Parallel()
	whole := claims("ada", 0, time.Hour)
	for _, tt := range []struct {
		claims string
		at     time.Duration
		want   time.Duration
	}{
		{whole, 0, time.Second},
		{whole, 300 * time.Millisecond, 700 * time.Millisecond},
		{whole, time.Second - 1, minWait},
		{claims("ada", 0, 10000*time.Hour), 0, time.Second},
		{`{"exp":1e300}`, 250 * time.Millisecond, 750 * time.Millisecond},
		{fmt.Sprintf(`{"exp":%d.5}`, noon.Unix()+9), 0, 500 * time.Millisecond},
		{fmt.Sprintf(`{"exp":%d,"nbf":%d.25}`, noon.Unix()+9, noon.Unix()+5), 0, 250 * time.Millisecond},
	} {
		w := watchOf(t, 0, tt.claims)
		if got := w.wait(noon.Add(tt.at)); got != tt.want {
			t.Errorf("%s, %v after: %v, want %v", tt.claims, tt.at, got, tt.want)
		}
	}
}

// Beyond the 292 years of a Duration there is still one line per minute.
func TestWatchBeyondDurations(t *testing.T) {
	t.Parallel()
	w := watchOf(t, 0, `{"sub":"ms","exp":1795442712000}`, `{"sub":"huge","exp":1e300}`)
	w.every = time.Minute
	for _, token := range w.tokens {
		var events []event
		for second := range 121 {
			if e := token.update(noon.Add(time.Duration(second)*time.Second), w.every, 0); e != nothing {
				events = append(events, e)
			}
		}
		if !slices.Equal(events, []event{passed, passed}) {
			t.Errorf("%s: %v in two minutes", token.name, events)
		}
		if line := w.sentence(token, passed, noon); line != token.name+": active, more than 292y left" {
			t.Error(line)
		}
		if got := *w.report(token, passed, noon).ExpiresIn; got < 1<<40 {
			t.Errorf("%s expires in %d", token.name, got)
		}
	}
}

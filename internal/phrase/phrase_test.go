package phrase_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"tokendesk/internal/phrase"
)

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 keys", 1: "1 key", 2: "2 keys", -1: "-1 keys"} {
		if got := phrase.Count(n, "key", "keys"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CET", 3600)
	moment := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	if got, want := phrase.Moment(moment, zone), "2026-11-24 00:30:00 CET"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for now, want := range map[time.Time]string{
		moment.Add(23 * time.Hour):    "00:30:00 CET",
		moment.Add(-30 * time.Minute): "00:30:00 CET", // midnight there
		moment.Add(-31 * time.Minute): "2026-11-24 00:30:00 CET",
		moment.AddDate(1, 0, 0):       "2026-11-24 00:30:00 CET",
		moment.Add(24 * time.Hour):    "2026-11-24 00:30:00 CET",
	} {
		if got := phrase.MomentToday(moment, now, zone); got != want {
			t.Errorf("at %v: got %s, want %s", now, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		1:                         "in 1s",
		time.Second:               "in 1s",
		time.Second + 1:           "in 2s",
		29 * time.Minute:          "in 29m",
		0:                         "now",
		-1:                        "now",
		1 - time.Second:           "now",
		-time.Second:              "1s ago",
		-2*time.Second + 1:        "1s ago",
		math.MaxInt64:             "in more than 292y",
		math.MinInt64:             "more than 292y ago",
		math.MaxInt64 - 2_000_000: "in more than 292y",
	} {
		if got := phrase.Distance(d, "now"); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("ü", 60)
	for text, want := range map[string]string{"": "", whole: whole, whole + "x": whole + "…"} {
		if got := phrase.Excerpt(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

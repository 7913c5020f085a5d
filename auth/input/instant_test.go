package input

import (
	"strings"
	"testing"
	"time"
)

// An instant is a moment, seconds since 1970 or a time from now, in the location of now.
func TestInstants(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CET", 3600)
	now := at().In(zone).Add(700 * time.Millisecond)
	for text, want := range map[string]time.Time{
		"now": at(), " NOW ": at(), "5m": at().Add(5 * time.Minute), "+5m": at().Add(5 * time.Minute), "-1m": at().Add(-time.Minute),
		"now-2h": at().Add(-2 * time.Hour), "now + 1h30m": at().Add(90 * time.Minute), "in 2h": at().Add(2 * time.Hour),
		"2 hours ago": at().Add(-2 * time.Hour), "-P1D": at().Add(-day), "now+PT15M": at().Add(15 * time.Minute),
		"1795442712": at(), " 1795442712 ": at(), "2026-11-23T14:05:12Z": at(), "2026-11-23 15:05:12": at(),
		"18:00":             at().Add(2*time.Hour + 54*time.Minute + 48*time.Second),
		"0001-01-01T00:00Z": time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), "-100y": at().Add(-36500 * day),
	} {
		got, err := ParseInstant(text, now)
		if err != nil || !got.Equal(want) || got.Location() != zone {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	const form = "the time cannot be read; write a moment such as 18:00 or 2026-12-24T18:00Z, or a time from now such as 5m or -2h"
	for _, text := range []string{
		"", " ", "n", "no", "later", "now2h", "now 2h", "nowadays", "now-", "now--2h", "in", "in ", "ago", " ago", "in 2h ago", "now-2h ago",
		"--2h", "-", "2h from now", "in -2h", "-2h ago", "until 18:00", "-until 18:00", "5", "12345678", "123456789012", "0s", "-0s", "-999y",
	} {
		if got, err := ParseInstant(text, now); err == nil || sentence(err) != form || !got.IsZero() {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func FuzzParseInstant(f *testing.F) {
	for _, seed := range []string{"", " ", "n", "now", "now-2h", "now-", "in 2h", "2h ago", "1795442712", "18:00", "2026-12-24T18:00Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseInstant(text, at())
		if err == nil && (got.Nanosecond() != 0 || strings.TrimSpace(text) == "") || err != nil && !got.IsZero() {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	})
}

package input

import (
	"testing"
	"time"
)

func TestParseLifetime(t *testing.T) {
	t.Parallel()
	now := at().Add(700 * time.Millisecond) // a lifetime counts from the whole second
	const units = time.Second
	tests := []struct {
		text string
		want time.Duration
	}{
		{"45s", 45 * units},
		{"30m", 30 * time.Minute},
		{"1h30m", 90 * time.Minute},
		{" 1H 30M ", 90 * time.Minute},
		{"7d", 7 * day},
		{"2w", 14 * day},
		{"1d12h30m15s", 36*time.Hour + 30*time.Minute + 15*time.Second},
		{"90 minutes", 90 * time.Minute},
		{"1 hour 1 min 1 sec", time.Hour + time.Minute + time.Second},
		{"0h5m", 5 * time.Minute},
		{"1y", 365 * day},
		{"2 years 1 day", 731 * day},
		{"7 days", 7 * day},
		{"PT15M", 15 * time.Minute},
		{"pt1h30m", 90 * time.Minute},
		{"P1D", day},
		{"P1DT12H", 36 * time.Hour},
		{"P1Y2W", 379 * day},
		{"until 18:00", 3*time.Hour + 54*time.Minute + 48*time.Second},
		{"until 14:05:13", time.Second},
		{"until 14:05", 23*time.Hour + 59*time.Minute + 48*time.Second}, // passed, so tomorrow's
		{"until 14:05:12", day},
		{"until 18:00Z", 3*time.Hour + 54*time.Minute + 48*time.Second},
		{"until 2026-12-24T18:00Z", 31*day + 3*time.Hour + 54*time.Minute + 48*time.Second},
		{"until 2026-12-24T19:00+01:00", 31*day + 3*time.Hour + 54*time.Minute + 48*time.Second},
		{"until 2026-12-24T18:00:30Z", 31*day + 3*time.Hour + 55*time.Minute + 18*time.Second},
		{"until 2026-12-24 18:00", 31*day + 3*time.Hour + 54*time.Minute + 48*time.Second},
		{"until 2026-11-24", 9*time.Hour + 54*time.Minute + 48*time.Second},
	}
	for _, tt := range tests {
		if got, err := ParseLifetime(tt.text, now); err != nil || got != tt.want {
			t.Errorf("%q: %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseLifetimeRefuses(t *testing.T) {
	t.Parallel()
	const form = "the lifetime cannot be read; write one such as 45s, 30m, 1h30m, 7d or until 18:00"
	const long = "the lifetime is too long; choose at most 292 years"
	const moment = "the moment after until cannot be read; write until 18:00, until 2026-12-24T18:00Z or until 2026-12-24 18:00"
	for text, want := range map[string]string{
		"":                            "the lifetime is missing; type one such as 30m, 1h30m, 7d or until 18:00",
		"  ":                          "the lifetime is missing; type one such as 30m, 1h30m, 7d or until 18:00",
		"0m":                          "a token with a lifetime of zero has already expired",
		"0h0m0s":                      "a token with a lifetime of zero has already expired",
		"-5m":                         "a token with a negative lifetime has already expired",
		"90":                          "the lifetime has no unit; write 90m for minutes or 90h for hours",
		"1h30":                        "the lifetime has no unit; write 30m for minutes or 30h for hours",
		"1.5h":                        "the lifetime has a fraction; write 1h30m instead of 1.5h",
		"soon":                        form,
		"30 fortnights":               form,
		"5m;":                         form,
		"99999999999999999999s":       long,
		"9999999999h":                 long,
		"300y":                        long,
		"P":                           form,
		"PT":                          form,
		"P1M":                         form,
		"P15":                         "the lifetime has no unit; write 15m for minutes or 15h for hours",
		"P1DT":                        form,
		"P1H":                         form,
		"PT1.5H":                      "the lifetime has a fraction; write 1h30m instead of 1.5h",
		"-PT5M":                       "a token with a negative lifetime has already expired",
		"PT0S":                        "a token with a lifetime of zero has already expired",
		"106751d 23h 47m 17s":         long,
		"until":                       moment,
		"until later":                 moment,
		"until 25:00":                 moment,
		"until 2026-02-30T10:00Z":     moment,
		"until 2020-01-01T00:00Z":     "that moment has passed; choose a later one",
		"until 2026-11-23T14:05:12Z":  "that moment has passed; choose a later one",
		"until 9999-12-31T23:59:59Z":  long,
		"until 10000-01-01T00:00:00Z": moment,
	} {
		if got, err := ParseLifetime(text, at()); err == nil || sentence(err) != want {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

// The time of day is that of the user's clock, even across a change of daylight saving
// time.
func TestParseLifetimeLocal(t *testing.T) {
	t.Parallel()
	berlin := time.FixedZone("CET", 3600)
	if got, err := ParseLifetime("until 18:00", at().In(berlin)); err != nil || got != 2*time.Hour+54*time.Minute+48*time.Second {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := ParseLifetime("until 18:00z", at().In(berlin)); err != nil || got != 3*time.Hour+54*time.Minute+48*time.Second {
		t.Errorf("with a zone: %v, %v", got, err)
	}
}

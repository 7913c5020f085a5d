package input

import (
	"testing"
	"time"
)

func TestParseLifetime(t *testing.T) {
	t.Parallel()
	now := at().Add(700 * time.Millisecond) // lifetimes count from the whole second
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
	const form = "a lifetime is written 45s, 30m, 1h30m, 7d or until 18:00"
	const long = "the lifetime is too long: 292 years are the most there can be"
	const moment = "a moment is written until 18:00, until 2026-12-24T18:00Z or until 2026-12-24 18:00"
	for text, want := range map[string]string{
		"":                            "type a lifetime, such as 30m, 1h30m, 7d or until 18:00",
		"  ":                          "type a lifetime, such as 30m, 1h30m, 7d or until 18:00",
		"0m":                          "a lifetime of zero makes a token that has already expired",
		"0h0m0s":                      "a lifetime of zero makes a token that has already expired",
		"-5m":                         "a negative lifetime makes a token that has already expired",
		"90":                          "a lifetime needs a unit: 90m is minutes, 90h is hours",
		"1h30":                        "a lifetime needs a unit: 30m is minutes, 30h is hours",
		"1.5h":                        "a lifetime is made of whole numbers: 1h30m, not 1.5h",
		"soon":                        form,
		"30 fortnights":               form,
		"5m;":                         form,
		"99999999999999999999s":       long,
		"9999999999h":                 long,
		"200y":                        form,
		"106751d 23h 47m 17s":         long,
		"until":                       moment,
		"until later":                 moment,
		"until 25:00":                 moment,
		"until 2026-02-30T10:00Z":     moment,
		"until 2020-01-01T00:00Z":     "that moment has passed, the token would have expired",
		"until 2026-11-23T14:05:12Z":  "that moment has passed, the token would have expired",
		"until 9999-12-31T23:59:59Z":  long,
		"until 10000-01-01T00:00:00Z": moment,
	} {
		if got, err := ParseLifetime(text, at()); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

// The time of day is the one that the user's clock shows, also across a change
// of daylight saving time.
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

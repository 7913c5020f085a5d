package input

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the machine may have no time zones
)

func TestUntilAcrossDaylightSaving(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	utc := func(month time.Month, d, hour, minute int) time.Time {
		return time.Date(2027, month, d, hour, minute, 0, 0, time.UTC)
	}
	for _, tt := range []struct {
		name, text string
		now        time.Time
		want       time.Duration
	}{
		// On 28 March 2027 clocks go from 02:00 to 03:00, at 01:00 UTC.
		{"the day is an hour short", "until 18:00", utc(time.March, 27, 17, 0), 23 * time.Hour},
		{"a moment in the gap", "until 02:30", utc(time.March, 28, 0, 0), 90 * time.Minute},
		{"the gap with its date", "until 2027-03-28 02:30", utc(time.March, 28, 0, 0), 90 * time.Minute},
		{"after the gap", "until 02:30", utc(time.March, 28, 2, 0), 22*time.Hour + 30*time.Minute},
		// On 31 October 2027 they go from 03:00 to 02:00, at 01:00 UTC.
		{"the day is an hour long", "until 18:00", utc(time.October, 30, 16, 0), 25 * time.Hour},
		{"the first of two", "until 02:30", utc(time.October, 31, 0, 0), 30 * time.Minute},
		{"the second of two", "until 02:30", utc(time.October, 31, 0, 45), 45 * time.Minute},
		{"after both", "until 02:30", utc(time.October, 31, 1, 30), 24 * time.Hour},
	} {
		got, err := ParseLifetime(tt.text, tt.now.In(berlin))
		if err != nil || got != tt.want {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

func TestParseLifetimeSigns(t *testing.T) {
	t.Parallel()
	if got, err := ParseLifetime("+5m", at()); err != nil || got != 5*time.Minute {
		t.Errorf("+5m: %v, %v", got, err)
	}
	for _, text := range []string{"-", "+", "--5m", "+-5m", "++5m", "5m-", "1h -5m"} {
		if got, err := ParseLifetime(text, at()); !errors.Is(err, errLifetimeForm) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, errLifetimeForm)
		}
	}
}

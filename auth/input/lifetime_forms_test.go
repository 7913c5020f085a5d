package input

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// Every name of a unit is accepted, also next to another and in capitals; parts of names
// are not.
func TestLifetimeUnits(t *testing.T) {
	t.Parallel()
	for unit, names := range map[time.Duration][]string{
		time.Second: {"s", "sec", "secs", "second", "seconds"},
		time.Minute: {"m", "min", "mins", "minute", "minutes"},
		time.Hour:   {"h", "hr", "hrs", "hour", "hours"},
		day:         {"d", "day", "days"},
		7 * day:     {"w", "week", "weeks"},
		365 * day:   {"y", "yr", "yrs", "year", "years"},
	} {
		for _, name := range names {
			for _, text := range []string{"3" + name, "03 " + name, "1" + name + "2" + name, "1 " + name + " 2" + name + " "} {
				if got, err := ParseLifetime(text, at()); err != nil || got != 3*unit {
					t.Errorf("%q: %v, %v, want %v", text, got, err, 3*unit)
				}
			}
			for _, text := range []string{name, "3x" + name, "3" + name + "x", "3 " + name + " " + name} {
				if got, err := ParseLifetime(text, at()); !errors.Is(err, errLifetimeForm) || got != 0 {
					t.Errorf("%q: %v, %v", text, got, err)
				}
			}
		}
	}
}

// The neighbours of letters and digits in ASCII are neither.
func TestLifetimeCharacters(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"5/m", "5:m", "5`m", "5{m", "5m`", "5m{", "5z", "5m/", "5m:", "m5", "5é"} {
		if got, err := ParseLifetime(text, at()); !errors.Is(err, errLifetimeForm) || got != 0 {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for digit := '1'; digit <= '9'; digit++ {
		want := time.Duration(digit-'0') * time.Minute
		if got, err := ParseLifetime(fmt.Sprintf("0%cm", digit), at()); err != nil || got != want {
			t.Errorf("0%cm: %v, %v", digit, got, err)
		}
	}
	for text, want := range map[string]string{
		"1,5h":       "the lifetime has a fraction; write 1h30m instead of 1.5h",
		"1h1.5m":     "the lifetime has a fraction; write 1h30m instead of 1.5h",
		"123456":     "the lifetime has no unit; write 123456m for minutes or 123456h for hours",
		"1234567":    "the lifetime has no unit; write 123456…m for minutes or 123456…h for hours",
		"-0m":        "a token with a lifetime of zero has already expired",
		"-90":        "the lifetime has no unit; write 90m for minutes or 90h for hours",
		"1d00000009": "the lifetime has no unit; write 000000…m for minutes or 000000…h for hours",
	} {
		if got, err := ParseLifetime(text, at()); err == nil || sentence(err) != want || got != 0 {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

// The longest lifetime is the most seconds that a Duration holds, whatever its units.
func TestLongestLifetime(t *testing.T) {
	t.Parallel()
	const longest = 9223372036 * time.Second
	for _, text := range []string{"9223372036s", "106751d 23h 47m 16s", "16s 47m 23h 106751d", "15250w 1d 23h 47m 16s"} {
		if got, err := ParseLifetime(text, at()); err != nil || got != longest {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"9223372037s", "106751d 23h 47m 17s", "16s 47m 23h 106752d", "15251w", "9223372036s 1s",
		"9223372036854775807s", "9223372036854775808s", "1s 9223372036854775808m",
	} {
		if got, err := ParseLifetime(text, at()); !errors.Is(err, errLifetimeLong) || got != 0 {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// Every form of a moment, alone and after "until".
func TestMomentForms(t *testing.T) {
	t.Parallel()
	berlin := time.FixedZone("CET", 3600)
	now := at().In(berlin).Add(999 * time.Millisecond) // 15:05:12 in Berlin
	utc := func(y int, m time.Month, d, hour, minute, second int) time.Time {
		return time.Date(y, m, d, hour, minute, second, 0, time.UTC)
	}
	for text, want := range map[string]time.Time{
		"2026-12-24T18:00:30Z":      utc(2026, 12, 24, 18, 0, 30),
		"2026-12-24t18:00:30z":      utc(2026, 12, 24, 18, 0, 30),
		"2026-12-24T18:00:30.9Z":    utc(2026, 12, 24, 18, 0, 30),
		"2026-12-24T18:00:30-05:00": utc(2026, 12, 24, 23, 0, 30),
		"2026-12-24T18:00Z":         utc(2026, 12, 24, 18, 0, 0),
		"2026-12-24T18:00+02:00":    utc(2026, 12, 24, 16, 0, 0),
		"2026-12-24T18:00:30":       utc(2026, 12, 24, 17, 0, 30),
		"2026-12-24T18:00":          utc(2026, 12, 24, 17, 0, 0),
		"2026-12-24 18:00:30Z":      utc(2026, 12, 24, 18, 0, 30),
		"2026-12-24 18:00:30+02:00": utc(2026, 12, 24, 16, 0, 30),
		"2026-12-24 18:00Z":         utc(2026, 12, 24, 18, 0, 0),
		"2026-12-24 18:00:30":       utc(2026, 12, 24, 17, 0, 30),
		"2026-12-24 18:00":          utc(2026, 12, 24, 17, 0, 0),
		"  2026-12-24 ":             utc(2026, 12, 23, 23, 0, 0),
		"18:00":                     utc(2026, 11, 23, 17, 0, 0),
		"18:00:30":                  utc(2026, 11, 23, 17, 0, 30),
		"18:00z":                    utc(2026, 11, 23, 18, 0, 0),
		"18:00:30Z":                 utc(2026, 11, 23, 18, 0, 30),
		"15:05:13":                  utc(2026, 11, 23, 14, 5, 13),
		"15:05:12":                  utc(2026, 11, 24, 14, 5, 12),
		"00:00":                     utc(2026, 11, 23, 23, 0, 0),
		"14:30":                     utc(2026, 11, 24, 13, 30, 0),
		"14:30z":                    utc(2026, 11, 23, 14, 30, 0),
	} {
		if got, err := ParseMoment(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
		lifetime, err := ParseLifetime("until "+text, now)
		if want := want.Sub(now.Truncate(time.Second)); err != nil || lifetime != want {
			t.Errorf("until %q: %v, %v, want %v", text, lifetime, err, want)
		}
	}
	const form = "the time cannot be read; write one such as 18:00, 2026-12-24T18:00Z or 2026-12-24 18:00"
	for _, text := range []string{
		"", "later", "24:00", "18:60", "18", "2026-12-24T18", "2026-13-01", "until 18:00", "18:00+01:00", "12-24 18:00",
	} {
		if got, err := ParseMoment(text, now); err == nil || sentence(err) != form || !got.IsZero() {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// A moment may be in the past, but a lifetime may not end there.
func TestMomentsThatHavePassed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2026-11-23", "2026-11-23 14:05:12", "0001-01-01", "1970-01-01T00:00Z"} {
		moment, err := ParseMoment(text, at())
		if err != nil || moment.After(at()) {
			t.Errorf("%q: %v, %v", text, moment, err)
		}
		lifetime, err := ParseLifetime("until "+text, at())
		if err == nil || sentence(err) != "that moment has passed; choose a later one" || lifetime != 0 {
			t.Errorf("until %q: %v, %v", text, lifetime, err)
		}
	}
	if lifetime, err := ParseLifetime("until 2026-11-23 14:05:13", at()); err != nil || lifetime != time.Second {
		t.Errorf("the next second: %v, %v", lifetime, err)
	}
	if lifetime, err := ParseLifetime("until 9999-12-31", at()); !errors.Is(err, errLifetimeLong) || lifetime != 0 {
		t.Errorf("the year 9999: %v, %v", lifetime, err)
	}
}

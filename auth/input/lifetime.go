package input

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

var (
	errLifetimeForm = errors.New("a lifetime is written 45s, 30m, 1h30m, 7d or until 18:00")
	errLifetimeLong = errors.New("the lifetime is too long: 292 years are the most there can be")
)

// ParseLifetime returns the lifetime that a person typed, counted from the
// whole second of now: amounts with units from weeks to seconds ("45s", "30m",
// "1h30m", "7d", "2 weeks"), or "until" and a moment ("until 18:00" is the next
// one in now's location, "until 2026-12-24T18:00Z", "until 2026-12-24 18:00").
// What it returns is a positive number of whole seconds.
func ParseLifetime(text string, now time.Time) (time.Duration, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, errors.New("type a lifetime, such as 30m, 1h30m, 7d or until 18:00")
	}
	if moment, ok := strings.CutPrefix(text, "until"); ok {
		return untilMoment(strings.TrimSpace(moment), now)
	}
	amounts, negative := strings.CutPrefix(text, "-")
	lifetime, err := sumUnits(strings.TrimPrefix(amounts, "+"))
	switch {
	case err != nil:
		return 0, err
	case lifetime == 0:
		return 0, errors.New("a lifetime of zero makes a token that has already expired")
	case negative:
		return 0, errors.New("a negative lifetime makes a token that has already expired")
	}
	return lifetime, nil
}

// sumUnits adds up amounts such as "1h30m".
func sumUnits(text string) (time.Duration, error) {
	if text == "" {
		return 0, errLifetimeForm
	}
	var total time.Duration
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		switch {
		case end < 0:
			return 0, fmt.Errorf("a lifetime needs a unit: %sm is minutes, %sh is hours", clip(rest), clip(rest))
		case end == 0:
			return 0, errLifetimeForm
		case rest[end] == '.' || rest[end] == ',':
			return 0, errors.New("a lifetime is made of whole numbers: 1h30m, not 1.5h")
		}
		amount, err := strconv.ParseInt(rest[:end], 10, 64)
		if err != nil {
			return 0, errLifetimeLong
		}
		word := strings.TrimSpace(rest[end:])
		length := strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' })
		if length < 0 {
			length = len(word)
		}
		unit, ok := lifetimeUnit(word[:length])
		if !ok {
			return 0, errLifetimeForm
		}
		if amount > (math.MaxInt64-int64(total))/int64(unit) {
			return 0, errLifetimeLong
		}
		total += time.Duration(amount) * unit
		rest = word[length:]
	}
	return total, nil
}

func clip(digits string) string {
	if len(digits) > 6 {
		return digits[:6] + "…"
	}
	return digits
}

func lifetimeUnit(word string) (time.Duration, bool) {
	switch word {
	case "s", "sec", "secs", "second", "seconds":
		return time.Second, true
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute, true
	case "h", "hr", "hrs", "hour", "hours":
		return time.Hour, true
	case "d", "day", "days":
		return day, true
	case "w", "week", "weeks":
		return 7 * day, true
	default:
		return 0, false
	}
}

func untilMoment(text string, now time.Time) (time.Duration, error) {
	now = now.Truncate(time.Second)
	if clock, ok := parseClock(text, now); ok {
		return clock.Sub(now), nil
	}
	moment, err := parseMoment(text, now.Location())
	if err != nil {
		return 0, err
	}
	lifetime := moment.Sub(now)
	switch {
	case lifetime <= 0:
		return 0, errors.New("that moment has passed, the token would have expired")
	case lifetime == math.MaxInt64: // Sub saturates
		return 0, errLifetimeLong
	}
	return lifetime, nil
}

// parseClock returns the next moment after now at which the clock shows text.
func parseClock(text string, now time.Time) (time.Time, bool) {
	for _, layout := range []string{"15:04", "15:04:05", "15:04z", "15:04:05z"} {
		clock, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		location := now.Location()
		if strings.HasSuffix(layout, "z") {
			location = time.UTC
		}
		here := now.In(location)
		for days := range 2 {
			next := time.Date(here.Year(), here.Month(), here.Day()+days,
				clock.Hour(), clock.Minute(), clock.Second(), 0, location)
			// When the clocks are put back they show an hour twice, and Date
			// returns either.
			for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
				if shown := next.Add(shift); shown.Hour() == next.Hour() && shown.After(now) {
					return shown, true
				}
			}
		}
	}
	return time.Time{}, false
}

// parseMoment reads a date with an optional time; without a zone it is local.
func parseMoment(text string, location *time.Location) (time.Time, error) {
	text = strings.ToUpper(text)
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	} {
		if moment, err := time.ParseInLocation(layout, text, location); err == nil {
			return moment.Truncate(time.Second), nil
		}
	}
	return time.Time{}, errors.New("a moment is written until 18:00, until 2026-12-24T18:00Z or until 2026-12-24 18:00")
}

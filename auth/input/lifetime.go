package input

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/advice"
)

const day = 24 * time.Hour

var (
	errLifetimeForm = advice.New("the lifetime cannot be read", "write one such as 45s, 30m, 1h30m, 7d or until 18:00")
	errLifetimeLong = advice.New("the lifetime is too long", "choose at most 292 years")
)

// ParseLifetime parses a lifetime, counted from the whole second of now: amounts with
// units from years of 365 days to seconds ("45s", "30m", "1h30m", "7d", "2 weeks", "1y"), an
// ISO 8601 duration without months ("PT15M", "P1DT12H"), or "until" and a moment ("until
// 18:00", which is the next one in the location of now, "until
// 2026-12-24T18:00Z", "until 2026-12-24 18:00"). It returns a positive number of whole
// seconds.
func ParseLifetime(text string, now time.Time) (time.Duration, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, advice.New("the lifetime is missing", "type one such as 30m, 1h30m, 7d or until 18:00")
	}
	if moment, ok := strings.CutPrefix(text, "until"); ok {
		return untilMoment(strings.TrimSpace(moment), now)
	}
	amounts, negative := strings.CutPrefix(text, "-")
	amounts = strings.TrimPrefix(amounts, "+")
	lifetime, err := sumUnits(fromISO(amounts))
	switch {
	case err != nil:
		return 0, err
	case lifetime == 0:
		return 0, errors.New("a token with a lifetime of zero has already expired")
	case negative:
		return 0, errors.New("a token with a negative lifetime has already expired")
	}
	return lifetime, nil
}

// fromISO writes an ISO 8601 duration as amounts with units. Any other text, and one with
// months, which have no fixed length, stays as it is.
func fromISO(text string) string {
	duration, ok := strings.CutPrefix(text, "p")
	days, clock, hasClock := strings.Cut(duration, "t")
	if !ok || duration == "" || hasClock && clock == "" ||
		strings.Trim(days, "0123456789ywd") != "" || strings.Trim(clock, "0123456789.,hms") != "" {
		return text
	}
	return days + clock
}

// units are the units of an amount.
var units = map[string]time.Duration{
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"d": day, "day": day, "days": day,
	"w": 7 * day, "week": 7 * day, "weeks": 7 * day,
	"y": 365 * day, "yr": 365 * day, "yrs": 365 * day, "year": 365 * day, "years": 365 * day,
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
			return 0, advice.New("the lifetime has no unit", fmt.Sprintf("write %sm for minutes or %sh for hours", clip(rest), clip(rest)))
		case end == 0:
			return 0, errLifetimeForm
		case rest[end] == '.' || rest[end] == ',':
			return 0, advice.New("the lifetime has a fraction", "write 1h30m instead of 1.5h")
		}
		amount, err := strconv.ParseInt(rest[:end], 10, 64)
		if err != nil {
			return 0, errLifetimeLong
		}
		word := strings.TrimSpace(rest[end:])
		rest = strings.TrimLeft(word, "abcdefghijklmnopqrstuvwxyz")
		unit, ok := units[strings.TrimSuffix(word, rest)]
		if !ok {
			return 0, errLifetimeForm
		}
		if amount > (math.MaxInt64-int64(total))/int64(unit) {
			return 0, errLifetimeLong
		}
		total += time.Duration(amount) * unit
	}
	return total, nil
}

func clip(digits string) string {
	if len(digits) > 6 {
		return digits[:6] + "…"
	}
	return digits
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
		return 0, advice.New("that moment has passed", "choose a later one")
	case lifetime == math.MaxInt64: // Sub saturates
		return 0, errLifetimeLong
	}
	return lifetime, nil
}

// parseClock returns the next moment after now at which the clock shows that time.
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
			// When clocks are set back they show an hour twice, and Date may return
			// either.
			for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
				if shown := next.Add(shift); shown.Hour() == next.Hour() && shown.After(now) {
					return shown, true
				}
			}
		}
	}
	return time.Time{}, false
}

// parseMoment parses a date with an optional time. Without a zone it is local.
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
	return time.Time{}, advice.New("the moment after until cannot be read",
		"write until 18:00, until 2026-12-24T18:00Z or until 2026-12-24 18:00")
}

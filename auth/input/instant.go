package input

import (
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/advice"
)

// ParseInstant parses a moment as [ParseMoment] does, the seconds since 1970 as
// [ParseUnix] does, or a time from now in the units of [ParseLifetime]: "now", "5m",
// "-1m", "now-2h", "in 2h" or "2h ago". It returns whole seconds in the location of now.
func ParseInstant(text string, now time.Time) (time.Time, error) {
	if at, ok := ParseUnix(text); ok {
		return at.In(now.Location()), nil
	}
	if moment, err := ParseMoment(text, now); err == nil {
		return moment.In(now.Location()), nil
	}
	if away, ok := fromNow(text, now); ok {
		return now.Truncate(time.Second).Add(away), nil
	}
	return time.Time{}, advice.New("the time cannot be read",
		"write a moment such as 18:00 or 2026-12-24T18:00Z, or a time from now such as 5m or -2h")
}

// ParseUnix parses seconds since 1970, which have ten digits nowadays, and reports whether
// the text is such a number. A shorter one may be meant as something else.
func ParseUnix(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) < 9 || len(text) > 11 {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0).UTC(), true
}

// fromNow returns how far from now a time is, negative in the past.
func fromNow(text string, now time.Time) (time.Duration, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "now" {
		return 0, true
	}
	offset := text
	if rest, ok := strings.CutPrefix(text, "now"); ok {
		if offset = strings.TrimSpace(rest); offset[0] != '+' && offset[0] != '-' {
			return 0, false
		}
	} else if rest, ok := strings.CutPrefix(text, "in "); ok {
		offset = "+" + strings.TrimSpace(rest)
	} else if rest, ok := strings.CutSuffix(text, " ago"); ok {
		offset = "-" + strings.TrimSpace(rest)
	}
	amount, past := strings.CutPrefix(offset, "-")
	amount = strings.TrimSpace(amount)
	if strings.HasPrefix(amount, "until") {
		return 0, false
	}
	away, err := ParseLifetime(amount, now)
	if past {
		away = -away
	}
	return away, err == nil
}

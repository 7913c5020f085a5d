// Package phrase writes counts, moments and spans of time as people read them.
package phrase

import (
	"strconv"
	"time"

	"tokendesk/auth"
)

// Count returns a number with the right word behind it: "1 token", "2 tokens".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Moment returns a moment with its date and its zone.
func Moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02 15:04:05 MST")
}

// MomentToday is [Moment] without the date when that is the one of now.
func MomentToday(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04:05 MST")
	}
	return Moment(t, zone)
}

// Left returns how much time is left, as [auth.FormatDuration] does it. It is
// rounded up to whole seconds, so that a countdown reaches zero at the moment it
// counts to.
func Left(d time.Duration) string {
	whole := d.Truncate(time.Second)
	if whole < d && whole < 1<<62 {
		whole += time.Second
	}
	return auth.FormatDuration(whole)
}

// Distance says how far away a moment is that is d from now: "in 29m 41s" or "19s
// ago". For one that was less than a second ago it returns now.
func Distance(d time.Duration, now string) string {
	switch {
	case d > 0:
		return "in " + Left(d)
	case d > -time.Second:
		return now
	default:
		return auth.FormatDuration(d.Truncate(time.Second)) + " ago"
	}
}

// Excerpt shortens a text to what is quoted in a sentence.
func Excerpt(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

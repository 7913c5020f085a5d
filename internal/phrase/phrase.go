// Package phrase writes counts, moments and durations for people.
package phrase

import (
	"strconv"
	"time"

	"tokendesk/auth"
)

// Count returns a number followed by the right word: "1 token", "2 tokens".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Moment returns a moment with its date and time zone.
func Moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02 15:04:05 MST")
}

// MomentToday is [Moment] without the date if that is today.
func MomentToday(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04:05 MST")
	}
	return Moment(t, zone)
}

// Left formats how much time is left, like [auth.FormatDuration], but rounded up to
// whole seconds, so that a countdown reaches zero at the moment it counts down to.
func Left(d time.Duration) string {
	whole := d.Truncate(time.Second)
	if whole < d && whole < 1<<62 {
		whole += time.Second
	}
	return auth.FormatDuration(whole)
}

// Distance says how far away a moment is that is d from now: "in 29m 41s" or "19s
// ago". If it was less than a second ago, Distance returns the text now.
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

// Excerpt shortens a text so that a sentence can quote it.
func Excerpt(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

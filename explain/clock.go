package explain

import (
	"cmp"
	"strconv"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
)

// Clock says what time it is now, and how to write moments.
type Clock struct {
	Now  time.Time
	Zone *time.Location // nil is UTC
	// Brief leaves out the date of a moment that is today. It is for a screen, which is
	// read at once; a line that may be kept needs the date.
	Brief bool
}

// Moment writes a moment: "2026-11-23 14:35:12 UTC", or "14:35:12 UTC".
func (c Clock) Moment(t time.Time) string {
	zone := cmp.Or(c.Zone, time.UTC)
	if c.Brief {
		return phrase.MomentToday(t, c.Now, zone)
	}
	return phrase.Moment(t, zone)
}

// Distance says how far a moment is from now: "in 29m 41s", "just now" or "19s ago".
// It rounds up to whole seconds before the moment and down after it, so that a
// countdown ends exactly at the moment.
func Distance(d auth.NumericDate, now time.Time) string {
	return phrase.Distance(d.Sub(now), justNow)
}

// justNow says that something happened within the last second.
const justNow = "just now"

// ago is [Distance] for a moment in the past, even if the clocks disagree.
func ago(t, now time.Time) string { return phrase.Distance(min(0, t.Sub(now)), justNow) }

// Age says how long ago a moment was, in its largest unit: "19s", "4m", "2d".
func Age(t, now time.Time) string {
	seconds := max(0, int(now.Sub(t)/time.Second))
	for _, unit := range []struct {
		seconds int
		name    string
	}{{24 * 60 * 60, "d"}, {60 * 60, "h"}, {60, "m"}} {
		if seconds >= unit.seconds {
			return strconv.Itoa(seconds/unit.seconds) + unit.name
		}
	}
	return strconv.Itoa(seconds) + "s"
}

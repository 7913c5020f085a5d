package explain

import (
	"time"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
)

// Clock is the instant at which something is said, and how moments are written.
type Clock struct {
	Now  time.Time
	Zone *time.Location // nil is UTC
	// Brief leaves out the date of a moment that is today. It is for a screen,
	// which is read now; a line that may be kept has its date.
	Brief bool
}

// Moment returns a moment as people read it: "2026-11-23 14:35:12 UTC", or
// "14:35:12 UTC".
func (c Clock) Moment(t time.Time) string {
	zone := c.Zone
	if zone == nil {
		zone = time.UTC
	}
	if c.Brief {
		return phrase.MomentToday(t, c.Now, zone)
	}
	return phrase.Moment(t, zone)
}

// Distance says how far a moment is from now: "in 29m 41s", "just now" or "19s
// ago". It counts whole seconds, up before the moment and down after it, so that
// a countdown ends exactly there.
func Distance(d auth.NumericDate, now time.Time) string {
	return phrase.Distance(d.Sub(now), justNow)
}

// justNow is how long ago something is that happened within the last second.
const justNow = "just now"

// ago is [Distance] for a moment that has passed, even when the clocks disagree.
func ago(t, now time.Time) string { return phrase.Distance(min(0, t.Sub(now)), justNow) }

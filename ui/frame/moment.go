package frame

import (
	"time"

	"tokendesk/auth"
)

// Moment writes a moment as a person reads it: the time of day alone when it is
// today.
func Moment(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	layout := "2006-01-02 15:04:05 MST"
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		layout = "15:04:05 MST"
	}
	return t.Format(layout)
}

// Distance says how far a moment is from now: "in 29m 41s" or "19s ago".
func Distance(d auth.NumericDate, now time.Time) string {
	away := d.Sub(now)
	if away > 0 {
		return "in " + auth.FormatDuration((away + time.Second - 1).Truncate(time.Second))
	}
	return auth.FormatDuration((-away).Truncate(time.Second)) + " ago"
}

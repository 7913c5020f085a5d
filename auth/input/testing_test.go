package input

import (
	"time"

	"tokendesk/auth/advice"
)

// at is the moment of most tests.
func at() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }

// sentence returns what is wrong and what to do about it, joined.
func sentence(err error) string {
	text := err.Error()
	if do := advice.Of(err); do != "" {
		text += "; " + do
	}
	return text
}

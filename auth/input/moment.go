package input

import (
	"strings"
	"time"

	"tokendesk/auth/advice"
)

// ParseMoment parses a moment in whole seconds, in the forms that may follow "until" in
// [ParseLifetime]: "18:00", which is the next one in the location of now,
// "2026-12-24T18:00Z" or "2026-12-24 18:00". Unlike the end of a lifetime the moment may
// be in the past.
func ParseMoment(text string, now time.Time) (time.Time, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if moment, ok := parseClock(text, now.Truncate(time.Second)); ok {
		return moment, nil
	}
	moment, err := parseMoment(text, now.Location())
	if err != nil {
		return time.Time{}, advice.New("the time cannot be read", "write one such as 18:00, 2026-12-24T18:00Z or 2026-12-24 18:00")
	}
	return moment, nil
}

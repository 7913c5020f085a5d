package input

import (
	"errors"
	"strings"
	"time"
)

// ParseMoment returns the moment that a person typed, as it may stand behind
// "until" in [ParseLifetime], in whole seconds: "18:00" is the next one in now's
// location, "2026-12-24T18:00Z" and "2026-12-24 18:00" are what they say. Unlike
// the end of a lifetime the moment may have passed.
func ParseMoment(text string, now time.Time) (time.Time, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if moment, ok := parseClock(text, now.Truncate(time.Second)); ok {
		return moment, nil
	}
	moment, err := parseMoment(text, now.Location())
	if err != nil {
		return time.Time{}, errors.New("a moment is written 18:00, 2026-12-24T18:00Z or 2026-12-24 18:00")
	}
	return moment, nil
}

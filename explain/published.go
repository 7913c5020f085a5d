package explain

import (
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
)

// FetchedFrom returns the origin of the keys that an issuer publishes.
func FetchedFrom(set *jwks.Set) Origin { return Origin{From: set.From, Fetched: set.Fetched} }

// Published says that published keys are outdated, and which of the set cannot be used.
// For most sets it returns nothing.
func Published(set *jwks.Set, now time.Time) []Line {
	var lines []Line
	if set.Problem != nil {
		age := max(0, now.Sub(set.Fetched).Truncate(time.Second))
		problem := line(set.Problem)
		lines = append(lines, Line{
			Tone: Warn, Text: "the published keys are " + auth.FormatDuration(age) + " old: " + problem.Text, Do: problem.Do,
		})
	}
	for _, skipped := range set.Skipped {
		lines = append(lines, Line{Label: set.From, Text: "ignored " + skipped.Error()})
	}
	return lines
}

// Unfetched says that published keys could not be fetched, so that only the
// configured ones were tried.
func Unfetched(err error) Line {
	problem := line(err)
	return Line{
		Tone: Warn, Text: "the published keys could not be fetched, so only the configured ones were tried: " + problem.Text, Do: problem.Do,
	}
}

package explain

import (
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
)

// FetchedFrom returns the origin of the keys that an issuer publishes.
func FetchedFrom(set *jwks.Set) Origin { return Origin{From: set.From, Fetched: set.Fetched} }

// Published says that published keys are outdated, and which of the set cannot be used. It
// warns of what is a mistake.
func Published(set *jwks.Set, now time.Time) []Line {
	var lines []Line
	if set.Problem != nil {
		age := max(0, now.Sub(set.Fetched).Truncate(time.Second))
		problem := line(set.Problem)
		lines = append(lines, Line{
			Tone: Warn, Text: "the published keys are " + auth.FormatDuration(age) + " old: " + problem.Text, Do: problem.Do,
		})
	}
	for _, remark := range set.Remarks {
		lines = append(lines, Remark(set.From, remark))
	}
	return lines
}

// Remark says which key of a JWK set cannot be used, and why. It is a warning unless that
// is as it should be.
func Remark(from string, r *auth.SetRemark) Line {
	l := Line{Tone: Warn, Label: from, Text: r.Error()}
	if r.Expected {
		l.Tone = Quiet
	}
	return l
}

// Lacking says that a set does not have a key, and how old the set is.
func Lacking(set *jwks.Set, now time.Time) string {
	return "the set of " + set.From + ", fetched " + fetched(set, now) + ", does not have it"
}

// Naming says which set has the key that a token names, and how old the set is.
func Naming(set *jwks.Set, now time.Time) string {
	return "the set of " + set.From + ", fetched " + fetched(set, now) + ", has the key that it names"
}

func fetched(set *jwks.Set, now time.Time) string {
	if age := now.Sub(set.Fetched).Truncate(time.Second); age > 0 {
		return auth.FormatDuration(age) + " ago"
	}
	return justNow
}

// AskAgain says what to do about a key that a set does not have: if the set is a copy, its
// issuer may have a new key.
func AskAgain(set *jwks.Set, now time.Time) string {
	if set.Cached && set.Fetched.Add(jwks.RetryAfter).After(now) {
		return "if the key is new, fetch the published keys again"
	}
	return "check that the token is from this issuer"
}

// Unfetched says that published keys could not be fetched.
func Unfetched(err error) Line {
	problem := line(err)
	return Line{Tone: Warn, Label: problem.Label, Text: "the published keys could not be fetched: " + problem.Text, Do: problem.Do}
}

package explain

import (
	"fmt"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
)

// FetchedFrom returns the origin of the keys that an issuer publishes.
func FetchedFrom(set *jwks.Set) Origin { return Origin{From: set.From, Fetched: set.Fetched} }

// Published says that published keys are outdated, which of the set cannot be used, and
// which of the kids it does not have. It warns of what may be a mistake.
func Published(set *jwks.Set, now time.Time, kids ...string) []Line {
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
	for _, kid := range slices.Compact(slices.Sorted(slices.Values(kids))) {
		if kid != "" && !set.Has(kid) {
			lines = append(lines, lacking(set, kid, now))
		}
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

// KeyMissing is the code of the line that says that a set does not have a key. It has
// advice if the set can be fetched again.
const KeyMissing = "key-missing"

// lacking says that a set does not have a key, and how old it is. It advises to ask
// again if that may help: the issuer may have a new key.
func lacking(set *jwks.Set, kid string, now time.Time) Line {
	fetched := "just now"
	if age := now.Sub(set.Fetched).Truncate(time.Second); age > 0 {
		fetched = auth.FormatDuration(age) + " ago"
	}
	l := Line{
		Tone: Warn, Code: KeyMissing, Label: set.From,
		Text: fmt.Sprintf("the set has no key with the kid %q, and was fetched %s", kid, fetched),
	}
	if wait := set.Fetched.Add(jwks.RetryAfter).Sub(now); set.Cached && wait > 0 {
		l.Do = "if the key is new, try again in " + auth.FormatDuration(wait.Round(time.Second)) + ", when the set is fetched again"
	}
	return l
}

// Unfetched says that published keys could not be fetched.
func Unfetched(err error) Line {
	problem := line(err)
	return Line{Tone: Warn, Label: problem.Label, Text: "the published keys could not be fetched: " + problem.Text, Do: problem.Do}
}

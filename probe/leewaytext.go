package probe

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"tokendesk/auth"
)

// skew estimates how far the API's clock is ahead. A Date header names the second in
// which it was written, which was between sending the request and receiving the
// answer. So each answer gives a range, and all together give a narrow one.
type skew struct {
	known       bool
	least, most time.Duration
}

func (s *skew) add(a answer) {
	if a.date.IsZero() {
		return
	}
	least, most := a.date.Sub(a.came), a.date.Add(time.Second).Sub(a.sent)
	if s.known && max(least, s.least) <= min(most, s.most) {
		s.least, s.most = max(least, s.least), min(most, s.most)
		return
	}
	s.known, s.least, s.most = true, least, most // one of the clocks was set
}

// lazy is how much older a Date header may be than the answer: some servers update
// it once a second.
const lazy = time.Second

// seconds returns the middle of the range in whole seconds, or 0 if the clocks may
// be the same.
func (s *skew) seconds() time.Duration {
	if !s.known || s.least <= 0 && s.most+lazy >= 0 {
		return 0
	}
	middle := (s.least + (s.most-s.least)/2).Seconds()
	return time.Duration(math.Ceil(middle-0.5)) * time.Second
}

// conclude completes the finding once all answers are there.
func (f *LeewayFinding) conclude(skew time.Duration) {
	f.Skew = skew
	own := f.Leeway + skew // by the API's own clock
	if f.Claim != "exp" {
		own = f.Leeway - skew
	}
	f.Right = f.Checked && !f.Contradicts && f.Leeway <= maxTolerance || f.Unbounded && f.Claim == "iat"
	words := wordsFor(f.Claim)
	switch {
	case f.Sentence != "":
		return
	case f.Unbounded:
		f.Sentence = f.Claim + ": " + words.unbounded
		return
	}
	f.Sentence = f.Claim + ": " + choose(words.leeways, f.Leeway)
	if f.Claim == "exp" && f.Leeway == time.Second {
		f.Sentence += "; the second that exp names is already too late (RFC 7519 section 4.1.4)"
	}
	if f.Within > 0 {
		f.Sentence += ", give or take " + span(f.Within)
	}
	if f.Leeway > maxTolerance {
		f.Sentence += ", which is more than clocks differ, so it accepts invalid tokens"
	}
	if skew != 0 {
		f.Sentence += "; " + clockText(skew) + ": " + ownLeeway(own)
	}
}

// clockText says how far ahead the API's clock is.
func clockText(skew time.Duration) string {
	if skew < 0 {
		return fmt.Sprintf("according to its Date header, its clock is %s behind this one", span(-skew))
	}
	return fmt.Sprintf("according to its Date header, its clock is %s ahead of this one", span(skew))
}

// ownLeeway describes the tolerance by the API's own clock, which is known to the
// second.
func ownLeeway(own time.Duration) string {
	switch {
	case own.Abs() <= time.Second:
		return "by that clock it is exact to the second"
	case own > 0:
		return "by that clock it tolerates about " + span(own)
	default:
		return "by that clock it is about " + span(-own) + " too strict"
	}
}

// claimWords are the texts about a claim. Those about a length of time are for a
// negative one, for zero and for a positive one; … stands for its amount.
type claimWords struct {
	offsets   [3]string // continue "a token that"
	leeways   [3]string
	unbounded string
}

// wordsFor returns the texts about "exp", "nbf" or "iat".
func wordsFor(claim string) claimWords {
	return map[string]claimWords{
		"exp": {
			[3]string{"expires in …", "expires now", "expired … ago"},
			[3]string{
				"refuses a token from … before its expiry",
				"refuses a token from the second of its expiry, with no tolerance",
				"accepts a token for up to … after its expiry",
			},
			"accepts a token that expired a year ago, so it does not check exp",
		},
		"nbf": {
			[3]string{"became valid … ago", "becomes valid now", "becomes valid in …"},
			[3]string{
				"refuses a token until … after its nbf",
				"accepts a token from the second of its nbf, with no tolerance",
				"accepts a token from … before its nbf",
			},
			"accepts a token that becomes valid in a year, so it does not check nbf",
		},
		"iat": {
			[3]string{"was issued … ago", "was issued now", "was issued … in the future"},
			[3]string{
				"refuses a token until … after its iat",
				"accepts a token from the second of its iat, with no tolerance",
				"accepts a token from … before its iat",
			},
			"accepts a token that was issued a year in the future, so it does not check iat, which RFC 7519 does not require",
		},
	}[claim]
}

// choose returns the text of the three for a length of time.
func choose(texts [3]string, d time.Duration) string {
	return strings.Replace(texts[cmp.Compare(d, 0)+1], "…", span(d.Abs()), 1)
}

// describe continues "a token that" for a token at an offset.
func (s *search) describe(offset int64) string {
	return choose(wordsFor(s.claim).offsets, time.Duration(offset)*time.Second)
}

// span writes up to two minutes in seconds, and longer times with larger units.
func span(d time.Duration) string {
	if d <= 2*time.Minute {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return auth.FormatDuration(d)
}

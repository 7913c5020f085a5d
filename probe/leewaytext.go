package probe

import (
	"fmt"
	"math"
	"time"

	"tokendesk/auth"
)

// skew gathers how far the API's clock is ahead. A Date header gives the second
// in which it was written, which was between sending and answering: each answer
// leaves a range, and all together a narrow one.
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

// lazy is how much older a Date may be than the answer: some servers write it once
// a second.
const lazy = time.Second

// seconds returns the middle of the range in whole seconds, or nothing when the
// clocks may well be the same.
func (s *skew) seconds() time.Duration {
	if !s.known || s.least <= 0 && s.most+lazy >= 0 {
		return 0
	}
	middle := (s.least + (s.most-s.least)/2).Seconds()
	return time.Duration(math.Ceil(middle-0.5)) * time.Second
}

// conclude adds what is known when all answers are there.
func (f *LeewayFinding) conclude(skew time.Duration) {
	f.Skew = skew
	own := f.Leeway + skew // by the API's own clock
	if f.Claim != "exp" {
		own = f.Leeway - skew
	}
	f.Right = f.Checked && !f.Contradicts && f.Leeway <= maxTolerance || f.Unbounded && f.Claim == "iat"
	switch {
	case f.Sentence != "":
		return
	case f.Unbounded:
		f.Sentence = f.Claim + ": " + map[string]string{
			"exp": "lets in a token that expired a year ago: it does not check exp",
			"nbf": "lets in a token that begins in a year: it does not check nbf",
			"iat": "lets in a token that was issued a year from now: it does not check iat, which RFC 7519 does not ask for",
		}[f.Claim]
		return
	}
	f.Sentence = f.Claim + ": " + f.boundary()
	if f.Within > 0 {
		f.Sentence += ", give or take " + span(f.Within)
	}
	if f.Leeway > maxTolerance {
		f.Sentence += ": clocks do not differ by so much, it takes tokens that are not valid"
	}
	if skew != 0 {
		f.Sentence += "; " + clockText(skew) + ": " + ownLeeway(own)
	}
}

// clockText says how far ahead the API's clock is.
func clockText(skew time.Duration) string {
	if skew < 0 {
		return fmt.Sprintf("its clock is %s behind this one by its Date header", span(-skew))
	}
	return fmt.Sprintf("its clock is %s ahead of this one by its Date header", span(skew))
}

// boundary says where the boundary is.
func (f *LeewayFinding) boundary() string {
	isExp := f.Claim == "exp"
	switch l := f.Leeway; {
	case l == 0 && isExp:
		return "refuses a token from the second of its expiry on, without any tolerance"
	case l == 0:
		return fmt.Sprintf("lets a token in from the second of its %s on, without any tolerance", f.Claim)
	case l == time.Second && isExp:
		return "lets a token in for up to 1 s after its expiry, and no longer; " +
			"the second that exp names is too late already (RFC 7519 section 4.1.4)"
	case l > 0 && isExp:
		return fmt.Sprintf("lets a token in for up to %s after its expiry, and no longer", span(l))
	case l > 0:
		return fmt.Sprintf("lets a token in up to %s before its %s, and no earlier", span(l), f.Claim)
	case isExp:
		return fmt.Sprintf("refuses a token from %s before its expiry on", span(-l))
	default:
		return fmt.Sprintf("refuses a token until %s after its %s", span(-l), f.Claim)
	}
}

// ownLeeway says what the tolerance is by the API's own clock, which is known to
// a second.
func ownLeeway(own time.Duration) string {
	switch {
	case own.Abs() <= time.Second:
		return "by its own it is exact within a second"
	case own > 0:
		return "by its own it tolerates about " + span(own)
	default:
		return "by its own it is about " + span(-own) + " too strict"
	}
}

// describe says what a token of that claim does at an offset.
func describe(claim string, offset int64) string {
	distance := span(time.Duration(max(offset, -offset)) * time.Second)
	switch {
	case claim == "exp" && offset > 0:
		return "expired " + distance + " ago"
	case claim == "exp" && offset == 0:
		return "expires now"
	case claim == "exp":
		return "expires in " + distance
	case claim == "nbf" && offset > 0:
		return "begins in " + distance
	case claim == "nbf" && offset == 0:
		return "begins now"
	case claim == "nbf":
		return "began " + distance + " ago"
	case offset > 0:
		return "was issued " + distance + " from now"
	case offset == 0:
		return "was issued now"
	default:
		return "was issued " + distance + " ago"
	}
}

// span returns whole seconds up to two minutes as they are, and what is longer
// with larger units.
func span(d time.Duration) string {
	if d <= 2*time.Minute {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return auth.FormatDuration(d)
}

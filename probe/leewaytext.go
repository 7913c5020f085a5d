package probe

import (
	"fmt"
	"math"
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
	switch {
	case f.Sentence != "":
		return
	case f.Unbounded:
		f.Sentence = f.Claim + ": " + map[string]string{
			"exp": "lets in a token that expired a year ago, so it does not check exp",
			"nbf": "lets in a token that becomes valid in a year, so it does not check nbf",
			"iat": "lets in a token that was issued a year in the future, so it does not check iat, which RFC 7519 does not require",
		}[f.Claim]
		return
	}
	f.Sentence = f.Claim + ": " + f.boundary()
	if f.Within > 0 {
		f.Sentence += ", give or take " + span(f.Within)
	}
	if f.Leeway > maxTolerance {
		f.Sentence += ", which is more than clocks differ by, so it lets in tokens that are not valid"
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

// boundary describes the boundary.
func (f *LeewayFinding) boundary() string {
	isExp := f.Claim == "exp"
	switch l := f.Leeway; {
	case l == 0 && isExp:
		return "refuses a token from the second of its expiry, with no tolerance"
	case l == 0:
		return fmt.Sprintf("lets a token in from the second of its %s, with no tolerance", f.Claim)
	case l == time.Second && isExp:
		return "lets a token in for up to 1 s after its expiry; " +
			"the second that exp names is already too late (RFC 7519 section 4.1.4)"
	case l > 0 && isExp:
		return fmt.Sprintf("lets a token in for up to %s after its expiry", span(l))
	case l > 0:
		return fmt.Sprintf("lets a token in from %s before its %s", span(l), f.Claim)
	case isExp:
		return fmt.Sprintf("refuses a token from %s before its expiry", span(-l))
	default:
		return fmt.Sprintf("refuses a token until %s after its %s", span(-l), f.Claim)
	}
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

// describe continues "a token that" for a token whose claim is at an offset.
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
		return "becomes valid in " + distance
	case claim == "nbf" && offset == 0:
		return "becomes valid now"
	case claim == "nbf":
		return "became valid " + distance + " ago"
	case offset > 0:
		return "was issued " + distance + " in the future"
	case offset == 0:
		return "was issued now"
	default:
		return "was issued " + distance + " ago"
	}
}

// span writes up to two minutes in seconds, and longer times with larger units.
func span(d time.Duration) string {
	if d <= 2*time.Minute {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return auth.FormatDuration(d)
}

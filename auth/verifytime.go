package auth

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// checkTimes checks that the token is valid now: from "nbf" until just before "exp".
func (v *Verifier) checkTimes(r *Result) {
	now := timeBy(v.Now)
	if exp, ok := r.Token.Date("exp"); ok && !exp.after(now.Add(-v.Leeway)) {
		r.failf(VerdictExpired, "RFC 7519 section 4.1.4", "issue a new one", "the token expired at %s", exp)
	}
	if nbf, ok := r.Token.Date("nbf"); ok && nbf.after(now.Add(v.Leeway)) {
		r.failStart("RFC 7519 section 4.1.5", "nbf", nbf, now, "wait, or check the clocks", "the token is not valid before %s")
	}
	if iat, ok := r.Token.Date("iat"); ok && iat.after(now.Add(v.Leeway)) {
		r.failStart("RFC 7519 section 4.1.6", "iat", iat, now, "check the clocks of the issuer and of this machine",
			"the token was issued in the future, at %s")
	}
}

// failStart says that a token is not valid yet. Milliseconds and time zones are by far the
// most frequent reasons.
func (r *Result) failStart(source, name string, start NumericDate, now time.Time, advice, format string) {
	if meant, ok := start.inMilliseconds(); ok {
		r.failf(VerdictNotYetValid, source, "divide it by 1000: a NumericDate is in seconds",
			"%s seems to be in milliseconds (%s), so it is far in the future", name, meant)
		return
	}
	if unit, by := start.smallerUnit(); by > 0 {
		r.failf(VerdictNotYetValid, source, "divide it by "+strconv.FormatInt(by, 10)+": a NumericDate is in seconds",
			"%s seems to be in %s (%s), so it is far in the future", name, unit, NumericDate{Seconds: start.Seconds / by})
		return
	}
	if offset := wholeHours(start.Sub(now)); offset != 0 {
		advice = fmt.Sprintf("%s is %s ahead, like a time zone: it must be made from UTC, not from local time", name, FormatDuration(offset))
	}
	r.failf(VerdictNotYetValid, source, advice, format, start)
}

// smallerUnit returns the unit of a number that is too large for milliseconds, and how many
// of it are a second, or 0.
func (d NumericDate) smallerUnit() (unit string, by int64) {
	const micro, nano = 1_000_000, 1_000_000_000
	switch {
	case d.Seconds <= lastSecond*1000, d.Seconds == math.MaxInt64:
		return "", 0
	case d.Seconds <= lastSecond*micro:
		return "microseconds", micro
	default:
		return "nanoseconds", nano
	}
}

// wholeHours returns the difference between two time zones that explains a distance in
// time, or 0. The token was made within the last two minutes.
func wholeHours(distance time.Duration) time.Duration {
	const step, age, most = 30 * time.Minute, 2 * time.Minute, 14 * time.Hour
	zone := (distance + step/2).Truncate(step)
	if off := distance - zone; zone < step || zone > most || off < -age || off > age {
		return 0
	}
	return zone
}

// inMilliseconds returns the moment that is meant by a number which must be in
// milliseconds, and whether it must be.
func (d NumericDate) inMilliseconds() (NumericDate, bool) {
	return NumericDate{Seconds: d.Seconds / 1000}, d.Seconds >= milliseconds && d.Seconds <= lastSecond*1000
}

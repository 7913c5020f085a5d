package auth

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/jsontext"
)

// NumericDate is a moment in the form of RFC 7519 section 2: a JSON number of seconds since
// 1970-01-01T00:00:00Z, without leap seconds. It covers more than [time.Time].
type NumericDate struct {
	// Seconds is the number rounded down. Numbers outside the range of an int64 become
	// its minimum or maximum.
	Seconds int64
	// Nanoseconds is the fraction, rounded up to the next nanosecond, so that it is zero
	// only for whole numbers.
	Nanoseconds int64
}

// The range in which NumericDate.Time returns a date: years 1 to 9999.
const (
	firstSecond = -62135596800 // 0001-01-01T00:00:00Z
	lastSecond  = 253402300799 // 9999-12-31T23:59:59Z
)

// ParseNumericDate returns the moment of a JSON value, and whether the value is a number.
func ParseNumericDate(raw json.RawMessage) (NumericDate, bool) {
	if !jsontext.IsNumber(raw) {
		return NumericDate{}, false
	}
	text := string(raw)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return NumericDate{Seconds: n}, true
	}
	return parseDecimal(text), true
}

// parseDecimal parses a number with a fraction, an exponent or many digits. It uses only
// the digits that matter and expands nothing, because a hostile number may have a million
// digits or an exponent of any size.
func parseDecimal(text string) NumericDate {
	text, negative := strings.CutPrefix(text, "-")
	mantissa, exponent := text, ""
	if e := strings.IndexAny(text, "eE"); e >= 0 {
		mantissa, exponent = text[:e], text[e+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	power, _ := strconv.ParseInt(exponent, 10, 64) // 0 without one; at most the range of an int64
	digits := whole + fraction
	significant := strings.TrimLeft(digits, "0")
	const far = 1 << 30 // more digits than there can be
	point := len(whole) + int(min(max(power, -far), far)) - (len(digits) - len(significant))
	significant = strings.TrimRight(significant, "0")
	if significant == "" {
		return NumericDate{}
	}
	seconds, fits := digitsAt(significant, 0, point)
	nanoseconds, _ := digitsAt(significant, point, point+9)
	inexact := len(significant) > point+9
	switch {
	case !fits && negative:
		return NumericDate{Seconds: math.MinInt64}
	case !fits:
		return NumericDate{Seconds: math.MaxInt64}
	case negative && nanoseconds == 0 && !inexact:
		return NumericDate{Seconds: -seconds}
	case negative: // round down, and count the fraction from there
		return NumericDate{-seconds - 1, min(int64(time.Second)-nanoseconds, int64(time.Second)-1)}
	case inexact:
		nanoseconds++
	}
	return NumericDate{seconds, min(nanoseconds, int64(time.Second)-1)}
}

// digitsAt returns the number made of the digits from start to end, as if there were zeros
// on either side of the digits, and whether it fits in an int64.
func digitsAt(digits string, start, end int) (n int64, fits bool) {
	for i := max(start, 0); i < end; i++ {
		var digit int64
		if i < len(digits) {
			digit = int64(digits[i] - '0')
		}
		if n > (math.MaxInt64-digit)/10 {
			return 0, false
		}
		n = n*10 + digit
	}
	return n, true
}

// Time returns the moment in UTC, to the second, and whether it is in the years 1 to 9999.
// Outside these [time.Time] is not reliable.
func (d NumericDate) Time() (time.Time, bool) {
	if d.Seconds < firstSecond || d.Seconds > lastSecond {
		return time.Time{}, false
	}
	return time.Unix(d.Seconds, 0).UTC(), true
}

// Sub returns how long after t the moment is, limited to the range of a [time.Duration]
// (292 years).
func (d NumericDate) Sub(t time.Time) time.Duration {
	const most = math.MaxInt64/int64(time.Second) - 1
	seconds := min(max(d.Seconds, -1<<53), 1<<53) - t.Unix() // cannot overflow
	switch {
	case seconds > most:
		return math.MaxInt64
	case seconds < -most:
		return math.MinInt64
	}
	return time.Duration(seconds)*time.Second + time.Duration(d.Nanoseconds) - time.Duration(t.Nanosecond())
}

// newNumericDate returns the JSON number of a moment, rounded down to seconds.
func newNumericDate(t time.Time) json.RawMessage {
	return strconv.AppendInt(nil, t.Unix(), 10)
}

// String returns the moment as "2026-12-24 18:00:00 UTC", or the number of seconds if
// there is no such date.
func (d NumericDate) String() string {
	if t, ok := d.Time(); ok {
		return t.Format("2006-01-02 15:04:05 UTC")
	}
	switch d.Seconds {
	case math.MinInt64:
		return "a moment long before the year 1"
	case math.MaxInt64:
		return "a moment long after the year 9999"
	}
	return strconv.FormatInt(d.Seconds, 10) + " seconds after 1970"
}

// IsDate reports whether the claim with that name is a NumericDate: a registered claim, or
// "auth_time" or "updated_at" of OpenID Connect.
func IsDate(name string) bool {
	return slices.Contains([]string{"exp", "nbf", "iat", "auth_time", "updated_at"}, name)
}

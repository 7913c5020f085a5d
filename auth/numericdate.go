package auth

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// NumericDate is a moment as RFC 7519 section 2 writes it: a JSON number of
// seconds since 1970-01-01T00:00:00Z, leap seconds ignored. It holds what any
// JSON number can say, far beyond what [time.Time] can.
type NumericDate struct {
	// Seconds is the number rounded down. Numbers outside the range of an int64
	// are held at its ends.
	Seconds int64
	// Nanoseconds is the fraction, rounded up to the next nanosecond, so that it
	// is zero for whole numbers alone.
	Nanoseconds int64
}

// The range in which NumericDate.Time has a calendar date: years 1 to 9999.
const (
	firstSecond = -62135596800 // 0001-01-01T00:00:00Z
	lastSecond  = 253402300799 // 9999-12-31T23:59:59Z
)

// ParseNumericDate returns the moment that a JSON value stands for and whether
// it is a number at all.
func ParseNumericDate(raw json.RawMessage) (NumericDate, bool) {
	text := string(raw)
	if text == "" || (text[0] != '-' && !isDigit(text[0])) {
		return NumericDate{}, false
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return NumericDate{Seconds: n}, true
	}
	return parseLongNumber(text)
}

// parseLongNumber reads a number with a fraction, an exponent or many digits.
// An exponent of any size must not cost more than its few characters, so the
// magnitude is judged before the number is expanded.
func parseLongNumber(text string) (NumericDate, bool) {
	f, err := strconv.ParseFloat(text, 64)
	outOfRange := math.IsInf(f, 0)
	switch {
	case err != nil && !outOfRange:
		return NumericDate{}, false
	case f >= math.MaxInt64:
		return NumericDate{Seconds: math.MaxInt64}, true
	case f <= math.MinInt64:
		return NumericDate{Seconds: math.MinInt64}, true
	case math.Abs(f) < 1e-9:
		return tinyNumber(text), true
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return NumericDate{}, false
	}
	// Div rounds to the floor because a denominator is positive.
	whole := new(big.Int).Div(r.Num(), r.Denom())
	fraction := new(big.Rat).Sub(r, new(big.Rat).SetInt(whole))
	fraction.Mul(fraction, big.NewRat(int64(time.Second), 1))
	nanoseconds := new(big.Int).Div(fraction.Num(), fraction.Denom()).Int64()
	if !fraction.IsInt() {
		nanoseconds++
	}
	return NumericDate{whole.Int64(), min(nanoseconds, int64(time.Second)-1)}, true
}

// tinyNumber is a number so close to zero that only its sign matters.
func tinyNumber(text string) NumericDate {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	if strings.Trim(mantissa, "-0.") == "" {
		return NumericDate{}
	}
	if text[0] == '-' {
		return NumericDate{Seconds: -1, Nanoseconds: int64(time.Second) - 1}
	}
	return NumericDate{Nanoseconds: 1}
}

// Time returns the moment in UTC, to the second, and whether it lies in years
// 1 to 9999, outside of which [time.Time] cannot be relied on.
func (d NumericDate) Time() (time.Time, bool) {
	if d.Seconds < firstSecond || d.Seconds > lastSecond {
		return time.Time{}, false
	}
	return time.Unix(d.Seconds, 0).UTC(), true
}

// Sub returns how long after t the moment is, at most and at least what a
// [time.Duration] can hold (292 years).
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

// newNumericDate returns the JSON number for a moment, rounded down to seconds.
func newNumericDate(t time.Time) json.RawMessage {
	return strconv.AppendInt(nil, t.Unix(), 10)
}

// String returns the moment as "2026-12-24 18:00:00 UTC", or the number of
// seconds where there is no such date.
func (d NumericDate) String() string {
	if t, ok := d.Time(); ok {
		return t.Format("2006-01-02 15:04:05 UTC")
	}
	return strconv.FormatInt(d.Seconds, 10) + " seconds after 1970"
}

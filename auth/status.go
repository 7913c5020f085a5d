package auth

import (
	"math"
	"time"
)

// State is the state of a token at an instant.
type State int

// The states of a token.
const (
	StateActive State = iota + 1
	StateNotYetValid
	StateExpired
	StateNoExpiry
)

var states = [...]struct{ word, code string }{
	{unknown, unknown},
	StateActive:      {"active", "active"},
	StateNotYetValid: {"not yet valid", "not_yet_valid"},
	StateExpired:     {"expired", "expired"},
	StateNoExpiry:    {"no expiry", "no_expiry"},
}

// String returns the state in words: "active", "not yet valid", "expired" or
// "no expiry".
func (s State) String() string { return rowOf(states[:], s).word }

// Code returns the state as one word for programs, such as "not_yet_valid".
func (s State) Code() string { return rowOf(states[:], s).code }

// Status is the state of a token at an instant and the time that goes with it. It says
// nothing about the signature.
type Status struct {
	State State
	// Left is the time until an active token expires or a token that is not yet valid
	// becomes valid, rounded up to whole seconds, so that it reaches zero exactly at that
	// moment. For an expired token it is the time since then, rounded down. Without an
	// expiry it is zero.
	Left time.Duration
	// Portion is how much of the lifetime is left, from 1 to 0. The lifetime starts at
	// "iat", or at "nbf" if that is later; without either it is 1 until expiry.
	Portion float64
}

// Status returns the status of the token at the instant (RFC 7519 sections 4.1.4 and
// 4.1.5): it is expired from exactly "exp" and active from exactly "nbf". An "exp" that is
// not a number is ignored.
func (t *Token) Status(now time.Time) Status {
	exp, hasExpiry := t.Date("exp")
	if hasExpiry && !exp.after(now) {
		return Status{State: StateExpired, Left: -exp.Sub(now).Truncate(time.Second)}
	}
	if nbf, ok := t.Date("nbf"); ok && nbf.after(now) {
		return Status{State: StateNotYetValid, Left: ceilSeconds(nbf.Sub(now)), Portion: 1}
	}
	if !hasExpiry {
		return Status{State: StateNoExpiry, Portion: 1}
	}
	left := exp.Sub(now)
	return Status{State: StateActive, Left: ceilSeconds(left), Portion: t.portion(left, now)}
}

// after reports whether the moment is later than t.
func (d NumericDate) after(t time.Time) bool {
	if d.Seconds != t.Unix() {
		return d.Seconds > t.Unix()
	}
	return d.Nanoseconds > int64(t.Nanosecond())
}

// before reports whether the moment is earlier than the other.
func (d NumericDate) before(other NumericDate) bool {
	if d.Seconds != other.Seconds {
		return d.Seconds < other.Seconds
	}
	return d.Nanoseconds < other.Nanoseconds
}

func (t *Token) portion(left time.Duration, now time.Time) float64 {
	start, ok := t.Date("iat")
	if nbf, hasStart := t.Date("nbf"); hasStart && (!ok || start.before(nbf)) {
		start, ok = nbf, true
	}
	if !ok {
		return 1
	}
	past := -float64(start.Sub(now)) // the minimum of a Duration has no negative
	if past <= 0 {
		return 1
	}
	return float64(left) / (float64(left) + past)
}

func ceilSeconds(d time.Duration) time.Duration {
	if d > math.MaxInt64-time.Second {
		return d.Truncate(time.Second)
	}
	return (d + time.Second - 1).Truncate(time.Second)
}

// String returns the status in words: "29m 41s left", "expired 12s ago", "valid in 5m" or
// "no expiry".
func (s Status) String() string {
	switch s.State {
	case StateActive:
		return FormatDuration(s.Left) + " left"
	case StateNotYetValid:
		return "valid in " + FormatDuration(s.Left)
	case StateExpired:
		return "expired " + FormatDuration(s.Left) + " ago"
	default:
		return s.State.String()
	}
}

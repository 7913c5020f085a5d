package auth

import (
	"errors"
	"fmt"
	"time"
)

// CheckLifetime returns why a token cannot be issued with that lifetime, or nil.
func (i *Issuer) CheckLifetime(lifetime time.Duration) error {
	switch {
	case lifetime <= 0:
		return errors.New("the lifetime must be longer than zero")
	case lifetime%time.Second != 0:
		return errors.New("the lifetime must be a whole number of seconds")
	case i.MaxLifetime > 0 && lifetime > i.MaxLifetime:
		return &LimitError{Lifetime: lifetime, Limit: i.MaxLifetime}
	case lifetime > time.Unix(lastSecond, 0).Sub(timeBy(i.Now)):
		return errors.New("the token would expire after the year 9999")
	}
	return nil
}

// LimitError says that a lifetime is longer than an issuer allows.
type LimitError struct{ Lifetime, Limit time.Duration }

// Error names both durations.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the lifetime %s is above the limit of %s",
		FormatDuration(e.Lifetime), FormatDuration(e.Limit))
}

// checkLimit returns why a token must not be signed with the lifetime in its claims, or
// nil.
func (i *Issuer) checkLimit(token *Token) error {
	switch lifetime, ends := i.lifetimeOf(token); {
	case i.MaxLifetime == 0:
		return nil
	case !ends:
		return fmt.Errorf("without exp the token never expires, but the limit is %s", FormatDuration(i.MaxLifetime))
	case lifetime > i.MaxLifetime:
		return &LimitError{Lifetime: lifetime, Limit: i.MaxLifetime}
	}
	return nil
}

// lifetimeOf returns how long the token is valid from "iat" or from now, whichever is
// longer: many verifiers accept an "iat" in the future.
func (i *Issuer) lifetimeOf(token *Token) (lifetime time.Duration, ends bool) {
	exp, ends := token.Date("exp")
	lifetime = exp.Sub(timeBy(i.Now))
	if issued, ok := token.Lifetime(); ok {
		lifetime = max(lifetime, issued)
	}
	return lifetime, ends
}

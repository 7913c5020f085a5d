// Package advice gives an error one thing to do about it. The text of the error
// says only what is wrong, so that whoever prints it can set the two apart.
package advice

import "errors"

// advised is an error with its advice.
type advised struct {
	error

	advice string
}

func (e *advised) Unwrap() error { return e.error }

// Advice returns what to do about the error.
func (e *advised) Advice() string { return e.advice }

// New returns an error that says what is wrong, with one thing to do about it.
// Both are lower case without a full stop.
func New(reason, advice string) error { return Add(errors.New(reason), advice) }

// Add returns the error with one thing to do about it, instead of any advice that
// it has already. The text of the error stays the same.
func Add(err error, advice string) error { return &advised{err, advice} }

// Of returns what to do about an error, or the empty string. It is the advice of
// the error itself, else that of an error that it wraps.
func Of(err error) string {
	if found, ok := errors.AsType[interface {
		error
		Advice() string
	}](err); ok {
		return found.Advice()
	}
	return ""
}

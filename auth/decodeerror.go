package auth

import "fmt"

// Stage is the stage at which the decoding of a token stopped.
type Stage int

// The stages in their order.
const (
	StageSize      Stage = iota + 1 // the token is not too large
	StageText                       // it has only the characters of a token
	StageForm                       // it has three segments
	StageEncoding                   // they are strict base64url
	StageHeader                     // the header is one JSON object
	StagePayload                    // the payload is one JSON object
	StageParameter                  // the header parameters are supported
)

var stages = [...]string{
	"decoding",
	StageSize:      "checking the size",
	StageText:      "checking the characters",
	StageForm:      "counting the segments",
	StageEncoding:  "decoding base64url",
	StageHeader:    "reading the header",
	StagePayload:   "reading the payload",
	StageParameter: "checking the header parameters",
}

// String describes the stage, such as "decoding base64url".
func (s Stage) String() string { return rowOf(stages[:], s) }

// DecodeError says at which stage the decoding of a token stopped and why. For
// [errors.Is] it is [ErrMalformed] or [ErrUnsupported].
type DecodeError struct {
	Stage   Stage
	Verdict Verdict // VerdictMalformed or VerdictUnsupported
	Reason  string  // one sentence that names the part of the token
	Advice  string  // one thing to do, or empty
	Source  string  // the RFC section of the rule, or empty
	Token   *Token  // the parts that could be read; never nil
	cause   error
}

// Error returns the reason.
func (e *DecodeError) Error() string { return e.Reason }

// Unwrap returns the *[jsontext.SyntaxError] of invalid JSON, or nil.
func (e *DecodeError) Unwrap() error { return e.cause }

// Is reports whether the target is the sentinel of the verdict.
func (e *DecodeError) Is(target error) bool { return target == e.Verdict.err() }

func malformed(stage Stage, source, format string, args ...any) *DecodeError {
	return &DecodeError{Stage: stage, Verdict: VerdictMalformed, Source: source, Reason: fmt.Sprintf(format, args...)}
}

func unsupported(source, format string, args ...any) *DecodeError {
	return &DecodeError{Stage: StageParameter, Verdict: VerdictUnsupported, Source: source, Reason: fmt.Sprintf(format, args...)}
}

func (e *DecodeError) advise(advice string) *DecodeError {
	e.Advice = advice
	return e
}

func (e *DecodeError) because(cause error) *DecodeError {
	e.cause = cause
	return e
}

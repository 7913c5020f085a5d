package auth

import "strings"

// Verdict is what verification said: valid, or the class of the first check
// that failed.
type Verdict int

// The verdicts, in the order in which the checks are made.
const (
	VerdictValid        Verdict = iota + 1
	VerdictMalformed            // it could not be read as a token
	VerdictUnsupported          // it asks for something that is not understood
	VerdictBadSignature         // the signature is not the key's
	VerdictWrongKey             // no configured key fits it
	VerdictExpired              // "exp" has come
	VerdictNotYetValid          // "nbf" or "iat" has not come
	VerdictWrongClaim           // a claim is missing, has the wrong type or another value
)

// verdicts are what there is to say of each: the error that [errors.Is] finds and
// the word for programs, which stays when the words for people change.
var verdicts = [...]struct {
	err  error
	code string
}{
	{nil, unknown},
	VerdictValid:        {nil, "valid"},
	VerdictMalformed:    {ErrMalformed, "malformed"},
	VerdictUnsupported:  {ErrUnsupported, "unsupported"},
	VerdictBadSignature: {ErrBadSignature, "bad_signature"},
	VerdictWrongKey:     {ErrWrongKey, "wrong_key"},
	VerdictExpired:      {ErrExpired, "expired"},
	VerdictNotYetValid:  {ErrNotYetValid, "not_yet_valid"},
	VerdictWrongClaim:   {ErrWrongClaim, "wrong_claim"},
}

// String returns the verdict in words, such as "bad signature".
func (v Verdict) String() string {
	if err := v.err(); err != nil {
		return err.Error()
	}
	return v.Code()
}

// Code returns the verdict as one word for programs, such as "bad_signature".
func (v Verdict) Code() string { return rowOf(verdicts[:], v).code }

// err returns the error that [errors.Is] finds in an error of that verdict.
func (v Verdict) err() error { return rowOf(verdicts[:], v).err }

// unknown is the word and the code of a constant that there is not.
const unknown = "unknown"

// rowOf returns the row of a constant in the table of its type. The first row is
// for those that are not in it.
func rowOf[R any, E ~int](table []R, constant E) R {
	if constant < 0 || int(constant) >= len(table) {
		constant = 0
	}
	return table[constant]
}

// Failure is one check that failed. As an error it is the sentinel of its verdict
// too, such as [ErrExpired], for [errors.Is].
type Failure struct {
	Verdict Verdict
	Reason  string // one sentence
	Advice  string // what to do, where there is something to do
	Source  string // the RFC section that asks for the check
}

// Error returns the reason.
func (f Failure) Error() string { return f.Reason }

// Is reports whether the target is the sentinel of the verdict.
func (f Failure) Is(target error) bool { return target == f.Verdict.err() }

// Result is what a [Verifier] found.
type Result struct {
	// Verdict is VerdictValid, or that of the first failure.
	Verdict Verdict
	// Failures holds every failed check, in the order of the checks.
	Failures []Failure
	// Token is what was read, in part when it was malformed; never nil.
	Token *Token
	// Key is the key that signed the token, or nil.
	Key *Key
	// SignatureChecked reports whether a key was tried at all. Without that the
	// token is what somebody wrote, and nothing more.
	SignatureChecked bool
}

// Err returns nil for a valid token, and otherwise the failures as one error, whose
// text is their reasons. For [errors.Is] it is the sentinel of each of them: a
// token that has expired and names another issuer is both [ErrExpired] and
// [ErrWrongClaim].
func (r Result) Err() error {
	switch {
	case r.Verdict == VerdictValid:
		return nil
	case len(r.Failures) == 0:
		return errNotVerified
	case len(r.Failures) == 1:
		return r.Failures[0]
	}
	return failures(r.Failures)
}

// failures are several failed checks as one error.
type failures []Failure

func (f failures) Error() string {
	reasons := make([]string, len(f))
	for n, failure := range f {
		reasons[n] = failure.Reason
	}
	return strings.Join(reasons, "; ")
}

func (f failures) Unwrap() []error {
	all := make([]error, len(f))
	for n, failure := range f {
		all[n] = failure
	}
	return all
}

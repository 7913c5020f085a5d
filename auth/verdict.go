package auth

import "strings"

// Verdict is the verdict of a [Verifier]: valid, or the class of the first check that
// failed.
type Verdict int

// The verdicts, in the order of the checks.
const (
	VerdictValid        Verdict = iota + 1
	VerdictMalformed            // it cannot be read as a token
	VerdictUnsupported          // it requires something that is not supported
	VerdictBadSignature         // the signature was not made with the key
	VerdictWrongKey             // no configured key is for it
	VerdictExpired              // "exp" has passed
	VerdictNotYetValid          // "nbf" or "iat" is in the future
	VerdictWrongClaim           // a claim is missing, or has the wrong type or value
)

// verdicts has the error of each verdict for [errors.Is], and its code for programs, which
// stays the same when the words for people change.
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

// err returns the sentinel error of the verdict.
func (v Verdict) err() error { return rowOf(verdicts[:], v).err }

// unknown is the word and the code for a constant that does not exist.
const unknown = "unknown"

// rowOf returns the row of a constant in the table of its type. The first row is for
// constants that do not exist.
func rowOf[R any, E ~int](table []R, constant E) R {
	if constant < 0 || int(constant) >= len(table) {
		constant = 0
	}
	return table[constant]
}

// Failure is one check that failed. For [errors.Is] it is the sentinel error of its
// verdict, such as [ErrExpired].
type Failure struct {
	Verdict Verdict
	Reason  string // one sentence
	Advice  string // one thing to do, or empty
	Source  string // the RFC section of the check
}

// Error returns the reason.
func (f Failure) Error() string { return f.Reason }

// Is reports whether the target is the sentinel of the verdict.
func (f Failure) Is(target error) bool { return target == f.Verdict.err() }

// Result is the result of a [Verifier].
type Result struct {
	// Verdict is VerdictValid, or the verdict of the first failure.
	Verdict Verdict
	// Failures are all checks that failed, in order.
	Failures []Failure
	// Token is the token, or the parts that could be read; never nil.
	Token *Token
	// Key is the key that signed the token, or nil.
	Key *Key
	// SignatureChecked reports whether any key was tried. If not, anyone could have
	// written the token.
	SignatureChecked bool
	// Form is the form of the configured secret that made a bad signature, or 0.
	Form SecretForm
	// Decryption is the key that decrypted the token, or nil.
	Decryption *Key
	// Inner is the result for the token inside this one, or nil. Its failures are among
	// Failures.
	Inner *Result
}

// Err returns nil for a valid token, else the failures as one error, whose text is their
// reasons. For [errors.Is] it is the sentinel error of each of them: a token that has
// expired and has another issuer is both [ErrExpired] and [ErrWrongClaim].
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

package fault

import (
	"encoding/json"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// far is how far off, in seconds, a time is that no clock tolerance makes good.
const far = 3600

func timeFaults() []Fault {
	return append(grouped(GroupTime, PartPayload,
		Fault{
			Name: "expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: "RFC 7519 section 4.1.4",
			Wrong: "it expired an hour ago",
			Why:   "A token that was stolen, logged out or replaced would stay good for ever.",
			make:  func(d *draft) (string, error) { return d.endingAt(d.now() - far) },
		},
		Fault{
			Name: "just-expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: "RFC 7519 section 4.1.4",
			Wrong:  "it expired a second ago",
			Why:    "The token must not be accepted on or after its exp.",
			Policy: "RFC 7519 lets an API allow for clocks that differ, by a few minutes at most; one with such a leeway lets it in for that long.",
			make:   func(d *draft) (string, error) { return d.endingAt(d.now() - 1) },
		},
		Fault{
			Name: "not-yet-valid", Members: []string{"nbf", "exp"}, Verdict: auth.VerdictNotYetValid, Source: "RFC 7519 section 4.1.5",
			Wrong: "its nbf is an hour after the end of the good token",
			Why:   "A token must not be accepted before the time at which its issuer lets it begin.",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("nbf", number(d.later())).Set("exp", number(d.later()+d.lifetime())))
			},
		},
		Fault{
			Name: "issued-in-future", Members: []string{"iat", "exp"}, Verdict: auth.VerdictNotYetValid, Source: "RFC 7519 section 4.1.6",
			Wrong: "its iat is an hour after the end of the good token",
			Why:   "No token is older than its issuer says, so either a clock is wrong or the claims are made up.",
			Policy: "RFC 7519 does not say that such a token is refused; an API that trusts iat, for the age of a login or to " +
				"revoke tokens, must refuse it.",
			make: func(d *draft) (string, error) { return d.endingAt(d.later() + d.lifetime()) },
		},
	), expFaults()...)
}

// expFaults are the values of "exp" that are none, or that never come.
func expFaults() []Fault {
	const expiry = "RFC 7519 section 4.1.4"
	exp := []string{"exp"}
	return grouped(GroupTime, PartPayload,
		Fault{
			Name: "no-exp", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "it has no exp",
			Why:    "A token without an end is good for ever once it leaks.",
			Policy: "RFC 7519 makes exp optional; an API whose issuer sets it must ask for it.",
			make:   func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("exp")) },
		},
		Fault{
			Name: "exp-zero", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is 0, which is 1970",
			Why:   "A verifier that takes 0 for none lets a token in that expired in 1970.",
			make:  withExp("0"),
		},
		Fault{
			Name: "exp-negative", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is -1, which is before 1970",
			Why:   "A verifier that takes negative numbers for none, or for very large ones, lets in what has expired.",
			make:  withExp("-1"),
		},
		Fault{
			Name: "exp-string", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong: "its exp is a string of digits, not a number",
			Why:   "The value must be a number; a verifier that compares a string with one may find it is never past.",
			make: func(d *draft) (string, error) {
				raw, _ := d.good.Claims.Get("exp")
				return d.withClaims(d.good.Claims.Set("exp", jsontext.Quote(string(raw))))
			},
		},
		Fault{
			Name: "exp-null", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong: "its exp is null",
			Why:   "The value must be a number; a verifier that takes null for none lets in a token without an end.",
			make:  withExp("null"),
		},
		Fault{
			Name: "exp-beyond-9999", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "its exp is the first second of the year 10000",
			Why:    "The token never ends, and date libraries fail or start again at a small year there.",
			Policy: "RFC 7519 sets no limit; an API that knows how long its tokens live must refuse a longer one.",
			make:   withExp("253402300800"),
		},
		Fault{
			Name: "exp-milliseconds", Members: exp, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 2",
			Wrong:  "its exp is in milliseconds, which as seconds is in some fifty thousand years",
			Why:    "The mistake is common in code that takes the time from JavaScript or Java, and makes tokens that never end.",
			Policy: "To a verifier it is a date like any other; an API that knows how long its tokens live must refuse a longer one.",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("exp", number((d.now()+d.lifetime())*1000)))
			},
		},
	)
}

// later is a second that has not come as long as the good token is good, so that
// what begins then does not come true while faults are tried.
func (d *draft) later() int64 { return d.now() + d.lifetime() + far }

// endingAt returns the good token moved in time so that it ends at that second.
func (d *draft) endingAt(second int64) (string, error) {
	return d.withClaims(d.good.Claims.Set("iat", number(second-d.lifetime())).Set("exp", number(second)))
}

func withExp(value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Set("exp", json.RawMessage(value))) }
}

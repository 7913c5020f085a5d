package fault

import (
	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// far is a difference in seconds that is beyond any leeway.
const far = 3600

func timeFaults() []Fault {
	return append(grouped(GroupTime, PartPayload,
		Fault{
			Name: "expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: "RFC 7519 section 4.1.4",
			Wrong: "it expired an hour ago",
			Why:   "otherwise a token that was stolen, revoked or replaced would stay valid forever",
			make:  func(d *draft) (string, error) { return d.endingAt(d.now() - far) },
		},
		Fault{
			Name: "just-expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: "RFC 7519 section 4.1.4",
			Wrong:  "it expired a second ago",
			Why:    "a token must not be accepted at or after its exp",
			Policy: "RFC 7519 allows a leeway of a few minutes for clock differences, and an API with a leeway accepts the token for that long",
			make:   func(d *draft) (string, error) { return d.endingAt(d.now() - 1) },
		},
		Fault{
			Name: "not-yet-valid", Members: []string{"nbf", "exp"}, Verdict: auth.VerdictNotYetValid, Source: "RFC 7519 section 4.1.5",
			Wrong: "its nbf is an hour after the good token expires",
			Why:   "a token must not be accepted before the time that its issuer set",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("nbf", number(d.later())).Set("exp", number(d.later()+d.lifetime())))
			},
		},
		Fault{
			Name: "issued-in-future", Members: []string{"iat", "exp"}, Verdict: auth.VerdictNotYetValid, Source: "RFC 7519 section 4.1.6",
			Wrong: "its iat is an hour after the good token expires",
			Why:   "no token is issued in the future, so a clock is wrong or the claims are made up",
			Policy: "RFC 7519 does not require refusing such a token, but an API that uses iat for the age of a login or for " +
				"revocation must refuse it",
			make: func(d *draft) (string, error) { return d.endingAt(d.later() + d.lifetime()) },
		},
	), expFaults()...)
}

// expFaults are the tokens whose "exp" is missing, wrong or practically never.
func expFaults() []Fault {
	const expiry = "RFC 7519 section 4.1.4"
	exp := []string{"exp"}
	return grouped(GroupTime, PartPayload,
		Fault{
			Name: "no-exp", Members: exp, alters: "exp", Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "it has no exp",
			Why:    "a leaked token without exp is valid forever",
			Policy: "RFC 7519 makes exp optional, but an API whose issuer sets it must require it",
			make:   func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("exp")) },
		},
		Fault{
			Name: "exp-zero", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is 0, which is in 1970",
			Why:   "a verifier that treats 0 as no expiry accepts a token that expired in 1970",
			make:  withClaim("exp", "0"),
		},
		Fault{
			Name: "exp-negative", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is -1, which is before 1970",
			Why:   "a verifier that treats negative numbers as no expiry, or as very large ones, accepts an expired token",
			make:  withClaim("exp", "-1"),
		},
		Fault{
			Name: "exp-string", Members: exp, alters: "exp", Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong: "its exp is a string of digits instead of a number",
			Why:   "exp must be a number: a verifier that compares a string with a number may conclude that the token never expires",
			make: func(d *draft) (string, error) {
				raw, _ := d.good.Claims.Get("exp")
				return d.withClaims(d.good.Claims.Set("exp", jsontext.Quote(string(raw))))
			},
		},
		Fault{
			Name: "exp-null", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong: "its exp is null",
			Why:   "exp must be a number: a verifier that treats null as no expiry accepts a token that never expires",
			make:  withClaim("exp", "null"),
		},
		Fault{
			Name: "exp-beyond-9999", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "its exp is the first second of the year 10000",
			Why:    "the token practically never expires, and date libraries fail or wrap around at such a year",
			Policy: "RFC 7519 sets no limit, but an API that knows the lifetime of its tokens must refuse a longer one",
			make:   withClaim("exp", "253402300800"),
		},
		Fault{
			Name: "exp-milliseconds", Members: exp, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 2",
			Wrong:  "its exp is in milliseconds, which as seconds is more than 50,000 years away",
			Why:    "the mistake is common in code that takes the time from JavaScript or Java, and makes tokens that practically never expire",
			Policy: "to a verifier it is an ordinary date, but an API that knows the lifetime of its tokens must refuse a longer one",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("exp", number((d.now()+d.lifetime())*1000)))
			},
		},
	)
}

// later is a time after the good token has expired, so that a token that starts then does
// not become valid while the faults are tried.
func (d *draft) later() int64 { return d.now() + d.lifetime() + far }

// endingAt returns the good token with its times moved so that it expires at second.
func (d *draft) endingAt(second int64) (string, error) {
	return d.withClaims(d.good.Claims.Set("iat", number(second-d.lifetime())).Set("exp", number(second)))
}

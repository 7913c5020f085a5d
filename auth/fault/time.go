package fault

import (
	"encoding/json"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// far is a difference in seconds that is beyond any leeway.
const far = 3600

// expiry is where exp is defined.
const expiry = "RFC 7519 section 4.1.4"

func timeFaults() []Fault {
	return grouped(GroupTime, PartPayload,
		Fault{
			Name: "expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "it expired an hour ago",
			Why:   "otherwise a token that was stolen, revoked or replaced would stay valid forever",
			CWE:   cweExpiry, Fix: fixExpiry,
			make: func(d *draft) (string, error) { return d.endingAt(d.now() - far) },
		},
		Fault{
			Name: "just-expired", Members: []string{"iat", "exp"}, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong:  "it expired a second ago",
			Why:    "a token must not be accepted at or after its exp",
			Policy: "RFC 7519 allows a leeway of a few minutes for clock differences, and an API with a leeway accepts the token for that long",
			CWE:    cweExpiry, Fix: "set the leeway to what the clocks of your servers need, which is seconds",
			make: func(d *draft) (string, error) { return d.endingAt(d.now() - 1) },
		},
		Fault{
			Name: "not-yet-valid", Members: []string{"nbf", "exp"}, Verdict: auth.VerdictNotYetValid, Source: "RFC 7519 section 4.1.5",
			Wrong: "its nbf is an hour after the good token expires",
			Why:   "a token must not be accepted before the time that its issuer set",
			CWE:   cweAuthentication, Fix: fixStart,
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
			CWE: cweAuthentication, Fix: "refuse an iat that is later than the current time and the leeway",
			make: func(d *draft) (string, error) { return d.endingAt(d.later() + d.lifetime()) },
		},
	)
}

// expFaults are the tokens whose "exp" is missing, long ago or practically never.
func expFaults() []Fault {
	exp := []string{"exp"}
	return grouped(GroupTime, PartPayload,
		Fault{
			Name: "no-exp", Members: exp, alters: "exp", Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "it has no exp",
			Why:    "a leaked token without exp is valid forever",
			Policy: "RFC 7519 makes exp optional, but an API whose issuer sets it must require it",
			CWE:    cweExpiry, Fix: fixRequire,
			make: func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("exp")) },
		},
		Fault{
			Name: "exp-zero", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is 0, which is in 1970",
			Why:   "a verifier that treats 0 as no expiry accepts a token that expired in 1970",
			CWE:   cweExpiry, Fix: "ask whether exp is there, and not whether it is true, before you compare it",
			make: withClaim("exp", "0"),
		},
		Fault{
			Name: "exp-negative", Members: exp, Verdict: auth.VerdictExpired, Source: expiry,
			Wrong: "its exp is -1, which is before 1970",
			Why:   "a verifier that treats negative numbers as no expiry, or as very large ones, accepts an expired token",
			CWE:   cweExpiry, Fix: "compare exp as a signed number",
			make: withClaim("exp", "-1"),
		},
		Fault{
			Name: "exp-beyond-9999", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "its exp is the first second of the year 10000",
			Why:    "the token practically never expires, and date libraries fail or wrap around at such a year",
			Policy: "RFC 7519 sets no limit, but an API that knows the lifetime of its tokens must refuse a longer one",
			CWE:    cweExpiry, Fix: fixLifetime,
			make: withClaim("exp", "253402300800"),
		},
		Fault{
			Name: "exp-milliseconds", Members: exp, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 2",
			Wrong:  "its exp is in milliseconds, which as seconds is more than 50,000 years away",
			Why:    "the mistake is common in code that takes the time from JavaScript or Java, and makes tokens that practically never expire",
			Policy: "to a verifier it is an ordinary date, but an API that knows the lifetime of its tokens must refuse a longer one",
			CWE:    cweExpiry, Fix: fixLifetime,
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("exp", number((d.now()+d.lifetime())*1000)))
			},
		},
		Fault{
			Name: "exp-infinite", Members: exp, Verdict: auth.VerdictWrongClaim, Source: expiry,
			Wrong:  "its exp is 1e400, which is larger than the largest floating-point number",
			Why:    "most languages read the number as infinity, so the token never expires, and some fail when they turn it into a date",
			Policy: "RFC 7519 sets no limit, but an API that knows the lifetime of its tokens must refuse a longer one",
			CWE:    cweExpiry, Fix: fixLifetime,
			make: withClaim("exp", "1e400"),
		},
	)
}

// expTypeFaults are the tokens whose "exp" is not a number.
func expTypeFaults() []Fault {
	exp := []string{"exp"}
	all := []Fault{
		{
			Name: "exp-string", alters: "exp",
			Wrong: "its exp is a string of digits instead of a number",
			Why:   "exp must be a number: a verifier that compares a string with a number may conclude that the token never expires",
			make: func(d *draft) (string, error) {
				raw, _ := d.good.Claims.Get("exp")
				return d.withClaims(d.good.Claims.Set("exp", jsontext.Quote(string(raw))))
			},
		},
		{
			Name:  "exp-null",
			Wrong: "its exp is null",
			Why:   "exp must be a number: a verifier that treats null as no expiry accepts a token that never expires",
			make:  withClaim("exp", "null"),
		},
		{
			Name:  "exp-false",
			Wrong: "its exp is false",
			Why:   "exp must be a number: a verifier that checks exp only if it is true accepts a token that never expires",
			make:  withClaim("exp", "false"),
		},
		{
			Name: "exp-array", alters: "exp",
			Wrong: "its exp is an array with the right number in it",
			Why:   "exp must be a number: a comparison with an array is false in some languages, so the token never expires",
			make: func(d *draft) (string, error) {
				raw, _ := d.good.Claims.Get("exp")
				return d.withClaims(d.good.Claims.Set("exp", json.RawMessage("["+string(raw)+"]")))
			},
		},
		{
			Name:  "exp-object",
			Wrong: "its exp is an empty object",
			Why:   "exp must be a number: a comparison with an object is false in some languages, so the token never expires",
			make:  withClaim("exp", "{}"),
		},
		{
			Name:  "exp-empty",
			Wrong: "its exp is an empty string",
			Why:   "exp must be a number: a verifier that treats an empty string as no expiry accepts a token that never expires",
			make:  withClaim("exp", `""`),
		},
		{
			Name:  "exp-word",
			Wrong: "its exp is the string never",
			Why:   "exp must be a number: a word becomes a number that is smaller and larger than no other, so the token never expires",
			make:  withClaim("exp", `"never"`),
		},
	}
	for i := range all {
		all[i].Members, all[i].Verdict, all[i].Source = exp, auth.VerdictWrongClaim, expiry
		all[i].CWE, all[i].Fix = cweType, fixDateType
	}
	return append(grouped(GroupTime, PartPayload, all...), expWordFaults()...)
}

// expWordFaults are the tokens whose "exp" is a word of JavaScript that JSON does not have.
func expWordFaults() []Fault {
	all := make([]Fault, 0, 2)
	for _, word := range []struct{ name, text, why string }{
		{"exp-infinity", "Infinity", "some parsers read it all the same, and a token that expires at infinity never expires"},
		{"exp-nan", "NaN", "some parsers read it all the same, and no time is after NaN, so the token never expires"},
	} {
		all = append(all, Fault{
			Name: word.name, Members: []string{"exp"}, Verdict: auth.VerdictMalformed, Source: "RFC 7519 section 7.2",
			Wrong: "its exp is " + word.text + ", which is not JSON",
			Why:   word.why,
			CWE:   cweSyntax, Fix: "use a JSON parser that refuses NaN and Infinity",
			make: func(d *draft) (string, error) {
				return d.withPayload(withRaw(d.good.Claims, "exp", word.text))
			},
		})
	}
	return grouped(GroupTime, PartPayload, all...)
}

// startFaults are the tokens whose "nbf" is not a number or is never, and "iat" likewise.
func startFaults() []Fault {
	nbf := []string{"nbf"}
	const start = "RFC 7519 section 4.1.5"
	return grouped(GroupTime, PartPayload,
		Fault{
			Name: "nbf-string", Members: nbf, Verdict: auth.VerdictWrongClaim, Source: start,
			Wrong: "its nbf is a string of digits, an hour after the good token expires",
			Why:   "nbf must be a number: a verifier that ignores any other value accepts a token before it is valid",
			CWE:   cweType, Fix: fixStart,
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("nbf", jsontext.Quote(string(number(d.later())))))
			},
		},
		Fault{
			Name: "nbf-null", Members: nbf, Verdict: auth.VerdictWrongClaim, Source: start,
			Wrong: "its nbf is null",
			Why:   "nbf must be a number: a verifier that ignores any other value accepts a token before it is valid",
			CWE:   cweType, Fix: fixStart,
			make: withClaim("nbf", "null"),
		},
		Fault{
			Name: "nbf-true", Members: nbf, Verdict: auth.VerdictWrongClaim, Source: start,
			Wrong: "its nbf is true",
			Why:   "nbf must be a number: a verifier that ignores any other value accepts a token before it is valid",
			CWE:   cweType, Fix: fixStart,
			make: withClaim("nbf", "true"),
		},
		Fault{
			Name: "nbf-infinite", Members: nbf, Verdict: auth.VerdictNotYetValid, Source: start,
			Wrong: "its nbf is 1e400, which is larger than the largest floating-point number",
			Why:   "the token is never valid, but a verifier whose number overflows accepts it, and some fail when they turn it into a date",
			CWE:   "CWE-190", Fix: fixStart,
			make: withClaim("nbf", "1e400"),
		},
		Fault{
			Name: "iat-string", Members: []string{"iat"}, alters: "iat", Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 4.1.6",
			Wrong:  "its iat is a string of digits instead of a number",
			Why:    "iat must be a number: code that computes the age of the token with a string gets a wrong one",
			Policy: "an API that does not use iat may ignore it, but one that uses it for the age of a login or for revocation must not",
			CWE:    cweType, Fix: fixDateType,
			make: func(d *draft) (string, error) {
				raw, _ := d.good.Claims.Get("iat")
				return d.withClaims(d.good.Claims.Set("iat", jsontext.Quote(string(raw))))
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

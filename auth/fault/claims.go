package fault

import (
	"encoding/json"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func claimFaults() []Fault {
	const issuer, audience = "RFC 8725 section 3.8", "RFC 7519 section 4.1.3"
	return append(grouped(GroupClaims, PartPayload,
		Fault{
			Name: "wrong-issuer", Members: []string{"iss"}, Needs: NeedIssuer, Verdict: auth.VerdictWrongClaim, Source: issuer,
			Wrong: "its iss names another issuer",
			Why:   "an issuer with the same key, such as that of a test system, could let its users in",
			make:  withOtherClaim("iss", "https://issuer.example.invalid"),
		},
		Fault{
			Name: "issuer-prefix", Members: []string{"iss"}, Needs: NeedIssuer, Verdict: auth.VerdictWrongClaim, Source: issuer,
			Wrong: "its iss only starts with the right issuer",
			Why:   "the whole value counts: a verifier that compares only the start accepts an attacker's host as the issuer",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("iss", jsontext.Quote(d.issuerClaim()+".example.invalid")))
			},
		},
		Fault{
			Name: "wrong-audience", Members: []string{"aud"}, Needs: NeedAudience, Verdict: auth.VerdictWrongClaim, Source: audience,
			Wrong: "its aud names another service",
			Why:   "a service that received a token could use it here in the name of its owner",
			make:  withOtherClaim("aud", "https://service.example.invalid"),
		},
		Fault{
			Name: "audience-empty", Members: []string{"aud"}, Needs: NeedAudience, Verdict: auth.VerdictWrongClaim, Source: audience,
			Wrong: "its aud is an empty array",
			Why:   "a token for nobody is not for this API, but a verifier that loops over the array finds no mismatch",
			make:  withClaim("aud", "[]"),
		},
		Fault{
			Name: "no-subject", Members: []string{"sub"}, alters: "sub", Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 4.1.2",
			Wrong: "it has no sub",
			Why:   "the code after the check runs for no user, or for whichever one it finds first",
			Policy: "RFC 7519 makes sub optional, but an API that acts for a user must require it (RFC 9068 section 2.2 requires it " +
				"in access tokens)",
			make: func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("sub")) },
		},
		Fault{
			Name: "subject-number", Members: []string{"sub"}, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 4.1.2",
			Wrong:  "its sub is a number instead of a string",
			Why:    "sub must be a string: 1 and \"1\" may be two users in one part of a system and one user in another",
			Policy: "an API that does not use sub may ignore it, but one that acts for a user must refuse the token",
			make:   withClaim("sub", "1"),
		},
	), duplicateFaults()...)
}

// duplicateFaults are the tokens that have a claim twice.
func duplicateFaults() []Fault {
	const unique = "RFC 7519 section 4"
	return grouped(GroupClaims, PartPayload,
		Fault{
			Name: "duplicate-exp", Members: []string{"exp"}, alters: "exp", Verdict: auth.VerdictMalformed, Source: unique,
			Wrong: "it has exp twice, first a good one and then one from an hour ago",
			Why:   "a parser that accepts duplicates must use the last one, which has expired",
			make: func(d *draft) (string, error) {
				claims := slices.Clone(d.good.Claims)
				return d.withClaims(append(claims, auth.Member{Name: "exp", Value: number(d.now() - far)}))
			},
		},
		Fault{
			Name: "duplicate-sub", Members: []string{"sub"}, alters: "sub", Verdict: auth.VerdictMalformed, Source: unique,
			Wrong:  "it has sub twice, first a wrong one and then the right one",
			Why:    "two parts of a system may read different users: one is checked, and the other gets in",
			Policy: "RFC 7519 lets a parser use the last one, but an API behind a gateway or beside other readers must refuse the token",
			make: func(d *draft) (string, error) {
				stranger := jsontext.Text("sub", d.unlike("stranger@example.invalid"))
				return d.withClaims(append(auth.Object{stranger}, d.good.Claims...))
			},
		},
	)
}

// withClaim returns a maker of the good token with a claim.
func withClaim(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Set(name, json.RawMessage(value))) }
}

// withOtherClaim returns a maker of the good token with another text in a claim.
func withOtherClaim(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withClaims(d.good.Claims.Set(name, jsontext.Quote(d.unlike(value))))
	}
}

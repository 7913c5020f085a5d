package fault

import (
	"encoding/json"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func claimFaults() []Fault {
	const issuer, audience, unique = "RFC 8725 section 3.8", "RFC 7519 section 4.1.3", "RFC 7519 section 4"
	return grouped(GroupClaims, PartPayload,
		Fault{
			Name: "wrong-issuer", Members: []string{"iss"}, Needs: NeedIssuer, Verdict: auth.VerdictWrongClaim, Source: issuer,
			Wrong: "its iss is another issuer",
			Why:   "An issuer that shares the key, such as that of a test system, could let its users into this one.",
			make:  withOtherClaim("iss", "https://issuer.example.invalid"),
		},
		Fault{
			Name: "issuer-prefix", Members: []string{"iss"}, Needs: NeedIssuer, Verdict: auth.VerdictWrongClaim, Source: issuer,
			Wrong: "its iss begins with the right issuer and goes on",
			Why:   "The whole value counts: whoever compares beginnings takes a host of an attacker for the issuer.",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("iss", jsontext.Quote(d.issuerClaim()+".example.invalid")))
			},
		},
		Fault{
			Name: "wrong-audience", Members: []string{"aud"}, Needs: NeedAudience, Verdict: auth.VerdictWrongClaim, Source: audience,
			Wrong: "its aud is another service",
			Why:   "A service that was given a token could use it here, in the name of its owner.",
			make:  withOtherClaim("aud", "https://service.example.invalid"),
		},
		Fault{
			Name: "audience-empty", Members: []string{"aud"}, Needs: NeedAudience, Verdict: auth.VerdictWrongClaim, Source: audience,
			Wrong: "its aud is an empty list",
			Why:   "A token for nobody is not for this API: a verifier that goes through the list finds nothing wrong in none.",
			make:  withClaim("aud", "[]"),
		},
		Fault{
			Name: "no-subject", Members: []string{"sub"}, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 4.1.2",
			Wrong: "it has no sub",
			Why:   "It names nobody: code behind the check works with no user, or with the first.",
			Policy: "RFC 7519 makes sub optional; an API that acts for a user must ask for it (RFC 9068 section 2.2 makes it " +
				"required in access tokens).",
			make: func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("sub")) },
		},
		Fault{
			Name: "subject-number", Members: []string{"sub"}, Verdict: auth.VerdictWrongClaim, Source: "RFC 7519 section 4.1.2",
			Wrong:  "its sub is a number, not a string",
			Why:    "The value must be a string: 1 and \"1\" are two users in one part of a system and one in the next.",
			Policy: "An API that makes no use of sub may leave it aside; one that acts for a user must refuse.",
			make:   withClaim("sub", "1"),
		},
		Fault{
			Name: "duplicate-exp", Members: []string{"exp"}, Verdict: auth.VerdictMalformed, Source: unique,
			Wrong: "it has exp twice, first a good one and then one that is an hour ago",
			Why:   "Whoever does not refuse it must take the last, with which it has expired.",
			make: func(d *draft) (string, error) {
				claims := slices.Clone(d.good.Claims)
				return d.withClaims(append(claims, auth.Member{Name: "exp", Value: number(d.now() - far)}))
			},
		},
		Fault{
			Name: "duplicate-sub", Members: []string{"sub"}, Verdict: auth.VerdictMalformed, Source: unique,
			Wrong:  "it has sub twice, first a stranger and then the right one",
			Why:    "Two parts of a system read two users: one is checked, the other is let in.",
			Policy: "RFC 7519 lets a parser take the last of the two; an API that stands behind a gateway or beside other readers must refuse.",
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

// withOtherClaim returns a maker of the good token with a text in a claim that it
// does not have there.
func withOtherClaim(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withClaims(d.good.Claims.Set(name, jsontext.Quote(d.unlike(value))))
	}
}

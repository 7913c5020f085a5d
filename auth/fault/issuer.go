package fault

import (
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// The issuer and the audience that a fault names instead of the right one.
const (
	foreignIssuer   = "https://issuer.example.invalid"
	foreignAudience = "https://service.example.invalid"
)

// issuerFaults are the tokens of no issuer or of another one.
func issuerFaults() []Fault {
	all := append(otherIssuers(), oddIssuers()...)
	for i := range all {
		all[i].Members, all[i].Needs, all[i].Verdict = []string{"iss"}, NeedIssuer, auth.VerdictWrongClaim
		all[i].Source, all[i].Fix = "RFC 8725 section 3.8", fixIssuer
	}
	return grouped(GroupClaims, PartPayload, all...)
}

// otherIssuers name another issuer, or none.
func otherIssuers() []Fault {
	return []Fault{
		{
			Name:  "wrong-issuer",
			Wrong: "its iss names another issuer",
			Why:   "an issuer with the same key, such as that of a test system, could let its users in",
			CWE:   cweOrigin,
			make:  withOtherClaim("iss", foreignIssuer),
		},
		{
			Name:  "no-issuer",
			Wrong: "it has no iss",
			Why:   "a verifier that compares iss only where there is one accepts a token that says nothing about its issuer",
			CWE:   cweOrigin,
			make:  func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("iss")) },
		},
		{
			Name:  "issuer-prefix",
			Wrong: "its iss only starts with the right issuer",
			Why:   "the whole value counts: a verifier that compares only the start accepts an attacker's host as the issuer",
			CWE:   cweComparison,
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("iss", jsontext.Quote(d.issuerClaim()+".example.invalid")))
			},
		},
		{
			Name:  "issuer-part",
			Wrong: "its iss is only a part of the right issuer",
			Why:   "the whole value counts: a verifier that looks for iss inside the expected text accepts any part of it",
			CWE:   cweComparison, CVE: []string{"CVE-2024-53861"},
			impossible: func(m Maker) string {
				iss := m.Issuer.Iss
				if raw, given := m.Request.Claims.Get("iss"); given {
					iss, _ = jsontext.Unquote(raw)
				}
				if utf8.RuneCountInString(iss) < 2 {
					return "the iss of the good token is a single character"
				}
				return ""
			},
			make: func(d *draft) (string, error) {
				_, last := utf8.DecodeLastRuneInString(d.issuerClaim())
				return d.withClaims(d.good.Claims.Set("iss", jsontext.Quote(d.issuerClaim()[:len(d.issuerClaim())-last])))
			},
		},
		{
			Name:  "issuer-empty",
			Wrong: "its iss is an empty string",
			Why:   "a verifier that looks for iss inside the expected text finds an empty one everywhere, and another treats it as no iss",
			CWE:   cweComparison, CVE: []string{"CVE-2024-53861"},
			make: withClaim("iss", `""`),
		},
	}
}

// oddIssuers have an iss of another type.
func oddIssuers() []Fault {
	return []Fault{
		{
			Name:  "issuer-null",
			Wrong: "its iss is null",
			Why:   "iss must be a string: a verifier that compares only what is not null accepts a token of any issuer",
			CWE:   cweType,
			make:  withClaim("iss", "null"),
		},
		{
			Name:  "issuer-array",
			Wrong: "its iss is an array of another issuer and the right one",
			Why: "iss must be a string: a verifier that finds the right issuer in the array accepts the token, and the code that " +
				"chooses the key reads the other one",
			CWE: cweType, CVE: []string{"CVE-2025-30144"},
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("iss", jsontext.QuoteAll([]string{d.unlike(foreignIssuer), d.issuerClaim()})))
			},
		},
	}
}

// audienceFaults are the tokens for nobody or for another API.
func audienceFaults() []Fault {
	all := append(otherAudiences(), oddAudiences()...)
	for i := range all {
		all[i].Members, all[i].Needs, all[i].Verdict = []string{"aud"}, NeedAudience, auth.VerdictWrongClaim
		all[i].Source, all[i].CWE, all[i].Fix = "RFC 7519 section 4.1.3", "CWE-863", fixAudience
	}
	return grouped(GroupClaims, PartPayload, all...)
}

// otherAudiences name another audience, or none.
func otherAudiences() []Fault {
	return []Fault{
		{
			Name:  "wrong-audience",
			Wrong: "its aud names another service",
			Why:   "a service that received a token could use it here in the name of its owner",
			make:  withOtherClaim("aud", foreignAudience),
		},
		{
			Name:  "no-audience",
			Wrong: "it has no aud",
			Why:   "a verifier that compares aud only where there is one accepts a token for any service",
			make:  func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("aud")) },
		},
		{
			Name:  "audience-array",
			Wrong: "its aud is an array that names only another service",
			Why:   "a verifier that reads aud only as a string finds none in the array, and accepts a token for any service",
			CVE:   []string{"CVE-2020-26160"},
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("aud", jsontext.QuoteAll([]string{d.unlike(foreignAudience)})))
			},
		},
		{
			Name:  "audience-empty",
			Wrong: "its aud is an empty array",
			Why:   "a token for nobody is not for this API, but a verifier that loops over the array finds no mismatch",
			make:  withClaim("aud", "[]"),
		},
		{
			Name:  "audience-blank",
			Wrong: "its aud is an empty string",
			Why:   "a token for nobody is not for this API, but a verifier that treats the empty string as no aud accepts it",
			make:  withClaim("aud", `""`),
		},
	}
}

// oddAudiences have an aud of another type, or one that is longer than the right one.
func oddAudiences() []Fault {
	return []Fault{
		{
			Name:  "audience-null",
			Wrong: "its aud is null",
			Why:   "aud must be a string or an array: a verifier that compares only what is not null accepts a token for any service",
			make:  withClaim("aud", "null"),
		},
		{
			Name:  "audience-object",
			Wrong: "its aud is an object with the right audience as a name",
			Why:   "aud must be a string or an array: a verifier that asks whether the audience is in the value also finds a name",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("aud", text(auth.Object{{Name: d.audience()[0], Value: []byte("true")}})))
			},
		},
		{
			Name:  "audience-prefix",
			Wrong: "its aud only starts with the right audience",
			Why:   "the whole value counts: a verifier that compares only the start accepts a token for an attacker's host",
			make: func(d *draft) (string, error) {
				return d.withClaims(d.good.Claims.Set("aud", jsontext.Quote(d.unlike(d.audience()[0]+".example.invalid"))))
			},
		},
	}
}

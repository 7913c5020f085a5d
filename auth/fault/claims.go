package fault

import (
	"encoding/json"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// subjectFaults are the tokens whose "sub" is missing or not a string.
func subjectFaults() []Fault {
	const policy = "an API that does not use sub may ignore it, but one that acts for a user must refuse the token"
	all := []Fault{
		{
			Name: "no-subject", alters: "sub",
			Wrong: "it has no sub",
			Why:   "the code after the check runs for no user, or for whichever one it finds first",
			Policy: "RFC 7519 makes sub optional, but an API that acts for a user must require it (RFC 9068 section 2.2 requires it " +
				"in access tokens)",
			CWE:  cweAuthentication,
			make: func(d *draft) (string, error) { return d.withClaims(d.good.Claims.Without("sub")) },
		},
		{
			Name:   "subject-number",
			Wrong:  "its sub is a number instead of a string",
			Why:    "sub must be a string: 1 and \"1\" may be two users in one part of a system and one user in another",
			Policy: policy, CWE: cweType,
			make: withClaim("sub", "1"),
		},
		{
			Name:   "subject-object",
			Wrong:  "its sub is an object instead of a string",
			Why:    "sub must be a string: an object may become part of a database query and find another user",
			Policy: policy, CWE: "CWE-943",
			make: withClaim("sub", `{"$ne":null}`),
		},
		{
			Name: "subject-array", alters: "sub",
			Wrong:  "its sub is an array with the right one instead of a string",
			Why:    "sub must be a string: an array may be one user in one part of a system and nobody in another",
			Policy: policy, CWE: cweType,
			make: func(d *draft) (string, error) {
				sub, _ := d.good.Claims.Get("sub")
				return d.withClaims(d.good.Claims.Set("sub", json.RawMessage("["+string(sub)+"]")))
			},
		},
	}
	for i := range all {
		all[i].Members, all[i].Verdict = []string{"sub"}, auth.VerdictWrongClaim
		all[i].Source, all[i].Fix = "RFC 7519 section 4.1.2", fixSubject
	}
	return grouped(GroupClaims, PartPayload, all...)
}

// marks are claims that access tokens sent as a bearer token do not have.
var marks = [...]string{"nonce", "at_hash", "events", "cnf"}

// unwanted returns those of the marks that the good token does not have.
func unwanted(good *auth.Token) []string {
	return slices.DeleteFunc(slices.Clone(marks[:]), func(name string) bool { return good.Claims.Index(name) >= 0 })
}

// purposeFaults are good tokens that were issued for something else than to be sent to an
// API as a bearer token. Their issuer and audience are those of the API.
func purposeFaults() []Fault {
	const plain = "an API that does not follow RFC 9068 may be unable to tell, but one whose issuer makes such tokens must refuse them"
	const binding = "an API that does not support such tokens may ignore cnf, but one whose issuer makes them must check it"
	purposes := []struct {
		name, wrong, why, policy, source, fix string
		members                               auth.Object
	}{
		{
			"id-token", "it is an ID token, with nonce and at_hash",
			"an ID token tells a client who logged in: every client that receives one could call the API in the name of the user",
			plain, "RFC 8725 section 3.12", fixPurpose,
			auth.Object{jsontext.Text("nonce", "n-0S6_WzA2Mj"), jsontext.Text("at_hash", "MTIzNDU2Nzg5MDEyMzQ1Ng")},
		},
		{
			"logout-token", "it is a logout token, with events",
			"a logout token tells a client that a user has logged out, and must open nothing",
			plain, "RFC 8725 section 3.12", fixPurpose,
			auth.Object{{Name: "events", Value: json.RawMessage(`{"http://schemas.openid.net/event/backchannel-logout":{}}`)}},
		},
		{
			"dpop-bound", "its cnf binds it to a key with jkt, and it is sent without a proof of that key",
			"the token was bound to a key so that it is useless to whoever steals it",
			binding, "RFC 9449 section 7.2", "require a DPoP proof for every token with cnf and jkt",
			auth.Object{{Name: "cnf", Value: json.RawMessage(`{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}`)}},
		},
		{
			"certificate-bound", "its cnf binds it to a client certificate, and it is sent without that certificate",
			"the token was bound to a certificate so that it is useless to whoever steals it",
			binding, "RFC 8705 section 3", "compare the certificate of the TLS connection with the x5t#S256 in cnf",
			auth.Object{{Name: "cnf", Value: json.RawMessage(`{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}`)}},
		},
	}
	all := make([]Fault, len(purposes))
	for i, p := range purposes {
		names := make([]string, len(p.members))
		for n, m := range p.members {
			names[n] = m.Name
		}
		all[i] = Fault{
			Name: p.name, Members: names, Verdict: auth.VerdictWrongClaim, Source: p.source,
			Wrong: p.wrong, Why: p.why, Policy: p.policy,
			CWE: cwePurpose, Fix: p.fix,
			impossible: func(m Maker) string {
				for _, name := range names {
					if _, has := m.Request.Claims.Get(name); has && !slices.Contains(m.Request.Without, name) {
						return "the good token has " + name + " too"
					}
				}
				return ""
			},
			make: func(d *draft) (string, error) {
				claims := d.good.Claims
				for _, m := range p.members {
					claims = claims.Set(m.Name, m.Value)
				}
				return d.withClaims(claims)
			},
		}
	}
	return grouped(GroupClaims, PartPayload, all...)
}

// duplicateFaults are the tokens that have a claim twice.
func duplicateFaults() []Fault {
	const unique = "RFC 7519 section 4"
	return grouped(GroupClaims, PartPayload,
		Fault{
			Name: "duplicate-exp", Members: []string{"exp"}, alters: "exp", Verdict: auth.VerdictMalformed, Source: unique,
			Wrong: "it has exp twice, first a good one and then one from an hour ago",
			Why:   "a parser that accepts duplicates must use the last one, which has expired",
			CWE:   cweConflict, Fix: fixDuplicate,
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
			CWE:    cweConflict, Fix: fixDuplicate,
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

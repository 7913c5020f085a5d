package fault

import (
	"encoding/json"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// criticalFaults are the tokens that a verifier must understand, or say that it does not.
func criticalFaults() []Fault {
	const critical = "RFC 7515 section 4.1.11"
	const ignored = "a verifier that ignores it probably ignores crit altogether"
	crit := []string{"crit"}
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "crit-unknown", Members: []string{"crit", "x-unknown"}, Verdict: auth.VerdictUnsupported, Source: critical,
			Wrong: "its crit requires x-unknown, which no verifier supports",
			Why:   "the token means something else to a verifier that does not support x-unknown, so it must be refused",
			CWE:   cweAuthenticity, CVE: []string{"CVE-2025-59420"}, Fix: fixCritical,
			make: withCritical("x-unknown", "true"),
		},
		Fault{
			Name: "crit-empty", Members: crit, Verdict: auth.VerdictMalformed, Source: critical,
			Wrong: "its crit is an empty array",
			Why:   "the array must not be empty: " + ignored,
			CWE:   cweAuthenticity, Fix: fixCritical,
			make: withParameter("crit", "[]"),
		},
		Fault{
			Name: "crit-string", Members: crit, Verdict: auth.VerdictMalformed, Source: critical,
			Wrong: "its crit is a string instead of an array",
			Why:   "crit must be an array: " + ignored,
			CWE:   cweType, Fix: fixCritical,
			make: withParameter("crit", `"x-unknown"`),
		},
		Fault{
			Name: "crit-null", Members: crit, Verdict: auth.VerdictMalformed, Source: critical,
			Wrong: "its crit is null",
			Why:   "crit must be an array: " + ignored,
			CWE:   cweType, Fix: fixCritical,
			make: withParameter("crit", "null"),
		},
		Fault{
			Name: "b64-false", Members: []string{"crit", "b64"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7515 section 4.1.11, RFC 7797",
			Wrong: "its b64 is false, and its crit requires b64",
			Why:   "the bytes that are signed would differ from those that are read as claims, so no JSON Web Token may use b64",
			CWE:   cweAuthenticity, Fix: fixCritical,
			make: withCritical("b64", "false"),
		},
		Fault{
			Name: "b64-alone", Members: []string{"b64"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7797 section 6",
			Wrong:  "its b64 is false, and it has no crit",
			Why:    "a part of the system that supports b64 reads other bytes as claims than one that does not",
			Policy: "a verifier that does not support b64 ignores it like any other unknown parameter (RFC 7515 section 4)",
			CWE:    cweConflict, Fix: "refuse every token with a b64",
			make: withParameter("b64", "false"),
		},
	)
}

func headerFaults() []Fault {
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "wrong-typ", Members: []string{"typ"}, alters: "typ", Verdict: auth.VerdictWrongClaim, Source: "RFC 8725 section 3.11",
			Wrong:  "its typ is that of another kind of token",
			Why:    "a token that the issuer made for another purpose, such as resetting a password, would open the API",
			Policy: "an API need not check typ, unless its issuer makes several kinds of token and nothing else distinguishes them",
			CWE:    cwePurpose, Fix: fixPurpose,
			make: withOtherParameter("typ", "unrelated+jwt"),
		},
		Fault{
			Name: "duplicate-alg", Members: []string{"alg"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4",
			Wrong: "it has alg twice, first the right one and then none, and the signature is that of the first",
			Why:   "two parts of a system may read different algorithms, and a parser that accepts duplicates must use the last one, which is none",
			CWE:   cweConflict, Fix: fixDuplicate,
			make: func(d *draft) (string, error) {
				return d.withHeader(append(slices.Clone(d.good.Header), jsontext.Text("alg", "none")))
			},
		},
		Fault{
			Name: "header-nested", Members: []string{"nested"}, Verdict: auth.VerdictMalformed, Source: cweRecursion,
			Wrong: "its header contains 1,500 arrays inside each other, and the signature is that of the original header",
			Why:   "anyone can send such a token, and a parser that calls itself for each array fails before anything is checked",
			CWE:   cweRecursion, Fix: fixSize,
			make: func(d *draft) (string, error) {
				header := withRaw(d.good.Header, "nested", nested())
				return encode([]byte(header)) + "." + d.good.PayloadSegment + "." + d.good.SignatureSegment, nil
			},
		},
	)
}

// depth is how many arrays are inside each other. Parsers that call themselves for each
// fail at about a thousand.
const depth = 1500

// nested returns arrays inside each other.
func nested() string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

// withParameter returns a maker of the good token with a header parameter.
func withParameter(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) { return d.withHeader(d.good.Header.Set(name, json.RawMessage(value))) }
}

// withCritical returns a maker of the good token with a header parameter that its "crit"
// requires.
func withCritical(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withHeader(d.good.Header.Set("crit", json.RawMessage(`["`+name+`"]`)).Set(name, json.RawMessage(value)))
	}
}

// withOtherParameter returns a maker of the good token with another text in a header
// parameter.
func withOtherParameter(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withHeader(d.good.Header.Set(name, jsontext.Quote(d.unlike(value))))
	}
}

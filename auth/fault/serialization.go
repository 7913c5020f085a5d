package fault

import (
	"fmt"

	"tokendesk/auth"
)

// serializationFaults are the tokens in the JSON serialization of JWS, which are correct but
// for that.
func serializationFaults() []Fault {
	const compact = "RFC 7519 section 1"
	const why = "a token has the compact form only: JSON has parts that nothing signs, and code around the library reads other parts"
	const flattened = `{"payload":"%s","protected":"%s","signature":"%s"}`
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "json-flattened", Verdict: auth.VerdictMalformed, Source: compact,
			Wrong: "it is written as JSON with one signature",
			Why:   why,
			CWE:   cweSyntax, Fix: fixCompact,
			make: func(d *draft) (string, error) {
				return fmt.Sprintf(flattened, d.good.PayloadSegment, d.good.HeaderSegment, d.good.SignatureSegment), nil
			},
		},
		Fault{
			Name: "json-general", Verdict: auth.VerdictMalformed, Source: compact,
			Wrong: "it is written as JSON with a list of signatures",
			Why:   why,
			CWE:   cweSyntax, Fix: fixCompact,
			make: func(d *draft) (string, error) {
				return fmt.Sprintf(`{"payload":"%s","signatures":[{"protected":"%s","signature":"%s"}]}`,
					d.good.PayloadSegment, d.good.HeaderSegment, d.good.SignatureSegment), nil
			},
		},
		Fault{
			Name: "json-unsigned-alg", Verdict: auth.VerdictMalformed, Source: "RFC 8725 section 3.1",
			Wrong: "it is written as JSON, and its alg is in the header that nothing signs",
			Why:   "whoever has a token can change such an alg, so the token chooses the algorithm after it was signed",
			CWE:   cweSignature, Fix: fixCompact,
			make: func(d *draft) (string, error) {
				header := encode(text(d.good.Header.Without("alg")))
				signature, err := d.sign(d.key(), header+"."+d.good.PayloadSegment)
				if err != nil {
					return "", err
				}
				return fmt.Sprintf(`{"header":{"alg":"%s"},"payload":"%s","protected":"%s","signature":"%s"}`,
					d.key().Algorithm(), d.good.PayloadSegment, header, encode(signature)), nil
			},
		},
		Fault{
			Name: "json-and-compact", Verdict: auth.VerdictMalformed, Source: compact,
			Wrong: "it is the good token as JSON and, split at the dots, another one with a changed jti",
			Why:   "code that checks the JSON and then reads the parts between the dots accepts claims that anyone can write",
			CWE:   cweConflict, CVE: []string{"CVE-2022-39227"}, Fix: fixCompact,
			make: func(d *draft) (string, error) {
				claims, err := d.otherClaims()
				if err != nil {
					return "", err
				}
				return fmt.Sprintf(`{"%s.%s.":"","payload":"%s","protected":"%s","signature":"%s"}`, d.good.HeaderSegment, encode(text(claims)),
					d.good.PayloadSegment, d.good.HeaderSegment, d.good.SignatureSegment), nil
			},
		},
	)
}

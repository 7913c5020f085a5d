package fault

import (
	"encoding/base64"

	"tokendesk/auth"
)

// compactForm is where the three parts of a token are defined.
const compactForm = "RFC 7515 section 3.1"

func formFaults() []Fault {
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "two-parts", Verdict: auth.VerdictMalformed, Source: compactForm,
			Wrong: "it has two parts: the payload and its dot are missing",
			Why:   "a token has three parts: a parser that accepts fewer makes up the missing one",
			CWE:   cweSyntax, Fix: fixCompact,
			make: func(d *draft) (string, error) { return d.good.HeaderSegment + "." + d.good.SignatureSegment, nil },
		},
		Fault{
			Name: "four-parts", Verdict: auth.VerdictMalformed, Source: compactForm,
			Wrong: "it has a fourth part after the signature",
			Why:   "a token has three parts: with more, two parsers may read different tokens in the same text",
			CWE:   cweSyntax, Fix: fixCompact,
			make: func(d *draft) (string, error) { return d.good.Compact + "." + encode([]byte("{}")), nil },
		},
		Fault{
			Name: "padded-base64", Verdict: auth.VerdictMalformed, Source: spelled,
			Wrong: "its parts are padded with =, and the signature is correct for them",
			Why:   manyTexts,
			CWE:   cweSyntax, Fix: fixBase64,
			make: (*draft).padded,
		},
		Fault{
			Name: "white-space", Verdict: auth.VerdictMalformed, Source: spelled,
			Wrong: "there is a space in the middle of its signature",
			Why:   manyTexts,
			CWE:   cweSyntax, Fix: fixBase64,
			make: func(d *draft) (string, error) { return d.withInserted(" "), nil },
		},
		Fault{
			Name: "empty", Verdict: auth.VerdictMalformed, Source: "RFC 6750 section 3",
			Wrong: "there is no token at all",
			Why:   "the code after the check must not run without a token",
			CWE:   "CWE-306", Fix: "refuse every request without a token before the code of the route runs",
			make: func(*draft) (string, error) { return "", nil },
		},
	)
}

// padded returns the good token in base64 with padding. The payload gets a space at its
// end if it would need no padding otherwise.
func (d *draft) padded() (string, error) {
	payload := d.payload()
	if len(payload)%3 == 0 {
		payload = append(payload, ' ')
	}
	pad := base64.URLEncoding.EncodeToString
	input := pad(d.header()) + "." + pad(payload)
	signature, err := d.sign(d.key(), input)
	if err != nil {
		return "", err
	}
	return input + "." + pad(signature), nil
}

package fault

import (
	"encoding/base64"
	"fmt"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// oversize is the size in bytes that an oversized token exceeds and that the verifier
// accepts. It leaves room below the 16 KiB that servers accept for all headers together.
const oversize = 15_000

func formFaults() []Fault {
	const form = "RFC 7515 section 3.1"
	return append(grouped(GroupForm, PartToken,
		Fault{
			Name: "two-parts", Verdict: auth.VerdictMalformed, Source: form,
			Wrong: "it has two parts: the payload and its dot are missing",
			Why:   "a token has three parts: a parser that accepts fewer makes up the missing one",
			make:  func(d *draft) (string, error) { return d.good.HeaderSegment + "." + d.good.SignatureSegment, nil },
		},
		Fault{
			Name: "four-parts", Verdict: auth.VerdictMalformed, Source: form,
			Wrong: "it has a fourth part after the signature",
			Why:   "a token has three parts: with more, two parsers may read different tokens in the same text",
			make:  func(d *draft) (string, error) { return d.good.Compact + "." + encode([]byte("{}")), nil },
		},
		Fault{
			Name: "padded-base64", Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 2",
			Wrong: "its parts are padded with =, and the signature is correct for them",
			Why:   "only one encoding is allowed: with two, the same token has several texts, and lists of used or revoked tokens miss some of them",
			make:  (*draft).padded,
		},
		Fault{
			Name: "white-space", Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 2",
			Wrong: "there is a space in the middle of its signature",
			Why:   "only one encoding is allowed: with two, the same token has several texts, and lists of used or revoked tokens miss some of them",
			make: func(d *draft) (string, error) {
				half := len(d.good.SignatureSegment) / 2
				return d.signingInput() + "." + d.good.SignatureSegment[:half] + " " + d.good.SignatureSegment[half:], nil
			},
		},
	), contentFaults()...)
}

// contentFaults are the tokens whose payload is no object of claims, or that are empty or
// too large.
func contentFaults() []Fault {
	const claims = "RFC 7519 section 7.2"
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "not-json", Part: PartPayload, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its payload is plain text instead of JSON",
			Why:   "the right key signed it, but it has no claims, so nothing says who it is for, who issued it and when it expires",
			make:  func(d *draft) (string, error) { return d.withPayload("this is not JSON") },
		},
		Fault{
			Name: "payload-array", Part: PartPayload, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its payload is an array with the claims in it instead of an object",
			Why:   "an array has no exp, so nothing is compared and the token never expires",
			make:  func(d *draft) (string, error) { return d.withPayload("[" + string(d.payload()) + "]") },
		},
		Fault{
			Name: "invalid-utf8", Part: PartPayload, Members: []string{"note"}, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its claim note contains a byte that is not valid UTF-8",
			Why:   "parsers replace the byte in different ways, so two names may become one, or one may become two",
			make: func(d *draft) (string, error) {
				return d.withPayload(strings.TrimSuffix(string(text(d.good.Claims.Without("note"))), "}") + ",\"note\":\"\xff\"}")
			},
		},
		Fault{
			Name: "empty", Verdict: auth.VerdictMalformed, Source: "RFC 6750 section 3",
			Wrong: "there is no token at all",
			Why:   "the code after the check must not run without a token",
			make:  func(*draft) (string, error) { return "", nil },
		},
		Fault{
			Name: "oversized", Part: PartPayload, Members: []string{"padding"}, Verdict: auth.VerdictMalformed, Source: "CWE-770",
			Wrong:  fmt.Sprintf("a meaningless claim makes it larger than %d bytes", oversize),
			Why:    "decoding and checking untrusted input costs time and memory, so its size must be limited first",
			Policy: "no standard sets a limit, and a server that answers 400 or 431 before it reads the token has refused it too",
			make: func(d *draft) (string, error) {
				padding := jsontext.Quote(strings.Repeat("x", oversize*3/4))
				return d.withClaims(d.good.Claims.Set("padding", padding))
			},
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
	signature, err := d.key().Sign(d.random(), input)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return input + "." + pad(signature), nil
}

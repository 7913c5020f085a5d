package fault

import (
	"encoding/base64"
	"fmt"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// oversize is the least size in bytes of an oversized token, and the most that
// the verifier takes. It leaves room beneath the 16 KiB that servers take for
// all headers together.
const oversize = 15_000

func formFaults() []Fault {
	const form, claims = "RFC 7515 section 3.1", "RFC 7519 section 7.2"
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "two-parts", Verdict: auth.VerdictMalformed, Source: form,
			Wrong: "it has two parts: the payload and its dot are missing",
			Why:   "A token has three parts: a parser that makes do with fewer fills the gap with something.",
			make: func(d *draft) (string, error) {
				return d.good.HeaderSegment + "." + d.good.SignatureSegment, nil
			},
		},
		Fault{
			Name: "four-parts", Verdict: auth.VerdictMalformed, Source: form,
			Wrong: "it has a fourth part behind the signature",
			Why:   "A token has three parts: with more of them one text is read as one token here and as another there.",
			make:  func(d *draft) (string, error) { return d.good.Compact + "." + encode([]byte("{}")), nil },
		},
		Fault{
			Name: "padded-base64", Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 2",
			Wrong: "its parts end with the = of base64; the signature is right for them",
			Why:   "One form alone is allowed: with a second one a token has more than one text, and lists of seen or revoked tokens miss it.",
			make:  (*draft).padded,
		},
		Fault{
			Name: "white-space", Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 2",
			Wrong: "there is a space in the middle of its signature",
			Why:   "One form alone is allowed: with a second one a token has more than one text, and lists of seen or revoked tokens miss it.",
			make: func(d *draft) (string, error) {
				half := len(d.good.SignatureSegment) / 2
				return d.signingInput() + "." + d.good.SignatureSegment[:half] + " " + d.good.SignatureSegment[half:], nil
			},
		},
		Fault{
			Name: "not-json", Part: PartPayload, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its payload is a text, not JSON",
			Why:   "It is signed by the right key and holds no claims, so nothing says for whom, by whom and until when.",
			make: func(d *draft) (string, error) {
				return d.signed(d.key(), d.header(), []byte("this is not JSON"))
			},
		},
		Fault{
			Name: "payload-array", Part: PartPayload, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its payload is an array with the claims in it, not an object",
			Why:   "Asked for exp an array has none, so that nothing is compared and the token never ends.",
			make: func(d *draft) (string, error) {
				return d.signed(d.key(), d.header(), []byte("["+string(d.payload())+"]"))
			},
		},
		Fault{
			Name: "invalid-utf8", Part: PartPayload, Members: []string{"note"}, Verdict: auth.VerdictMalformed, Source: claims,
			Wrong: "its claim note has a byte in it that is not UTF-8",
			Why:   "Each reader puts something else in its place, so that two names become one or one becomes two.",
			make: func(d *draft) (string, error) {
				payload := strings.TrimSuffix(string(text(d.good.Claims.Without("note"))), "}") + ",\"note\":\"\xff\"}"
				return d.signed(d.key(), d.header(), []byte(payload))
			},
		},
		Fault{
			Name: "empty", Verdict: auth.VerdictMalformed, Source: "RFC 6750 section 3",
			Wrong: "there is no token at all, only its place",
			Why:   "What is behind the check must not be reached without a token.",
			make:  func(*draft) (string, error) { return "", nil },
		},
		Fault{
			Name: "oversized", Part: PartPayload, Members: []string{"padding"}, Verdict: auth.VerdictMalformed, Source: "CWE-770",
			Wrong:  fmt.Sprintf("it has more than %d bytes, through a claim that says nothing", oversize),
			Why:    "Decoding and checking what a stranger sends costs time and memory: there must be a limit before it.",
			Policy: "No standard sets a limit; a server that answers 400 or 431 before it has read the token has refused it too.",
			make: func(d *draft) (string, error) {
				padding := jsontext.Quote(strings.Repeat("x", oversize*3/4))
				return d.withClaims(d.good.Claims.Set("padding", padding))
			},
		},
	)
}

// padded returns the good token in base64 with padding. The payload gets a space
// at its end where it would have needed none.
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

package fault

import (
	"fmt"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// contentFaults are the tokens whose payload is no object of claims.
func contentFaults() []Fault {
	const noClaims = "the right key signed it, but it has no claims, so nothing says who it is for, who issued it and when it expires"
	all := []Fault{
		{
			Name:  "not-json",
			Wrong: "its payload is plain text instead of JSON",
			Why:   noClaims,
			make:  func(d *draft) (string, error) { return d.withPayload("this is not JSON") },
		},
		{
			Name:  "payload-empty",
			Wrong: "its payload is empty",
			Why:   noClaims,
			make:  func(d *draft) (string, error) { return d.withPayload("") },
		},
		{
			Name:  "payload-null",
			Wrong: "its payload is null instead of an object",
			Why:   "code that reads a claim of null fails, in some frameworks for every user at once",
			make:  func(d *draft) (string, error) { return d.withPayload("null") },
		},
		{
			Name:  "payload-string",
			Wrong: "its payload is a JSON string instead of an object",
			Why:   noClaims,
			make:  func(d *draft) (string, error) { return d.withPayload(`"these are no claims"`) },
		},
		{
			Name:  "payload-array",
			Wrong: "its payload is an array with the claims in it instead of an object",
			Why:   "an array has no exp, so nothing is compared and the token never expires",
			make:  func(d *draft) (string, error) { return d.withPayload("[" + string(d.payload()) + "]") },
		},
		{
			Name:  "payload-trailing",
			Wrong: "its payload is the right object with another object behind it",
			Why:   "parsers read the first object, the last one or both, so two parts of a system may read different claims",
			make:  func(d *draft) (string, error) { return d.withPayload(string(d.payload()) + `{"admin":true}`) },
		},
		{
			Name: "invalid-utf8", Members: []string{"note"},
			Wrong: "its claim note contains a byte that is not valid UTF-8",
			Why:   "parsers replace the byte in different ways, so two names may become one, or one may become two",
			make:  func(d *draft) (string, error) { return d.withPayload(withRaw(d.good.Claims, "note", "\"\xff\"")) },
		},
	}
	for i := range all {
		all[i].Verdict, all[i].Source = auth.VerdictMalformed, "RFC 7519 section 7.2"
		all[i].CWE, all[i].Fix = cweSyntax, fixPayload
	}
	return grouped(GroupForm, PartPayload, all...)
}

// oversize is the size in bytes that an oversized token exceeds and that the verifier
// accepts. It leaves room below the 16 KiB that servers accept for all headers together.
const oversize = 15_000

// sizeFaults are the tokens that cost more to read than they are worth.
func sizeFaults() []Fault {
	return grouped(GroupForm, PartPayload,
		Fault{
			Name: "payload-nested", Members: []string{"nested"}, Verdict: auth.VerdictMalformed, Source: cweRecursion,
			Wrong:  "a meaningless claim contains 1,500 arrays inside each other",
			Why:    "a parser that calls itself for each array fails",
			Policy: "no standard sets a limit, and only the issuer can sign such a token",
			CWE:    cweRecursion, Fix: fixSize,
			make: func(d *draft) (string, error) { return d.withPayload(withRaw(d.good.Claims, "nested", nested())) },
		},
		Fault{
			Name: "oversized", Members: []string{"padding"}, Verdict: auth.VerdictMalformed, Source: cweSize,
			Wrong:  fmt.Sprintf("a meaningless claim makes it larger than %d bytes", oversize),
			Why:    "decoding and checking untrusted input costs time and memory, so its size must be limited first",
			Policy: "no standard sets a limit, and a server that answers 400 or 431 before it reads the token has refused it too",
			CWE:    cweSize, Fix: fixSize,
			make: func(d *draft) (string, error) {
				padding := jsontext.Quote(strings.Repeat("x", oversize*3/4))
				return d.withClaims(d.good.Claims.Set("padding", padding))
			},
		},
	)
}

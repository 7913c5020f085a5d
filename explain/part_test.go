package explain

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"tokendesk/auth/find"
)

// parts returns the parts of a report, a line each.
func parts(r *Report) string {
	var lines []string
	for _, p := range r.Parts() {
		line := p.Title + ": " + p.Text
		for _, m := range p.Members {
			line += fmt.Sprintf("[%s %s=%s]", p.Of, m.Name, m.Text)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// The parts say what a token is and everything that is in it, also of one that is refused.
func TestParts(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	good := signed(t, key, `{"sub":"ada"}`)
	segments := strings.Split(good, ".")
	header := "header: [Header alg=HS256][Header typ=JWT]\n"
	for text, want := range map[string]string{
		good:                                                header + "claims: [Claim sub=ada]",
		segments[0] + ".." + segments[2]:                    "kind: detached JWS (RFC 7515 appendix F)\n" + strings.TrimSpace(header),
		segments[0] + ".W10." + segments[2]:                 header + "payload: []",
		segments[0] + ".WyL_Il0." + segments[2]:             header + `payload: ["\xff"]`,
		"W10." + segments[1] + "." + segments[2]:            "header: []\nclaims: [Claim sub=ada]",
		"eyJhbGciOjF9fQ." + segments[1] + "." + segments[2]: `header: {"alg":1}}` + "\nclaims: [Claim sub=ada]",
		`{"payload":"` + segments[1] + `","protected":"` + segments[0] + `","header":{"kid":"k"},` +
			`"signature":"` + segments[2] + `"}`: "kind: JWS in JSON (RFC 7515 section 7.2)\n" +
			header + "unsigned: [Unsigned header kid=k]\nclaims: [Claim sub=ada]",
		"ghp_0123456789abcdefghijABCDEFGHIJ": "",
		"eyJhbGciOiJIUzI1NiJ9.eyJ...":        "header: [Header alg=HS256]",
	} {
		found, err := find.Tokens(text, find.MaxPasted)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, text, parts(Token(Read(found[0]), moment)), want)
	}
}

// The parts of a token inside a token follow those of the one around it.
func TestPartsOfNestedTokens(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	inner := signed(t, key, `{"sub":"ada","exp":1795444512}`)
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(`{"alg":"HS256","cty":"JWT"}`)) + "." + encode([]byte(inner))
	signature, err := key.Sign(nil, input)
	if err != nil {
		t.Fatal(err)
	}
	compact := input + "." + encode(signature)
	want := "kind: nested token (RFC 7519 section 5.2)\nheader: [Header alg=HS256][Header cty=JWT]\n" +
		"inside: another token, which has these:\nheader: [Header alg=HS256][Header typ=JWT]\nclaims: [Claim sub=ada][Claim exp=1795444512]"
	r := Token(Read(find.Match{Compact: compact}), moment)
	equal(t, "read", parts(r), want)
	r = Token(Known{Result: verified(t, compact, key)}, moment)
	equal(t, "verified", parts(r), want)
	equal(t, "the verdict", joined(r.Verdict(Clock{Now: moment})), "✓ valid: signed with HS256 by key "+key.Fingerprint()+
		"\n✓ the token inside: signed with HS256 by key "+key.Fingerprint())
	equal(t, "the status", r.Status(moment).Word, "active")
	equal(t, "the expiry", r.Expiry(Clock{Now: moment}), "expires 2026-11-23 14:35:12 UTC, in 30m")
}

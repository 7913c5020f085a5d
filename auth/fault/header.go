package fault

import (
	"encoding/json"
	"fmt"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func headerFaults() []Fault {
	return append(foreignKeyFaults(), grouped(GroupHeader, PartHeader,
		Fault{
			Name: "kid-unknown", Members: []string{"kid"}, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: "RFC 7515 section 4.1.4",
			Wrong:  "its kid names an unknown key, and the right key signed it",
			Why:    "a verifier that falls back to another key may go on using one that was retired",
			Policy: "kid is only a hint: an API with one key may ignore it, but one that chooses its key by kid must refuse the token",
			make:   withOtherParameter("kid", "no-such-key"),
		},
		Fault{
			Name: "kid-missing", Members: []string{"kid"}, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: "RFC 7515 section 4.1.4",
			Wrong:  "it has no kid, and the right key signed it",
			Why:    "a verifier that tries all its keys may go on using one that was retired",
			Policy: "kid is only a hint: an API with one key does not need it, but one that chooses its key by kid must refuse the token",
			make:   func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("kid")) },
		},
		Fault{
			Name: "kid-number", Members: []string{"kid"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4.1.4",
			Wrong: "its kid is a number instead of a string",
			Why:   "kid must be a string: a key lookup with another type may fail in unforeseen ways",
			make:  withParameter("kid", "1"),
		},
		Fault{
			Name: "crit-unknown", Members: []string{"crit", "x-unknown"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7515 section 4.1.11",
			Wrong: "its crit requires x-unknown, which no verifier supports",
			Why:   "the token means something else to a verifier that does not support x-unknown, so it must be refused",
			make:  withCritical("x-unknown", "true"),
		},
		Fault{
			Name: "crit-empty", Members: []string{"crit"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4.1.11",
			Wrong: "its crit is an empty array",
			Why:   "the array must not be empty: a verifier that does not check this probably ignores crit altogether",
			make:  withParameter("crit", "[]"),
		},
		Fault{
			Name: "b64-false", Members: []string{"crit", "b64"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7515 section 4.1.11, RFC 7797",
			Wrong: "its b64 is false, and its crit requires b64",
			Why:   "the bytes that are signed would differ from those that are read as claims, so no JSON Web Token may use b64",
			make:  withCritical("b64", "false"),
		},
		Fault{
			Name: "wrong-typ", Members: []string{"typ"}, alters: "typ", Verdict: auth.VerdictWrongClaim, Source: "RFC 8725 section 3.11",
			Wrong:  "its typ is that of another kind of token",
			Why:    "a token that the issuer made for another purpose, such as resetting a password, would open the API",
			Policy: "an API need not check typ, unless its issuer makes several kinds of token and nothing else distinguishes them",
			make:   withOtherParameter("typ", "unrelated+jwt"),
		},
		Fault{
			Name: "duplicate-alg", Members: []string{"alg"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4",
			Wrong: "it has alg twice, first the right one and then none, and the signature is that of the first",
			Why:   "two parts of a system may read different algorithms, and a parser that accepts duplicates must use the last one, which is none",
			make: func(d *draft) (string, error) {
				return d.withHeader(append(slices.Clone(d.good.Header), jsontext.Text("alg", "none")))
			},
		},
	)...)
}

// foreignKeyFaults are the tokens that contain the key to check them with, or its URL.
func foreignKeyFaults() []Fault {
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "embedded-jwk", Members: []string{"jwk"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10, CVE-2018-0114",
			Wrong: "its jwk contains an unknown key, and it is signed with that key",
			Why:   "a verifier that uses the key in the token lets anyone sign",
			make: withStranger(func(d *draft, key *auth.Key) (string, error) {
				write := key.EncodePublic
				if key.Public() == nil {
					write = key.EncodePrivate
				}
				jwk, err := write(auth.FormatJWK)
				if err != nil {
					return "", fmt.Errorf("write the stranger's key: %w", err)
				}
				return d.signed(key, text(d.good.Header.Set("jwk", jwk)), d.payload())
			}),
		},
		Fault{
			Name: "jku", Members: []string{"jku"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10",
			Wrong: "its jku is an unknown URL, and it is signed with an unknown key",
			Why: "a verifier that fetches keys from the URL in the token lets anyone sign (the host does not exist, " +
				"so a delay or a 5xx reveals such a verifier)",
			make: withForeignURL("jku", "https://keys.example.invalid/jwks.json"),
		},
		Fault{
			Name: "x5u", Members: []string{"x5u"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10",
			Wrong: "its x5u is an unknown URL, and it is signed with an unknown key",
			Why: "a verifier that fetches certificates from the URL in the token lets anyone sign (the host does not exist, " +
				"so a delay or a 5xx reveals such a verifier)",
			make: withForeignURL("x5u", "https://keys.example.invalid/certificate.pem"),
		},
	)
}

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

// withForeignURL returns a maker of a token that is signed with a stranger's key and says
// where to fetch the key.
func withForeignURL(name, url string) func(*draft) (string, error) {
	return withStranger(func(d *draft, key *auth.Key) (string, error) {
		return d.signed(key, text(d.good.Header.Set(name, jsontext.Quote(url))), d.payload())
	})
}

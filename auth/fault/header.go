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
			Wrong:  "its kid names a key that is not there; the signature is the right key's",
			Why:    "A verifier that falls back to another key goes on using one that was taken out of service.",
			Policy: "The kid is a hint: an API with one key may leave it aside; one that chooses its key by it must refuse.",
			make:   withOtherParameter("kid", "no-such-key"),
		},
		Fault{
			Name: "kid-missing", Members: []string{"kid"}, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: "RFC 7515 section 4.1.4",
			Wrong:  "it has no kid; the signature is the right key's",
			Why:    "A verifier with several keys that tries them all goes on using one that was taken out of service.",
			Policy: "The kid is a hint: an API with one key may do without; one that chooses its key by it must refuse.",
			make:   func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("kid")) },
		},
		Fault{
			Name: "kid-number", Members: []string{"kid"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4.1.4",
			Wrong: "its kid is a number, not a string",
			Why:   "The value must be a string: what looks keys up with anything else in hand fails in ways that nobody planned.",
			make:  withParameter("kid", "1"),
		},
		Fault{
			Name: "crit-unknown", Members: []string{"crit", "x-unknown"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7515 section 4.1.11",
			Wrong: "its crit says that x-unknown must be understood, which nobody does",
			Why:   "The issuer says that the token means something else to who does not understand it, so it must be refused.",
			make: func(d *draft) (string, error) {
				return d.withHeader(d.good.Header.Set("crit", json.RawMessage(`["x-unknown"]`)).Set("x-unknown", json.RawMessage("true")))
			},
		},
		Fault{
			Name: "crit-empty", Members: []string{"crit"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4.1.11",
			Wrong: "its crit is an empty list",
			Why:   "The list must not be empty: a verifier that does not look does not look at a full one either.",
			make:  withParameter("crit", "[]"),
		},
		Fault{
			Name: "b64-false", Members: []string{"crit", "b64"}, Verdict: auth.VerdictUnsupported, Source: "RFC 7515 section 4.1.11, RFC 7797",
			Wrong: "its b64 is false, and its crit says that this must be understood",
			Why:   "The payload would be other bytes than those that are read as claims; no JSON Web Token may use it.",
			make: func(d *draft) (string, error) {
				return d.withHeader(d.good.Header.Set("crit", json.RawMessage(`["b64"]`)).Set("b64", json.RawMessage("false")))
			},
		},
		Fault{
			Name: "wrong-typ", Members: []string{"typ"}, Verdict: auth.VerdictWrongClaim, Source: "RFC 8725 section 3.11",
			Wrong:  "its typ is that of another kind of token",
			Why:    "A token that the same issuer made for another purpose, such as a reset of a password, would open the API.",
			Policy: "An API need not look at typ; one whose issuer makes several kinds of token must, unless something else tells them apart.",
			make:   withOtherParameter("typ", "unrelated+jwt"),
		},
		Fault{
			Name: "duplicate-alg", Members: []string{"alg"}, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 4",
			Wrong: "it has alg twice, first the right one and then none; the signature is that of the first",
			Why:   "Two parts of a system read two algorithms; whoever does not refuse it must take the last, which is none.",
			make: func(d *draft) (string, error) {
				return d.withHeader(append(slices.Clone(d.good.Header), jsontext.Text("alg", "none")))
			},
		},
	)...)
}

// foreignKeyFaults bring the key that they are to be checked with.
func foreignKeyFaults() []Fault {
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "embedded-jwk", Members: []string{"jwk"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10, CVE-2018-0114",
			Wrong: "its jwk holds a stranger's key, and it is signed with that",
			Why:   "A verifier that takes the key out of the token lets everybody sign.",
			make: func(d *draft) (string, error) {
				key, err := d.stranger()
				if err != nil {
					return "", err
				}
				write := key.EncodePublic
				if key.Public() == nil {
					write = key.EncodePrivate
				}
				jwk, err := write(auth.FormatJWK)
				if err != nil {
					return "", fmt.Errorf("write the stranger's key: %w", err)
				}
				return d.signed(key, text(d.good.Header.Set("jwk", jwk)), d.payload())
			},
		},
		Fault{
			Name: "jku", Members: []string{"jku"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10",
			Wrong: "its jku is a stranger's URL, and it is signed with a stranger's key",
			Why: "A verifier that fetches keys from where the token says lets everybody sign; the host does not exist, so " +
				"such a one shows by a delay or a 5xx.",
			make: withForeignURL("jku", "https://keys.example.invalid/jwks.json"),
		},
		Fault{
			Name: "x5u", Members: []string{"x5u"}, Verdict: auth.VerdictBadSignature, Source: "RFC 8725 section 3.10",
			Wrong: "its x5u is a stranger's URL, and it is signed with a stranger's key",
			Why: "A verifier that fetches certificates from where the token says lets everybody sign; the host does not " +
				"exist, so such a one shows by a delay or a 5xx.",
			make: withForeignURL("x5u", "https://keys.example.invalid/certificate.pem"),
		},
	)
}

// withParameter returns a maker of the good token with a header parameter.
func withParameter(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) { return d.withHeader(d.good.Header.Set(name, json.RawMessage(value))) }
}

// withOtherParameter returns a maker of the good token with a text in a header
// parameter that it does not have there.
func withOtherParameter(name, value string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withHeader(d.good.Header.Set(name, jsontext.Quote(d.unlike(value))))
	}
}

// withForeignURL returns a maker of a stranger's token that says where to fetch
// the key.
func withForeignURL(name, url string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		key, err := d.stranger()
		if err != nil {
			return "", err
		}
		return d.signed(key, text(d.good.Header.Set(name, jsontext.Quote(url))), d.payload())
	}
}

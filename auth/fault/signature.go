package fault

import (
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// checked is where the check of a signature is required.
const checked = "RFC 7515 section 5.2"

func signatureFaults() []Fault {
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "bit-flipped", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "one bit of the signature is flipped",
			Why:   "a signature that differs in even one bit was not made with the key",
			CWE:   cweSignature, Fix: fixSignature,
			make: func(d *draft) (string, error) {
				signature := slices.Clone(d.good.Signature)
				signature[len(signature)/2] ^= 1
				return d.withSignature(signature), nil
			},
		},
		Fault{
			Name: "signature-stripped", Verdict: auth.VerdictMalformed, Source: compactForm,
			Wrong: "the signature and its dot are cut off",
			Why:   "without a signature, anyone could have written the claims",
			CWE:   cweSignature, Fix: fixCompact,
			make: func(d *draft) (string, error) { return d.signingInput(), nil },
		},
		Fault{
			Name: "signature-empty", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "the signature is empty, with an alg that requires one",
			Why:   "a verifier that compares only the bytes present finds no difference in an empty signature, so anyone can write the claims",
			CWE:   cweSignature, CVE: []string{"CVE-2020-28042"}, Fix: fixSignature,
			make: func(d *draft) (string, error) { return d.withSignature(nil), nil },
		},
		Fault{
			Name: "another-key", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "it is signed with another key of the same type",
			Why:   "anyone who generates a key could write any claims",
			CWE:   cweSignature, Fix: fixSignature,
			make: withStranger(func(d *draft, key *auth.Key) (string, error) {
				return d.signedText(key, d.signingInput())
			}),
		},
		Fault{
			Name: "signature-truncated", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "the second half of the signature is missing",
			Why:   "a verifier that compares only the bytes present lets an attacker guess the signature byte by byte",
			CWE:   cweSignature, Fix: "compare the whole signature, in constant time, and its length first",
			make: func(d *draft) (string, error) {
				return d.withSignature(d.good.Signature[:len(d.good.Signature)/2]), nil
			},
		},
	)
}

// swappedFaults are the tokens with the signature of another token.
func swappedFaults() []Fault {
	const signed = "RFC 7515 section 5.2, step 8"
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "header-swapped", Part: PartHeader, Source: signed, Verdict: auth.VerdictBadSignature,
			Wrong: "the members of the header are in another order, and the signature is that of the original header",
			Why:   "the signature covers the bytes of the header too: a verifier that ignores them lets an attacker change alg and kid",
			CWE:   cweSignature, Fix: "verify the signature over the bytes that were received, and not over JSON that was written again",
			make: func(d *draft) (string, error) {
				header := slices.Clone(d.good.Header)
				slices.Reverse(header)
				return encode(text(header)) + "." + d.good.PayloadSegment + "." + d.good.SignatureSegment, nil
			},
		},
		Fault{
			Name: "payload-swapped", Part: PartPayload, Members: []string{"jti"}, Source: signed, Verdict: auth.VerdictBadSignature,
			Wrong: "its jti was changed, and the signature is that of the original payload",
			Why:   "anyone who has one token could write any claims",
			CWE:   cweSignature, Fix: "call the function that verifies, and not the one that only decodes",
			make: func(d *draft) (string, error) {
				claims, err := d.otherClaims()
				if err != nil {
					return "", err
				}
				return d.good.HeaderSegment + "." + encode(text(claims)) + "." + d.good.SignatureSegment, nil
			},
		},
	)
}

// otherClaims returns the good claims with another "jti".
func (d *draft) otherClaims() (auth.Object, error) {
	var id [16]byte
	if _, err := io.ReadFull(d.random(), id[:]); err != nil {
		return nil, fmt.Errorf("read randomness for the token's id: %w", err)
	}
	return d.good.Claims.Set("jti", jsontext.Quote(hex.EncodeToString(id[:]))), nil
}

// withSignature returns the good token with another signature.
func (d *draft) withSignature(signature []byte) string {
	return d.signingInput() + "." + encode(signature)
}

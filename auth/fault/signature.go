package fault

import (
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func signatureFaults() []Fault {
	const checked = "RFC 7515 section 5.2"
	return slices.Concat(grouped(GroupSignature, PartSignature,
		Fault{
			Name: "bit-flipped", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "one bit of the signature is flipped",
			Why:   "a signature that differs in even one bit was not made with the key",
			make: func(d *draft) (string, error) {
				signature := slices.Clone(d.good.Signature)
				signature[len(signature)/2] ^= 1
				return d.withSignature(signature), nil
			},
		},
		Fault{
			Name: "signature-stripped", Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 3.1",
			Wrong: "the signature and its dot are cut off",
			Why:   "without a signature, anyone could have written the claims",
			make:  func(d *draft) (string, error) { return d.signingInput(), nil },
		},
		Fault{
			Name: "signature-empty", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "the signature is empty, with an alg that requires one",
			Why:   "a verifier that compares only the bytes present finds no difference in an empty signature, so anyone can write the claims",
			make:  func(d *draft) (string, error) { return d.withSignature(nil), nil },
		},
		Fault{
			Name: "another-key", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "it is signed with another key of the same type",
			Why:   "anyone who generates a key could write any claims",
			make: withStranger(func(d *draft, key *auth.Key) (string, error) {
				return d.signedText(key, d.signingInput())
			}),
		},
		Fault{
			Name: "signature-truncated", Verdict: auth.VerdictBadSignature, Source: checked,
			Wrong: "the second half of the signature is missing",
			Why:   "a verifier that compares only the bytes present lets an attacker guess the signature byte by byte",
			make: func(d *draft) (string, error) {
				return d.withSignature(d.good.Signature[:len(d.good.Signature)/2]), nil
			},
		},
	), swappedFaults(), ecdsaFaults())
}

// swappedFaults are the tokens with the signature of another token.
func swappedFaults() []Fault {
	const signed = "RFC 7515 section 5.2, step 8"
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "header-swapped", Part: PartHeader, Source: signed, Verdict: auth.VerdictBadSignature,
			Wrong: "the members of the header are in another order, and the signature is that of the original header",
			Why:   "the signature covers the bytes of the header too: a verifier that ignores them lets an attacker change alg and kid",
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
			make: func(d *draft) (string, error) {
				var id [16]byte
				if _, err := io.ReadFull(d.random(), id[:]); err != nil {
					return "", fmt.Errorf("read randomness for the token's id: %w", err)
				}
				claims := d.good.Claims.Set("jti", jsontext.Quote(hex.EncodeToString(id[:])))
				return d.good.HeaderSegment + "." + encode(text(claims)) + "." + d.good.SignatureSegment, nil
			},
		},
	)
}

// ecdsaFaults are the faults that only ECDSA signatures can have.
func ecdsaFaults() []Fault {
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "ecdsa-zero", Needs: NeedECKey, Source: "CVE-2022-21449", Verdict: auth.VerdictBadSignature,
			Wrong: "both numbers of the ECDSA signature are zero",
			Why:   "a library that does not check for zero accepts this as the signature of any token by any key",
			make: func(d *draft) (string, error) {
				return d.withSignature(make([]byte, len(d.good.Signature))), nil
			},
		},
		Fault{
			Name: "ecdsa-der", Needs: NeedECKey, Source: "RFC 7518 section 3.4", Verdict: auth.VerdictBadSignature,
			Wrong: "the ECDSA signature is encoded as DER instead of as two numbers side by side",
			Why:   "only one encoding is allowed: with two, the same token has several texts, and lists of used or revoked tokens miss some of them",
			make: func(d *draft) (string, error) {
				half := len(d.good.Signature) / 2
				der, err := asn1.Marshal(struct{ R, S *big.Int }{
					new(big.Int).SetBytes(d.good.Signature[:half]),
					new(big.Int).SetBytes(d.good.Signature[half:]),
				})
				if err != nil {
					return "", fmt.Errorf("write the signature as DER: %w", err)
				}
				return d.withSignature(der), nil
			},
		},
	)
}

// withSignature returns the good token with another signature.
func (d *draft) withSignature(signature []byte) string {
	return d.signingInput() + "." + encode(signature)
}

package fault

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"

	"tokendesk/auth"
)

// ecdsaFaults are the faults that only ECDSA signatures can have.
func ecdsaFaults() []Fault {
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "ecdsa-zero", Needs: NeedECKey, Source: "RFC 7518 section 3.4", Verdict: auth.VerdictBadSignature,
			Wrong: "both numbers of the ECDSA signature are zero",
			Why:   "a library that does not check for zero accepts this as the signature of any token by any key",
			CWE:   cweSignature, CVE: []string{"CVE-2022-21449"}, Fix: "update Java to 17.0.3 or 18.0.1, or the library that checks signatures",
			make: func(d *draft) (string, error) {
				return d.withSignature(make([]byte, len(d.good.Signature))), nil
			},
		},
		Fault{
			Name: "ecdsa-der", Needs: NeedECKey, Source: "RFC 7518 section 3.4", Verdict: auth.VerdictBadSignature,
			Wrong: "the ECDSA signature is encoded as DER instead of as two numbers side by side",
			Why:   manyTexts,
			CWE:   cweSyntax, Fix: "accept ECDSA signatures only as two numbers of fixed length side by side",
			make: func(d *draft) (string, error) {
				r, s := numbers(d.good.Signature)
				der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
				if err != nil {
					return "", fmt.Errorf("write the signature as DER: %w", err)
				}
				return d.withSignature(der), nil
			},
		},
		Fault{
			Name: "ecdsa-other-s", Needs: NeedECKey, Source: "RFC 7518 section 3.4", Verdict: auth.VerdictBadSignature,
			Wrong: "the second number of the ECDSA signature is replaced with the other one that is right",
			Why: "anyone can turn one right signature into the other without the key, so the same token has two texts, " +
				"and lists of used or revoked tokens miss one of them",
			Policy: "no standard for tokens requires the smaller number, but an API that lists used or revoked tokens by their text must",
			CWE:    cweSignature, Fix: "list revoked tokens by their jti and not by their text",
			make: func(d *draft) (string, error) {
				public, _ := d.key().Public().(*ecdsa.PublicKey) // the fault needs one
				return d.withSignature(otherS(public, d.good.Signature)), nil
			},
		},
	)
}

// numbers returns the two numbers of an ECDSA signature.
func numbers(signature []byte) (r, s *big.Int) {
	half := len(signature) / 2
	return new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
}

// otherS returns the ECDSA signature with the other one of the two second numbers that are
// right.
func otherS(public *ecdsa.PublicKey, signature []byte) []byte {
	half := len(signature) / 2
	_, s := numbers(signature)
	other := s.Sub(public.Curve.Params().N, s)
	return append(slices.Clone(signature[:half]), other.FillBytes(make([]byte, half))...)
}

// smallerS returns a signature of the key, in ECDSA with the smaller second number, so
// that the fault with the larger one differs from the good token.
func smallerS(key *auth.Key, signature []byte) []byte {
	public, ok := key.Public().(*ecdsa.PublicKey)
	if !ok {
		return signature
	}
	other := otherS(public, signature)
	if half := len(signature) / 2; bytes.Compare(other[half:], signature[half:]) < 0 {
		return other
	}
	return signature
}

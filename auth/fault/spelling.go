package fault

import (
	"encoding/base64"
	"fmt"
	"strings"

	"tokendesk/auth"
)

// spelled is where the one spelling of base64url is defined.
const spelled = "RFC 7515 section 2"

// manyTexts says why a signature with a second spelling must be refused.
const manyTexts = "only one encoding is allowed: with two, the same token has several texts, " +
	"and lists of used or revoked tokens miss some of them"

// spellingFaults are the tokens with the right signature in other characters.
func spellingFaults() []Fault {
	return grouped(GroupSignature, PartSignature,
		Fault{
			Name: "stray-character", Verdict: auth.VerdictMalformed, Source: spelled,
			Wrong: "there is an asterisk in the middle of the right signature",
			Why:   manyTexts, CWE: cweSyntax, CVE: []string{"CVE-2022-25898"}, Fix: fixBase64,
			make: func(d *draft) (string, error) { return d.withInserted("*"), nil },
		},
		Fault{
			Name: "standard-base64", Verdict: auth.VerdictMalformed, Source: spelled,
			Wrong: "the right signature is written with + and / instead of - and _",
			Why:   manyTexts, CWE: cweSyntax, Fix: fixBase64,
			make: withStandardBase64,
		},
		Fault{
			Name: "padded-signature", Verdict: auth.VerdictMalformed, Source: spelled,
			Wrong: "there is a = after the right signature",
			Why:   manyTexts, CWE: cweSyntax, Fix: fixBase64,
			make: func(d *draft) (string, error) {
				return d.good.Compact + strings.Repeat("=", max(1, (4-len(d.good.SignatureSegment)%4)%4)), nil
			},
		},
		Fault{
			Name: "spare-bits", Verdict: auth.VerdictMalformed, Source: "RFC 4648 section 3.5",
			Wrong:  "a bit of the last character of the signature is set that encodes nothing",
			Why:    manyTexts,
			Policy: "RFC 4648 lets a decoder ignore the bit, and most do, but an API that lists used or revoked tokens by their text must refuse it",
			CWE:    cweSyntax, Fix: "list revoked tokens by their jti and not by their text, or decode with a strict base64url decoder",
			impossible: func(m Maker) string {
				if signatureSize(m.Issuer.Key)%3 != 0 {
					return ""
				}
				return "the last character of the signature has no spare bits"
			},
			make: func(d *draft) (string, error) {
				const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
				last := len(d.good.Compact) - 1
				return d.good.Compact[:last] + alphabet[strings.IndexByte(alphabet, d.good.Compact[last])+1:][:1], nil
			},
		},
	)
}

// withInserted returns the good token with a text in the middle of its signature.
func (d *draft) withInserted(text string) string {
	half := len(d.good.SignatureSegment) / 2
	return d.signingInput() + "." + d.good.SignatureSegment[:half] + text + d.good.SignatureSegment[half:]
}

// withStandardBase64 returns a token whose signature is in the alphabet of base64. Few
// signatures have none of the two characters that differ: then the token gets another jti.
func withStandardBase64(d *draft) (string, error) {
	input, signature := d.signingInput(), d.good.Signature
	for range attempts {
		if spelled := base64.RawStdEncoding.EncodeToString(signature); strings.ContainsAny(spelled, "+/") {
			return input + "." + spelled, nil
		}
		claims, err := d.otherClaims()
		if err != nil {
			return "", err
		}
		input = d.good.HeaderSegment + "." + encode(text(claims))
		if signature, err = d.sign(d.key(), input); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("no signature has one of the characters: %w", errNotRandom)
}

// signatureSize returns the size in bytes of the signatures of a key.
func signatureSize(key *auth.Key) int {
	switch alg := key.Algorithm(); alg.KeyType() {
	case auth.KeyTypeSecret:
		return alg.Hash().Size()
	case auth.KeyTypeEC:
		return 2 * ((key.Bits() + 7) / 8)
	case auth.KeyTypeRSA:
		return (key.Bits() + 7) / 8
	case auth.KeyTypeOKP:
		return 64
	default:
		return map[auth.Algorithm]int{auth.MLDSA44: 2420, auth.MLDSA65: 3309, auth.MLDSA87: 4627}[alg]
	}
}

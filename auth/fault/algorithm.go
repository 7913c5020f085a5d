package fault

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func algorithmFaults() []Fault {
	const named, confused = "RFC 7515 section 4.1.1", "RFC 8725 section 3.1, CVE-2015-9235"
	alg := []string{"alg"}
	return slices.Concat(noneFaults(), grouped(GroupAlgorithm, PartHeader,
		Fault{
			Name: "hmac-public-pem", Members: alg, Needs: NeedPublicKey, Verdict: auth.VerdictWrongKey, Source: confused,
			Wrong: "its alg is HS256, and the secret is the public key as PEM",
			Why:   "a verifier that lets the token choose the algorithm uses its public key as the secret, and everyone has that key",
			make:  func(d *draft) (string, error) { return d.withPublicSecret(auth.FormatPEM) },
		},
		Fault{
			Name: "hmac-public-jwk", Members: alg, Needs: NeedPublicKey, Verdict: auth.VerdictWrongKey, Source: confused,
			Wrong: "its alg is HS256, and the secret is the public key as a JWK",
			Why:   "this is the same attack on a verifier that keeps its public key as a JWK, in the bytes that keys public writes",
			make:  func(d *draft) (string, error) { return d.withPublicSecret(auth.FormatJWK) },
		},
		Fault{
			Name: "alg-unknown", Members: alg, Verdict: auth.VerdictUnsupported, Source: named,
			Wrong: "its alg names no existing algorithm, and the signature is otherwise correct",
			Why:   "a verifier that falls back to its usual algorithm, or to none, lets the token decide",
			make:  withAlg(func(string) string { return "unknown" }),
		},
		Fault{
			Name: "alg-missing", Members: alg, Verdict: auth.VerdictMalformed, Source: named,
			Wrong: "it has no alg, and the signature is otherwise correct",
			Why:   "alg is required: a verifier that guesses it can be led to a weaker algorithm",
			make:  func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("alg")) },
		},
		Fault{
			Name: "alg-lower-case", Members: alg, Verdict: auth.VerdictUnsupported, Source: named,
			Wrong: "its alg is in lower case, and the signature is otherwise correct",
			Why:   "alg is case-sensitive: where part of a system ignores case, the token gets past a list of refused algorithms",
			make:  withAlg(strings.ToLower),
		},
	), relatedFaults())
}

// relatedFaults are the tokens that are signed with the right key as another algorithm,
// or with no secret at all.
func relatedFaults() []Fault {
	const bound = "RFC 8725 section 3.1"
	alg := []string{"alg"}
	return grouped(GroupAlgorithm, PartHeader,
		Fault{
			Name: "alg-other-hmac", Members: alg, Needs: NeedSecret, Verdict: auth.VerdictWrongKey, Source: bound,
			Wrong: "it is signed with the right secret, but with another HMAC algorithm",
			Why:   "a key is for one algorithm: a verifier that accepts a related algorithm lets the token choose",
			make: func(d *draft) (string, error) {
				secret, err := d.secret()
				if err != nil {
					return "", err
				}
				return d.withHMAC(related(d.key().Algorithm(), false), secret), nil
			},
		},
		Fault{
			Name: "alg-other-rsa", Members: alg, Needs: NeedRSAKey, Verdict: auth.VerdictWrongKey, Source: bound,
			Wrong: "it is signed with the right RSA key, but with the other RSA signature scheme",
			Why:   "a key is for one algorithm: a verifier that accepts a related algorithm lets the token choose",
			make:  (*draft).withOtherRSA,
		},
		Fault{
			Name: "hmac-empty-secret", Part: PartSignature, Needs: NeedSecret, Verdict: auth.VerdictBadSignature,
			Source: "RFC 7518 section 3.2, CVE-2019-20933",
			Wrong:  "it is signed with an empty secret",
			Why:    "a verifier whose secret was never set uses an empty one, which everyone knows",
			make:   func(d *draft) (string, error) { return d.withHMAC(d.key().Algorithm(), nil), nil },
		},
	)
}

// noneFaults are the tokens that claim to be unsigned.
func noneFaults() []Fault {
	spellings := []struct{ name, alg, how string }{
		{"alg-none", "none", "as RFC 7518 spells it"},
		{"alg-none-title", "None", "with a capital letter"},
		{"alg-none-upper", "NONE", "in capital letters"},
		{"alg-none-mixed", "nOnE", "in mixed case"},
	}
	all := make([]Fault, 0, len(spellings))
	for _, spelling := range spellings {
		all = append(all, Fault{
			Name: spelling.name, Members: []string{"alg"}, Verdict: auth.VerdictUnsupported, Source: "RFC 8725 section 3.2, CVE-2022-23540",
			Wrong: "its alg is " + spelling.alg + ", " + spelling.how + ", and its signature is empty",
			Why:   "anyone can write such a token, without any key",
			make: func(d *draft) (string, error) {
				header := d.good.Header.Set("alg", jsontext.Quote(spelling.alg))
				return encode(text(header)) + "." + d.good.PayloadSegment + ".", nil
			},
		})
	}
	return grouped(GroupAlgorithm, PartHeader, all...)
}

// withAlg returns a maker of the good token with another "alg", signed by the right key.
func withAlg(name func(string) string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withHeader(d.good.Header.Set("alg", jsontext.Quote(name(string(d.key().Algorithm())))))
	}
}

// withPublicSecret signs with an HMAC whose secret is the public key.
func (d *draft) withPublicSecret(format auth.KeyFormat) (string, error) {
	public, err := d.key().EncodePublic(format)
	if err != nil {
		return "", fmt.Errorf("write the public key: %w", err)
	}
	return d.withHMAC(auth.HS256, public), nil
}

// withHMAC returns the good token with the algorithm in "alg", signed with any bytes,
// also with those that package auth refuses as a secret.
func (d *draft) withHMAC(alg auth.Algorithm, secret []byte) string {
	input := encode(text(d.good.Header.Set("alg", jsontext.Quote(string(alg))))) + "." + d.good.PayloadSegment
	mac := hmac.New(alg.Hash().New, secret)
	mac.Write([]byte(input))
	return input + "." + encode(mac.Sum(nil))
}

// secret returns the bytes of an HMAC key.
func (d *draft) secret() ([]byte, error) {
	jwk, err := d.key().EncodePrivate(auth.FormatJWK)
	var members struct{ K string }
	if err != nil || json.Unmarshal(jwk, &members) != nil {
		return nil, errors.New("the secret cannot be read")
	}
	secret, err := base64.RawURLEncoding.DecodeString(members.K)
	if err != nil {
		return nil, errors.New("the secret cannot be read")
	}
	return secret, nil
}

// related returns another algorithm for the same type of key: with the same hash in
// another scheme, such as PS256 for RS256, or with another hash.
func related(own auth.Algorithm, sameHash bool) auth.Algorithm {
	names := auth.AlgorithmNames()
	at := slices.Index(names, string(own))
	for _, name := range slices.Concat(names[at+1:], names[:at]) {
		other := auth.Algorithm(name)
		if other.KeyType() == own.KeyType() && (other.Hash() == own.Hash()) == sameHash {
			return other
		}
	}
	return own
}

// withOtherRSA signs with the other RSA signature scheme.
func (d *draft) withOtherRSA() (string, error) {
	other := related(d.key().Algorithm(), true)
	private, err := d.key().EncodePrivate(auth.FormatPEM)
	if err != nil {
		return "", fmt.Errorf("read the key: %w", err)
	}
	keys, err := auth.ParseKeys(private, other)
	if err != nil {
		return "", fmt.Errorf("read the key: %w", err)
	}
	return d.signed(keys[0], text(d.good.Header.Set("alg", jsontext.Quote(string(other)))), d.payload())
}

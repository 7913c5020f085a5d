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
	const named, bound = "RFC 7515 section 4.1.1", "RFC 8725 section 3.1"
	alg := []string{"alg"}
	return append(noneFaults(), grouped(GroupAlgorithm, PartHeader,
		Fault{
			Name: "hmac-public-pem", Members: alg, Needs: NeedPublicKey, Verdict: auth.VerdictWrongKey, Source: bound + ", CVE-2015-9235",
			Wrong: "its alg is HS256, and the secret is the public key as PEM",
			Why:   "A verifier that lets the token choose takes its public key for a secret, and everybody has that key.",
			make: func(d *draft) (string, error) {
				return d.withPublicSecret(auth.FormatPEM)
			},
		},
		Fault{
			Name: "hmac-public-jwk", Members: alg, Needs: NeedPublicKey, Verdict: auth.VerdictWrongKey, Source: bound + ", CVE-2015-9235",
			Wrong: "its alg is HS256, and the secret is the public key as a JWK",
			Why:   "It is the same attack on a verifier that keeps its public key as a JWK: the bytes that keys public writes into its set.",
			make: func(d *draft) (string, error) {
				return d.withPublicSecret(auth.FormatJWK)
			},
		},
		Fault{
			Name: "alg-unknown", Members: alg, Verdict: auth.VerdictUnsupported, Source: named,
			Wrong: "its alg is one that does not exist; the signature is right but for that",
			Why:   "The token chooses what is not known: a verifier that then takes its usual way, or none, is led by the token.",
			make:  withAlg(func(string) string { return "unknown" }),
		},
		Fault{
			Name: "alg-missing", Members: alg, Verdict: auth.VerdictMalformed, Source: named,
			Wrong: "it has no alg; the signature is right but for that",
			Why:   "The parameter must be there: a verifier that guesses what a token leaves out can be led to a weaker way.",
			make:  func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("alg")) },
		},
		Fault{
			Name: "alg-lower-case", Members: alg, Verdict: auth.VerdictUnsupported, Source: named,
			Wrong: "its alg is in small letters; the signature is right but for that",
			Why:   "The value has a case: where one part of a system ignores it, lists of refused algorithms are passed.",
			make:  withAlg(strings.ToLower),
		},
		Fault{
			Name: "alg-other-hmac", Members: alg, Needs: NeedSecret, Verdict: auth.VerdictWrongKey, Source: bound,
			Wrong: "it is signed with the right secret and another HMAC than the secret is for",
			Why:   "A key is for one algorithm: a verifier that takes its sisters lets the token choose.",
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
			Wrong: "it is signed with the right RSA key and the other scheme of RSA signatures",
			Why:   "A key is for one algorithm: a verifier that takes its sisters lets the token choose.",
			make:  (*draft).withOtherRSA,
		},
		Fault{
			Name: "hmac-empty-secret", Part: PartSignature, Needs: NeedSecret, Verdict: auth.VerdictBadSignature,
			Source: "RFC 7518 section 3.2, CVE-2019-20933",
			Wrong:  "it is signed with the empty secret",
			Why:    "A verifier whose secret was never set has the empty one, which everybody knows.",
			make:   func(d *draft) (string, error) { return d.withHMAC(d.key().Algorithm(), nil), nil },
		},
	)...)
}

// noneFaults are the tokens that say they are not signed.
func noneFaults() []Fault {
	spellings := []struct{ name, alg, how string }{
		{"alg-none", "none", "as RFC 7518 writes it"},
		{"alg-none-title", "None", "with a capital letter"},
		{"alg-none-upper", "NONE", "in capital letters"},
		{"alg-none-mixed", "nOnE", "in small and capital letters"},
	}
	all := make([]Fault, 0, len(spellings))
	for _, spelling := range spellings {
		all = append(all, Fault{
			Name: spelling.name, Members: []string{"alg"}, Verdict: auth.VerdictUnsupported, Source: "RFC 8725 section 3.2, CVE-2022-23540",
			Wrong: "its alg is " + spelling.alg + ", " + spelling.how + ", and its signature is empty",
			Why:   "Anybody can write such a token: a verifier that takes it needs no key at all.",
			make: func(d *draft) (string, error) {
				header := d.good.Header.Set("alg", jsontext.Quote(spelling.alg))
				return encode(text(header)) + "." + d.good.PayloadSegment + ".", nil
			},
		})
	}
	return grouped(GroupAlgorithm, PartHeader, all...)
}

// withAlg returns a maker of the good token with another name in "alg", signed
// as ever.
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

// withHMAC returns the good token with that algorithm in "alg", signed with any
// bytes: package auth refuses those that are no secrets.
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

// related returns the next algorithm that takes the same kind of key: with the same
// hash in another scheme, such as PS256 for RS256, or with another hash.
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

// withOtherRSA signs with the other scheme of RSA signatures.
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

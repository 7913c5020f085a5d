package fault

import (
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
	const named = "RFC 7515 section 4.1.1"
	alg := []string{"alg"}
	all := []Fault{
		{
			Name: "alg-unknown", Verdict: auth.VerdictUnsupported,
			Wrong: "its alg names no existing algorithm, and the signature is otherwise correct",
			Why:   "a verifier that falls back to its usual algorithm, or to none, lets the token decide",
			make:  withAlg(func(string) string { return "unknown" }),
		},
		{
			Name: "alg-missing", Verdict: auth.VerdictMalformed,
			Wrong: "it has no alg, and the signature is otherwise correct",
			Why:   "alg is required: a verifier that guesses it can be led to a weaker algorithm",
			make:  func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("alg")) },
		},
		{
			Name: "alg-empty", Verdict: auth.VerdictUnsupported,
			Wrong: "its alg is an empty string, and the signature is otherwise correct",
			Why:   "a verifier that falls back to its usual algorithm, or to none, lets the token decide",
			make:  withAlg(func(string) string { return "" }),
		},
		{
			Name: "alg-null", Verdict: auth.VerdictMalformed,
			Wrong: "its alg is null, and the signature is otherwise correct",
			Why:   "alg must be a string: a verifier that treats null as no alg guesses, and can be led to a weaker algorithm",
			make:  withParameter("alg", "null"),
		},
		{
			Name: "alg-array", Verdict: auth.VerdictMalformed,
			Wrong: "its alg is an array with the right name in it, and the signature is otherwise correct",
			Why:   "alg must be a string: a list of allowed algorithms compares something else than what the library looks up",
			make: func(d *draft) (string, error) {
				return d.withHeader(d.good.Header.Set("alg", jsontext.QuoteAll([]string{string(d.key().Algorithm())})))
			},
		},
		{
			Name: "alg-lower-case", Verdict: auth.VerdictUnsupported,
			Wrong: "its alg is in lower case, and the signature is otherwise correct",
			Why:   "alg is case-sensitive: where part of a system ignores case, the token gets past a list of refused algorithms",
			make:  withAlg(strings.ToLower),
		},
	}
	for i := range all {
		all[i].Members, all[i].Source, all[i].CWE, all[i].Fix = alg, named, cweSignature, fixAlgorithm
	}
	return grouped(GroupAlgorithm, PartHeader, all...)
}

// relatedFaults are the tokens that are signed with the right key as another algorithm.
func relatedFaults() []Fault {
	const why = "a key is for one algorithm: a verifier that accepts a related algorithm lets the token choose"
	all := []Fault{
		{
			Name: "alg-other-hmac", Needs: NeedSecret, Source: "RFC 8725 section 3.1",
			Wrong: "it is signed with the right secret, but with another HMAC algorithm",
			Why:   why,
			make: func(d *draft) (string, error) {
				secret, err := d.secret()
				if err != nil {
					return "", err
				}
				return d.withHMAC(related(d.key().Algorithm(), false), secret), nil
			},
		},
		{
			Name: "alg-other-rsa", Needs: NeedRSAKey, Source: "RFC 8725 section 3.1",
			Wrong: "it is signed with the right RSA key, but with the other RSA signature scheme",
			Why:   why,
			make:  (*draft).withOtherRSA,
		},
		{
			Name: "alg-other-eddsa", Needs: NeedEdKey, Source: "RFC 9864 section 2.2",
			Wrong:  "its alg is Ed25519 instead of EdDSA, or the other way round, and the signature is otherwise correct",
			Why:    "an API that allows one of the two names lets the token choose the other",
			Policy: "both names are for the same algorithm, but an API that allows only one of them must refuse the other",
			make: withAlg(func(own string) string {
				return map[string]string{"EdDSA": "Ed25519", "Ed25519": "EdDSA"}[own]
			}),
		},
	}
	for i := range all {
		all[i].Members, all[i].Verdict, all[i].CWE, all[i].Fix = []string{"alg"}, auth.VerdictWrongKey, cweSignature, fixAlgorithm
	}
	return grouped(GroupAlgorithm, PartHeader, all...)
}

// knownSecretFaults are the tokens that are signed with a secret that everyone knows.
func knownSecretFaults() []Fault {
	const fix = "fail at the start if the secret is not set, and use a random one of at least 32 bytes"
	all := append(make([]Fault, 0, 3), Fault{
		Name: "hmac-empty-secret", CVE: []string{"CVE-2019-20933"},
		Wrong: "it is signed with an empty secret",
		Why:   "a verifier whose secret was never set uses an empty one, which everyone knows",
		make:  func(d *draft) (string, error) { return d.withHMAC(d.key().Algorithm(), nil), nil },
	})
	for _, known := range []struct{ name, secret, why string }{
		{"hmac-published", "your-256-bit-secret", "the secret is the example of jwt.io, so everyone who finds it in the code can sign"},
		{"hmac-word", "secret", "the word is the default of many tutorials and the first guess of every attacker"},
	} {
		all = append(all, Fault{
			Name:  known.name,
			Wrong: "it is signed with the secret " + known.secret,
			Why:   known.why,
			impossible: func(m Maker) string {
				if own, err := secretOf(m.Issuer.Key); err == nil && string(own) == known.secret {
					return "the key is that secret"
				}
				return ""
			},
			make: func(d *draft) (string, error) { return d.withHMAC(d.key().Algorithm(), []byte(known.secret)), nil },
		})
	}
	for i := range all {
		all[i].Needs, all[i].Verdict, all[i].Source = NeedSecret, auth.VerdictBadSignature, "RFC 7518 section 3.2"
		all[i].CWE, all[i].Fix = cweCredential, fix
	}
	return grouped(GroupAlgorithm, PartSignature, all...)
}

// withAlg returns a maker of the good token with another "alg", signed by the right key.
func withAlg(name func(string) string) func(*draft) (string, error) {
	return func(d *draft) (string, error) {
		return d.withHeader(d.good.Header.Set("alg", jsontext.Quote(name(string(d.key().Algorithm())))))
	}
}

// secret returns the bytes of the HMAC key.
func (d *draft) secret() ([]byte, error) { return secretOf(d.key()) }

func secretOf(key *auth.Key) ([]byte, error) {
	jwk, err := key.EncodePrivate(auth.FormatJWK)
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

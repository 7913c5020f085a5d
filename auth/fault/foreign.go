package fault

import (
	"encoding/base64"
	"fmt"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// foreignKeyFaults are the tokens that contain the key to check them with, or its URL.
func foreignKeyFaults() []Fault {
	const source = "RFC 8725 section 3.10"
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "embedded-jwk", Members: []string{"jwk"}, Verdict: auth.VerdictBadSignature, Source: source,
			Wrong: "its jwk contains an unknown key, and it is signed with that key",
			Why:   "a verifier that uses the key in the token lets anyone sign",
			CWE:   cweSignature, CVE: []string{"CVE-2018-0114"}, Fix: fixKeys,
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
			Name: "x5c-self-signed", Members: []string{"x5c"}, Needs: NeedX509Key, Verdict: auth.VerdictBadSignature, Source: source,
			Wrong: "its x5c contains a certificate that an unknown key made for itself, and it is signed with that key",
			Why:   "a verifier that uses the certificate in the token, and does not ask who issued it, lets anyone sign",
			CWE:   "CWE-295", Fix: fixKeys,
			make: withStranger(func(d *draft, key *auth.Key) (string, error) {
				certificate, err := selfSigned(key, d.at)
				if err != nil {
					return "", err
				}
				chain := jsontext.QuoteAll([]string{base64.StdEncoding.EncodeToString(certificate)})
				return d.signed(key, text(d.good.Header.Set("x5c", chain)), d.payload())
			}),
		},
		Fault{
			Name: "jku", Members: []string{"jku"}, Verdict: auth.VerdictBadSignature, Source: source,
			Wrong: "its jku is an unknown URL, and it is signed with an unknown key",
			Why: "a verifier that fetches keys from the URL in the token lets anyone sign (the host does not exist, " +
				"so a delay or a 5xx reveals such a verifier)",
			CWE: cweRequest, Fix: fixKeys,
			make: withForeignURL("jku", "https://keys.example.invalid/jwks.json"),
		},
		Fault{
			Name: "x5u", Members: []string{"x5u"}, Verdict: auth.VerdictBadSignature, Source: source,
			Wrong: "its x5u is an unknown URL, and it is signed with an unknown key",
			Why: "a verifier that fetches certificates from the URL in the token lets anyone sign (the host does not exist, " +
				"so a delay or a 5xx reveals such a verifier)",
			CWE: cweRequest, Fix: fixKeys,
			make: withForeignURL("x5u", "https://keys.example.invalid/certificate.pem"),
		},
	)
}

// withForeignURL returns a maker of a token that is signed with a stranger's key and says
// where to fetch the key.
func withForeignURL(name, url string) func(*draft) (string, error) {
	return withStranger(func(d *draft, key *auth.Key) (string, error) {
		return d.signed(key, text(d.good.Header.Set(name, jsontext.Quote(url))), d.payload())
	})
}

package fault

import (
	"bytes"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"golang.org/x/crypto/ssh"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// confusedFaults are the tokens with an HMAC whose secret is the public key, in the
// spellings in which an API may keep it.
func confusedFaults() []Fault {
	const why = "a verifier that lets the token choose the algorithm uses its public key as the secret, and everyone has that key"
	spellings := []struct {
		name, as string
		needs    Need
		spell    func(*draft) ([]byte, error)
	}{
		{"hmac-public-pem", "PEM", NeedPublicKey, (*draft).publicPEM},
		{"hmac-public-pem-trimmed", "PEM without the line break at its end", NeedPublicKey, edited(bytes.TrimSpace)},
		{"hmac-public-pem-crlf", "PEM with the line breaks of Windows", NeedPublicKey, edited(func(text []byte) []byte {
			return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		})},
		{"hmac-public-der", "DER, which are the bytes inside PEM", NeedPublicKey, (*draft).publicDER},
		{"hmac-public-pkcs1", "PEM in the older form of RSA, PKCS #1", NeedRSAKey, (*draft).publicPKCS1},
		{"hmac-public-ssh", "a line for SSH", NeedX509Key, (*draft).publicSSH},
		{"hmac-public-jwk", "a JWK, in the bytes that keys public writes", NeedPublicKey, func(d *draft) ([]byte, error) {
			return d.key().EncodePublic(auth.FormatJWK)
		}},
	}
	all := make([]Fault, 0, len(spellings))
	for _, s := range spellings {
		all = append(all, Fault{
			Name: s.name, Members: []string{"alg"}, Needs: s.needs, Verdict: auth.VerdictWrongKey, Source: "RFC 8725 section 3.1",
			Wrong: "its alg is HS256, and the secret is the public key as " + s.as,
			Why:   why,
			CWE:   cweSignature, CVE: []string{"CVE-2015-9235", "CVE-2016-10555", "CVE-2022-23541"}, Fix: fixAlgorithm,
			make: func(d *draft) (string, error) {
				secret, err := s.spell(d)
				if err != nil {
					return "", fmt.Errorf("write the public key: %w", err)
				}
				return d.withHMAC(auth.HS256, secret), nil
			},
		})
	}
	return grouped(GroupAlgorithm, PartHeader, append(all, Fault{
		Name: "hmac-public-certificate", Members: []string{"alg"}, Needs: NeedX509Key, Verdict: auth.VerdictWrongKey,
		Source: "RFC 8725 section 3.1",
		Wrong:  "its alg is HS256, and the secret is the certificate of the public key as PEM",
		Why:    why,
		CWE:    cweSignature, CVE: []string{"CVE-2015-9235"}, Fix: fixAlgorithm,
		impossible: func(m Maker) string {
			if len(m.Certificate) == 0 {
				return "it needs the certificate of the key"
			}
			return ""
		},
		make: func(d *draft) (string, error) { return d.withHMAC(auth.HS256, d.maker.Certificate), nil },
	})...)
}

// edited returns a spelling of the public key as PEM with other white space.
func edited(edit func([]byte) []byte) func(*draft) ([]byte, error) {
	return func(d *draft) ([]byte, error) {
		public, err := d.publicPEM()
		return edit(public), err
	}
}

func (d *draft) publicPEM() ([]byte, error) {
	return d.key().EncodePublic(auth.FormatPEM)
}

func (d *draft) publicDER() ([]byte, error) {
	public, err := d.publicPEM()
	block, _ := pem.Decode(public)
	if err != nil || block == nil {
		return nil, errors.Join(err, errors.New("it is not PEM"))
	}
	return block.Bytes, nil
}

func (d *draft) publicPKCS1() ([]byte, error) {
	public, _ := d.key().Public().(*rsa.PublicKey) // the fault needs one
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(public)}), nil
}

func (d *draft) publicSSH() ([]byte, error) {
	public, err := ssh.NewPublicKey(d.key().Public())
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller does
	}
	return ssh.MarshalAuthorizedKey(public), nil
}

// withHMAC returns the good token with the algorithm in "alg", signed with any bytes,
// also with those that package auth refuses as a secret.
func (d *draft) withHMAC(alg auth.Algorithm, secret []byte) string {
	return d.headerWithHMAC(d.good.Header.Set("alg", jsontext.Quote(string(alg))), alg, secret)
}

// headerWithHMAC returns the good token with another header and an HMAC.
func (d *draft) headerWithHMAC(header auth.Object, alg auth.Algorithm, secret []byte) string {
	input := encode(text(header)) + "." + d.good.PayloadSegment
	mac := hmac.New(alg.Hash().New, secret)
	mac.Write([]byte(input))
	return input + "." + encode(mac.Sum(nil))
}

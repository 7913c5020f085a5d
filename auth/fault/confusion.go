package fault

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"

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
		spell    func(*auth.Key) ([]byte, error)
	}{
		{"hmac-public-pem", "PEM", NeedPublicKey, publicPEM},
		{"hmac-public-trimmed", "PEM without the line break at its end", NeedPublicKey, edited(bytes.TrimSpace)},
		{"hmac-public-crlf", "PEM with the line breaks of Windows", NeedPublicKey, edited(func(text []byte) []byte {
			return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		})},
		{"hmac-public-der", "DER, which are the bytes inside PEM", NeedPublicKey, publicDER},
		{"hmac-public-pkcs1", "PEM in the older form of RSA, PKCS #1", NeedRSAKey, publicPKCS1},
		{"hmac-public-ssh", "a line for SSH", NeedX509Key, publicSSH},
		{"hmac-public-jwk", "a JWK, in the bytes that keys public writes", NeedPublicKey, func(key *auth.Key) ([]byte, error) {
			return key.EncodePublic(auth.FormatJWK)
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
				secret, err := s.spell(d.key())
				if err != nil {
					return "", fmt.Errorf("write the public key: %w", err)
				}
				return d.withHMAC(auth.HS256, secret), nil
			},
		})
	}
	return grouped(GroupAlgorithm, PartHeader, append(all, Fault{
		Name: "hmac-public-x509", Members: []string{"alg"}, Needs: NeedX509Key, Verdict: auth.VerdictWrongKey,
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
func edited(edit func([]byte) []byte) func(*auth.Key) ([]byte, error) {
	return func(key *auth.Key) ([]byte, error) {
		public, err := publicPEM(key)
		return edit(public), err
	}
}

func publicPEM(key *auth.Key) ([]byte, error) {
	return key.EncodePublic(auth.FormatPEM)
}

func publicDER(key *auth.Key) ([]byte, error) {
	public, err := publicPEM(key)
	block, _ := pem.Decode(public)
	if err != nil || block == nil {
		return nil, errors.Join(err, errors.New("it is not PEM"))
	}
	return block.Bytes, nil
}

func publicPKCS1(key *auth.Key) ([]byte, error) {
	public, _ := key.Public().(*rsa.PublicKey) // the fault needs one
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(public)}), nil
}

// publicSSH returns the line of the key in authorized_keys (RFC 4253 section 6.6, RFC 5656
// section 3.1, RFC 8709 section 4).
func publicSSH(key *auth.Key) ([]byte, error) {
	var fields [][]byte
	switch public := key.Public().(type) {
	case *rsa.PublicKey:
		fields = [][]byte{[]byte("ssh-rsa"), positive(big.NewInt(int64(public.E))), positive(public.N)}
	case *ecdsa.PublicKey:
		point, err := public.Bytes()
		if err != nil {
			return nil, err //nolint:wrapcheck // the caller does
		}
		curve := fmt.Sprintf("nistp%d", public.Params().BitSize)
		fields = [][]byte{[]byte("ecdsa-sha2-" + curve), []byte(curve), point}
	case ed25519.PublicKey:
		fields = [][]byte{[]byte("ssh-ed25519"), public}
	default:
		return nil, errors.New("there are no SSH keys for the algorithm")
	}
	var wire []byte
	for _, field := range fields {
		wire = append(binary.BigEndian.AppendUint32(wire, uint32(len(field))), field...) //nolint:gosec // they are short
	}
	return []byte(string(fields[0]) + " " + base64.StdEncoding.EncodeToString(wire) + "\n"), nil
}

// positive returns a number as SSH writes it, with a zero before a bit that would be a sign.
func positive(n *big.Int) []byte {
	b := n.Bytes()
	if b[0] >= 0x80 {
		b = append([]byte{0}, b...)
	}
	return b
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

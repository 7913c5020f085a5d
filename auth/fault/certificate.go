package fault

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"

	"tokendesk/auth"
)

// selfSigned returns a certificate that the key made for itself, as DER. The same key and
// time make the same certificate.
func selfSigned(key *auth.Key, at time.Time) ([]byte, error) {
	private, err := signerOf(key)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stranger.example.invalid"},
		NotBefore: at.Add(-time.Hour), NotAfter: at.Add(24 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	return der, nil
}

// deterministic signs without randomness (RFC 6979, RFC 8017 section 8.2, RFC 8032).
type deterministic struct{ crypto.Signer }

func (s deterministic) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.Signer.Sign(nil, digest, opts) //nolint:wrapcheck // it is not ours
}

// signerOf returns the private key of a key pair.
func signerOf(key *auth.Key) (crypto.Signer, error) {
	text, err := key.EncodePrivate(auth.FormatPEM)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the key cannot be read")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the key cannot be read")
	}
	switch private := parsed.(type) {
	case *rsa.PrivateKey:
		return deterministic{private}, nil
	case *ecdsa.PrivateKey:
		return deterministic{private}, nil
	case ed25519.PrivateKey:
		return deterministic{private}, nil
	default:
		return nil, errors.New("there are no certificates for the key")
	}
}

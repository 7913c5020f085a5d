package auth

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"

	mldsax509 "filippo.io/mldsa/x509"

	"tokendesk/auth/advice"
)

// material is what a file holds: a private or public key, with what is to be said about it.
type material struct {
	key   any
	alg   Algorithm // the default algorithm, if the key type does not decide it
	form  string    // what is to be added to what the file is
	notes []string
}

// public returns the public key of the material.
func (m material) public() crypto.PublicKey {
	if private, ok := m.key.(crypto.Signer); ok {
		return private.Public()
	}
	return m.key
}

// isPrivate reports whether the material can sign.
func (m material) isPrivate() bool {
	_, ok := m.key.(crypto.Signer)
	return ok
}

// newKey makes the key. An empty algorithm is the default.
func (m material) newKey(alg Algorithm, opts []KeyOption) (*Key, error) {
	if alg == "" {
		alg = m.alg
	}
	if alg == "" {
		var ok bool
		if alg, ok = DefaultAlgorithm(m.key); !ok {
			return nil, advice.New("this type of key is not supported", useSupported)
		}
	}
	if m.alg != "" && !slices.Contains(namesOfFamily(m.alg), alg.canonical()) {
		return nil, fmt.Errorf("the key is restricted to RSASSA-PSS, so %s cannot use it", string(alg))
	}
	key, err := NewKey(alg, m.key, opts...)
	if err == nil {
		key.read.form, key.read.notes = m.form, slices.Clone(m.notes)
	}
	return key, err
}

// keyOf returns a function that makes the key of the material.
func keyOf(m material, err error) func(Algorithm, []KeyOption) (*Key, error) {
	return func(alg Algorithm, opts []KeyOption) (*Key, error) {
		if err != nil {
			return nil, err
		}
		return m.newKey(alg, opts)
	}
}

// namesOfFamily returns the algorithms of the same family.
func namesOfFamily(alg Algorithm) []Algorithm {
	var all []Algorithm
	for _, s := range schemes {
		if s.family == alg.row().family {
			all = append(all, s.name)
		}
	}
	return all
}

// parsePEM reads the one key of a PEM file (RFC 7468). It may be together with its public
// key and with certificates.
func parsePEM(data []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	var keys, certificates []material
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == "EC PARAMETERS" { // openssl writes it before the key
			continue
		}
		m, err := parseBlock(block, readOptions(opts).passphrase)
		switch {
		case err != nil:
			return nil, err
		case block.Type == "CERTIFICATE" || block.Type == "TRUSTED CERTIFICATE":
			certificates = append(certificates, m)
		default:
			keys = append(keys, m)
		}
	}
	m, err := choose(keys, certificates)
	return keyOf(m, err)(alg, opts)
}

// choose returns the key of a file with those keys and certificates. The first certificate
// of a chain counts, and those of its issuers do not.
func choose(keys, certificates []material) (material, error) {
	isSame := func(a, b material) bool {
		public, ok := a.public().(interface{ Equal(x crypto.PublicKey) bool })
		return ok && public.Equal(b.public())
	}
	switch {
	case len(keys) == 0 && len(certificates) == 0:
		return material{}, advice.New("the PEM is damaged", getFreshCopy)
	case len(keys) == 0:
		return certificates[0], nil
	}
	chosen := keys[0]
	for _, other := range keys[1:] {
		switch {
		case !isSame(chosen, other):
			return material{}, advice.New("the file contains two keys", "keep one of them")
		case other.isPrivate() && !chosen.isPrivate():
			chosen = other
		}
	}
	if len(certificates) == 0 {
		return chosen, nil
	}
	if !slices.ContainsFunc(certificates, func(c material) bool { return isSame(chosen, c) }) {
		return material{}, advice.New("the file contains a key and the certificate of another key", "keep one of them")
	}
	chosen.form = " with its certificate"
	return chosen, nil
}

const useSupported = "use RSA, EC on P-256, P-384 or P-521, Ed25519 or ML-DSA"

// parseBlock reads a private key, a public key, or the public key of a certificate.
func parseBlock(block *pem.Block, passphrase func() ([]byte, error)) (material, error) {
	if block.Headers["DEK-Info"] != "" {
		return material{}, advice.New("the private key uses OpenSSL's legacy PEM encryption, which is weak", convertPKCS8)
	}
	switch block.Type {
	case "ENCRYPTED PRIVATE KEY":
		key, err := decryptKey(block.Bytes, passphrase)
		return material{key: key}, err
	case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "TRUSTED CERTIFICATE",
		"EC PUBLIC KEY", "ANY PRIVATE KEY", "X509 CERTIFICATE", "ED25519 PRIVATE KEY":
	case "OPENSSH PRIVATE KEY":
		return readSSHPrivate(block.Bytes)
	case "DSA PRIVATE KEY":
		return material{}, advice.New("the key is for DSA, which JSON Web Tokens do not use", useSupported)
	default:
		return material{}, advice.New(fmt.Sprintf("the PEM contains %s, which is not a key", quoted(block.Type)),
			"use a private key, a public key or a certificate")
	}
	m, form, err := parseDER(block.Bytes)
	if err != nil {
		return material{}, refuseDER(block, err)
	}
	if !form.hasLabel(block.Type) {
		m.notes = append(m.notes, fmt.Sprintf("its label is %s, but it holds %s", block.Type, form.name))
	}
	return m, nil
}

// refuseDER says why the content of a PEM block cannot be read.
func refuseDER(block *pem.Block, err error) error {
	if err != errUnknownDER { //nolint:errorlint // it is never wrapped
		return err
	}
	have, want := len(block.Bytes), lengthOfDER(block.Bytes)
	switch {
	case have < want:
		return advice.New(fmt.Sprintf("the %s in the PEM is cut off after %d of %d bytes", block.Type, have, want), getFreshCopy)
	case have > want:
		return advice.New(fmt.Sprintf("the %s in the PEM is damaged", block.Type), getFreshCopy)
	}
	return advice.New(fmt.Sprintf("the %s in the PEM is damaged or of an unsupported type", block.Type), useSupported)
}

// derForm is a format of keys in DER.
type derForm struct {
	name   string
	labels []string
	parse  func(der []byte) (any, error)
}

func (f derForm) hasLabel(label string) bool {
	return slices.Contains(f.labels, strings.TrimPrefix(label, "TRUSTED ")) || label == "ANY PRIVATE KEY"
}

// derForms are the formats, in the order in which they are tried. A key of one never parses
// as another.
func derForms() []derForm {
	return []derForm{
		{"PKCS #8", []string{"PRIVATE KEY", "ED25519 PRIVATE KEY"}, parsePKCS8},
		{"a public key", []string{"PUBLIC KEY", "EC PUBLIC KEY"}, mldsax509.ParsePKIXPublicKey},
		{"a certificate", []string{"CERTIFICATE", "X509 CERTIFICATE"}, certificateKey},
		{"PKCS #1", []string{"RSA PRIVATE KEY"}, func(der []byte) (any, error) { return x509.ParsePKCS1PrivateKey(der) }},
		{"SEC 1", []string{"EC PRIVATE KEY"}, func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) }},
		{"a PKCS #1 public key", []string{"RSA PUBLIC KEY"}, func(der []byte) (any, error) { return x509.ParsePKCS1PublicKey(der) }},
	}
}

// certificateKey returns the public key of a certificate.
func certificateKey(der []byte) (any, error) {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err //nolint:wrapcheck // only whether it parses
	}
	return publicOf(certificate)
}

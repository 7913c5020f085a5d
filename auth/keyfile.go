package auth

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"unicode/utf8"

	"tokendesk/auth/advice"
)

// ParseKeys returns the keys in a file. Its content says what it is: PEM (PKCS #1, SEC 1,
// PKCS #8, a public key, certificates), a JWK, a JWK set (RFC 7517), or else a bare HMAC
// secret, byte for byte. There is at least one key.
//
// The algorithm is for keys that name none; empty is [DefaultAlgorithm], or HS256 for a
// secret. A key ID in the file overrides the one in the options. No error quotes the file,
// except for names in it.
func ParseKeys(data []byte, alg Algorithm, opts ...KeyOption) ([]*Key, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && utf8.Valid(data):
		return nil, advice.New("it starts with a byte order mark", "save it as UTF-8 without one")
	case isUTF16(data):
		return nil, advice.New("it is UTF-16", "save it as UTF-8")
	case bytes.Contains(data, []byte("-----BEGIN ")):
		return oneKey(parsePEM(data, alg, opts))
	case isJWK(data):
		return parseJWKs(data, alg, opts)
	}
	if alg == "" {
		alg = HS256
	}
	if s := alg.scheme(); s != nil && s.family.keyType() != KeyTypeSecret && wrongKind(data) == "" {
		return nil, fmt.Errorf("%s needs %s, but this is neither PEM nor JWK", string(alg), s.family.needs(s))
	}
	return oneKey(NewHMACKey(alg, data, opts...))
}

// oneKey returns the key as the only one of its file.
func oneKey(key *Key, err error) ([]*Key, error) {
	if err != nil {
		return nil, err
	}
	return []*Key{key}, nil
}

// isUTF16 reports whether the data starts like UTF-16 with Latin letters, with a byte
// order mark.
func isUTF16(data []byte) bool {
	if len(data) < 10 {
		return false
	}
	little := data[0] == 0xff && data[1] == 0xfe
	for i := 2; i < 10; i++ {
		if high := i%2 == 1 == little; high != (data[i] == 0) {
			return false
		}
	}
	return little || data[0] == 0xfe && data[1] == 0xff
}

// parsePEM reads the one key of a PEM file (RFC 7468).
func parsePEM(data []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	var found any
	certificates := 0
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == "EC PARAMETERS" { // openssl writes it before the key
			continue
		}
		material, err := parseBlock(block, readOptions(opts).passphrase)
		if err != nil {
			return nil, err
		}
		isCertificate := block.Type == "CERTIFICATE"
		if isCertificate {
			certificates++
		}
		switch {
		case found == nil:
			found = material
		case !isCertificate || certificates == 1: // the certificates after the first are those of its issuers
			return nil, advice.New("the file contains two keys", "keep one of them")
		}
	}
	if found == nil {
		return nil, advice.New("the PEM is damaged", getFreshCopy)
	}
	if alg == "" {
		var ok bool
		if alg, ok = DefaultAlgorithm(found); !ok {
			return nil, advice.New("this type of key is not supported", useSupported)
		}
	}
	return NewKey(alg, found, opts...)
}

const useSupported = "use RSA, EC on P-256, P-384 or P-521, or Ed25519"

// parseBlock reads a private key, a public key, or the public key of a certificate.
func parseBlock(block *pem.Block, passphrase func() ([]byte, error)) (material any, err error) {
	if block.Headers["DEK-Info"] != "" {
		return nil, advice.New("the private key uses OpenSSL's legacy PEM encryption, which is weak", convertPKCS8)
	}
	switch block.Type {
	case "ENCRYPTED PRIVATE KEY":
		return decryptKey(block.Bytes, passphrase)
	case "PRIVATE KEY":
		material, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		material, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		material, err = x509.ParseECPrivateKey(block.Bytes)
	case "PUBLIC KEY":
		material, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		material, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			material = certificate.PublicKey
		}
	case "OPENSSH PRIVATE KEY":
		return nil, advice.New("it is an OpenSSH key", "convert it to PKCS #8 with ssh-keygen -p -m PKCS8 -f FILE")
	default:
		return nil, advice.New(fmt.Sprintf("the PEM contains %s, which is not a key", quoted(block.Type)),
			"use a private key, a public key or a certificate")
	}
	if err != nil {
		return nil, advice.New(fmt.Sprintf("the %s in the PEM is damaged or of an unsupported type", block.Type), useSupported)
	}
	return material, nil
}

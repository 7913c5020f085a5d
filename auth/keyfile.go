package auth

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"unicode/utf8"
)

// ParseKeys returns the keys in a file, which is told apart by its content: PEM
// (PKCS #1, SEC 1, PKCS #8, a public key, certificates), a JWK, a JWK set (RFC
// 7517), or else a bare HMAC secret, byte for byte. There is at least one.
//
// The algorithm is used for keys that name none; empty, it is [DefaultAlgorithm],
// or HS256 for a secret. A key ID in the file stands above the one of the
// options. An error says what is wrong and holds nothing of the file.
func ParseKeys(data []byte, alg Algorithm, opts ...KeyOption) ([]*Key, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && utf8.Valid(data):
		return nil, errors.New("it begins with a byte order mark: save it as UTF-8 without one")
	case isUTF16(data):
		return nil, errors.New("it is UTF-16: save it as UTF-8")
	case bytes.Contains(data, []byte("-----BEGIN ")):
		return oneKey(parsePEM(data, alg, opts))
	case isJWK(data):
		return parseJWKs(data, alg, opts)
	}
	if alg == "" {
		alg = HS256
	}
	if s := alg.scheme(); s != nil && s.family.keyType() != KeyTypeSecret && wrongKind(data) == "" {
		return nil, fmt.Errorf("%s needs %s, and this is neither PEM nor JWK", string(alg), s.family.needs(s))
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

// isUTF16 reports whether the data begins as UTF-16 of Latin letters does, with a
// byte order mark.
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
		if block.Type == "EC PARAMETERS" { // openssl puts it in front of the key
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
		case !isCertificate || certificates == 1: // the certificates behind the first are its issuers
			return nil, errors.New("there are two keys in the file: give one")
		}
	}
	if found == nil {
		return nil, errors.New("the PEM is broken: take the file anew from where it was made")
	}
	if alg == "" {
		var ok bool
		if alg, ok = DefaultAlgorithm(found); !ok {
			return nil, errors.New("the key is of a kind that no algorithm of JSON Web Tokens uses here: use RSA, EC on P-256, " +
				"P-384 or P-521, or Ed25519")
		}
	}
	return NewKey(alg, found, opts...)
}

// parseBlock reads a private key, a public key, or that of a certificate.
func parseBlock(block *pem.Block, passphrase func() ([]byte, error)) (material any, err error) {
	if block.Headers["DEK-Info"] != "" {
		return nil, errors.New("the private key is encrypted in the old way of OpenSSL, which gives little protection: " +
			"write it anew with openssl pkcs8 -topk8 -in FILE -out NEW")
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
		return nil, errors.New("it is an OpenSSH key: write it as PKCS #8 with ssh-keygen -p -m PKCS8 -f FILE")
	default:
		return nil, fmt.Errorf("the PEM holds %s, which is not a key: give a private key, a public key or a "+
			"certificate", quoted(block.Type))
	}
	if err != nil {
		return nil, fmt.Errorf("the %s in the PEM cannot be read: it is broken, or neither RSA nor Ed25519 nor EC on P-256, "+
			"P-384 or P-521", block.Type)
	}
	return material, nil
}

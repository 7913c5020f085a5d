package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
	"tokendesk/auth/kind"
)

// parseServiceAccount reads the key of a Google service account: "private_key", whose ID is
// "private_key_id".
func parseServiceAccount(data []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	account, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, fmt.Errorf("the JSON of the service account cannot be read: %w", err)
	}
	text, ok := account.String("private_key")
	if !ok {
		return nil, advice.New("the service account has no private_key", "create a key for it, and download that as JSON")
	}
	if id, ok := account.String("private_key_id"); ok && id != "" {
		opts = append(slices.Clone(opts), WithKeyID(id))
	}
	key, err := parseMember(text, alg, opts)
	if err != nil {
		return nil, fmt.Errorf("the private_key of the service account: %w", err)
	}
	key.read.account, _ = account.String("client_email")
	return key, nil
}

// parseMember reads the PEM in a member of a JSON object.
func parseMember(text string, alg Algorithm, opts []KeyOption) (*Key, error) {
	is := kind.Of([]byte(text))
	if is.Kind != kind.PEM && is.Kind != kind.Certificate {
		return nil, errors.New("it is not a PEM")
	}
	key, err := parsePEM(is.Bytes, alg, opts)
	if err != nil {
		return nil, err
	}
	key.noteUndone(is)
	return key, nil
}

// parseCertificateMap reads the public keys of certificates by their IDs, as Firebase
// publishes them.
func parseCertificateMap(data []byte, alg Algorithm, opts []KeyOption) ([]*Key, error) {
	certificates, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, fmt.Errorf("the map of certificates cannot be read: %w", err)
	}
	keys := make([]*Key, 0, len(certificates))
	for _, m := range certificates {
		text, _ := jsontext.Unquote(m.Value)
		key, err := parseMember(text, alg, append(slices.Clone(opts), WithKeyID(m.Name)))
		if err != nil {
			return nil, fmt.Errorf("the certificate %s: %w", quoted(m.Name), err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// parseWebPush reads a VAPID key pair (RFC 8292) as web-push writes it, or its public key:
// a point on P-256 without anything around it.
func parseWebPush(data []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	if !strings.HasPrefix(strings.TrimSpace(string(data)), "{") {
		key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), data)
		if err != nil {
			return nil, errors.New("the public key of the VAPID key pair is damaged")
		}
		return material{key: key}.newKey(alg, opts)
	}
	pair, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, fmt.Errorf("the VAPID key pair cannot be read: %w", err)
	}
	text, _ := pair.String("privateKey")
	scalar, err := base64.RawURLEncoding.DecodeString(standardToURL(text))
	if err != nil || len(scalar) != 32 {
		return nil, errors.New("the privateKey of the VAPID key pair is not 32 bytes in base64url")
	}
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
	if err != nil {
		return nil, errors.New("the privateKey of the VAPID key pair is not a number of P-256")
	}
	text, _ = pair.String("publicKey")
	point, _ := base64.RawURLEncoding.DecodeString(standardToURL(text))
	if own, err := private.PublicKey.Bytes(); err != nil || !slices.Equal(own, point) {
		return nil, errors.New("the two keys of the VAPID key pair do not match")
	}
	return material{key: private}.newKey(alg, opts)
}

// standardToURL returns base64 in the alphabet of base64url, without padding.
func standardToURL(text string) string {
	return strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(text)
}

package auth

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"tokendesk/auth/advice"
	"tokendesk/auth/kind"
)

// ParseKeys returns the keys in a file. Its content says what it is: PEM or DER (PKCS #1,
// SEC 1, PKCS #8, a public key, certificates), a JWK or JWK set (RFC 7517), the JSON of a
// Google service account, a map of certificates by key ID, a VAPID key pair, a key of
// OpenSSH, or else a bare HMAC secret, byte for byte. There is at least one key. What is
// unambiguous is read even if it is damaged or wrapped; [Key.Notes] says what was undone.
//
// The algorithm is for keys that name none; empty is [DefaultAlgorithm], or HS256 for a
// secret. A key ID in the file overrides the one in the options. No error quotes the file,
// except for names in it.
func ParseKeys(data []byte, alg Algorithm, opts ...KeyOption) ([]*Key, error) {
	is := kind.Of(data)
	if is.Kind == kind.Plain {
		return oneKey(parseSecret(data, alg, opts))
	}
	if encoding, isKey := keyEncoding(is); !isKey {
		return nil, notKeys(is, encoding)
	}
	keys, err := readKeys(is, alg, opts)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		key.noteUndone(is)
		key.read.form = is.Name + key.read.form
	}
	return keys, nil
}

// noteUndone puts what was undone to reach the key before its other notes.
func (k *Key) noteUndone(is kind.Found) {
	if undone := is.Undone(); undone != "" {
		k.read.notes = append([]string{undone}, k.read.notes...)
	}
}

// readKeys reads the keys of what has the shape of a key.
func readKeys(is kind.Found, alg Algorithm, opts []KeyOption) ([]*Key, error) {
	switch is.Kind {
	case kind.JWK, kind.JWKSet:
		return parseJWKs(is.Bytes, alg, opts)
	case kind.ServiceAccount:
		return oneKey(parseServiceAccount(is.Bytes, alg, opts))
	case kind.CertificateMap:
		return parseCertificateMap(is.Bytes, alg, opts)
	case kind.WebPush:
		return oneKey(parseWebPush(is.Bytes, alg, opts))
	case kind.DER:
		return oneKey(parseDERFile(is.Bytes, alg, opts))
	case kind.SSHPublic:
		return oneKey(keyOf(readSSHPublic(is.Bytes))(alg, opts))
	case kind.SSHPrivate:
		return oneKey(keyOf(readSSHPrivate(is.Bytes))(alg, opts))
	default:
		return oneKey(parsePEM(is.Bytes, alg, opts))
	}
}

// parseSecret reads a bare secret.
func parseSecret(data []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && utf8.Valid(data):
		return nil, advice.New("it starts with a byte order mark", "save it as UTF-8 without one")
	case isUTF16(data):
		return nil, advice.New("it is UTF-16", "save it as UTF-8")
	}
	if alg == "" {
		alg = HS256
	}
	if s := alg.scheme(); s != nil && s.family.keyType() != KeyTypeSecret {
		return nil, notPEM(s, data)
	}
	return NewHMACKey(alg, data, opts...)
}

// notPEM says that the content of a file is no key for an algorithm that needs a pair.
func notPEM(s *scheme, data []byte) error {
	err := fmt.Errorf("%s needs %s, but this is neither PEM nor JWK", string(s.name), s.family.needs(s))
	if s.name == ES256 && kind.IsWebPushSecret(data) {
		return advice.Add(err, "for a VAPID key, use the file with both its keys that web-push generate-vapid-keys --json prints")
	}
	return err
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

// keyEncoding reports whether what was found is read as a key. Base64 of DER is: it is PEM
// without its lines, as servers show it. Any other encoded key is not, and its outermost
// encoding is returned.
func keyEncoding(is kind.Found) (outermost kind.Layer, isKey bool) {
	encodings := 0
	for _, layer := range is.Layers {
		if !layer.IsEncoding() {
			continue
		}
		if encodings++; encodings == 1 {
			outermost = layer
		}
	}
	isBody := encodings == 1 && outermost <= kind.Base64URL && (is.Kind == kind.DER || is.Kind == kind.SSHPublic)
	return outermost, is.HasKey() && (encodings == 0 || isBody)
}

// notKeys says what the content of a file is instead of keys.
func notKeys(is kind.Found, encoding kind.Layer) error {
	if is.Kind == kind.Empty {
		return advice.New("it is "+is.Name, "choose a file with a key")
	}
	do := is.Advice()
	switch {
	case !is.HasKey() && (encoding == 0 || !is.Convertible()):
	case encoding == kind.Hex:
		do = "decode it with xxd -r -p FILE NEW"
	case encoding == kind.Percent || encoding == kind.Form:
		do = "copy it again without percent encoding"
	case encoding == kind.Base64URL:
		do = "decode it with basenc -d --base64url FILE > NEW"
	default:
		do = "decode it with base64 -d FILE > NEW"
	}
	return advice.New("it is "+is.String()+", not a key file", do)
}

package auth

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
)

// SecretForm is a way in which another program reads the secret that is configured here.
// Secrets that one program takes as text and another decodes are the most frequent reason
// for a bad signature.
type SecretForm int

// The forms of a secret.
const (
	SecretDecodedBase64 SecretForm = iota + 1
	SecretDecodedBase64URL
	SecretDecodedHex
	SecretInBase64
	SecretInBase64URL
	SecretInHex
	SecretTrimmed
	SecretWithNewline
	SecretUnquoted
	SecretQuoted
	SecretDecodedPercent
)

// secretForm is one row: what the form is called in a sentence, what to do, and how to make
// it, in one or several ways.
type secretForm struct {
	name, advice string
	make         func(secret []byte) [][]byte
}

var secretForms = [...]secretForm{
	{unknown, "", nil},
	SecretDecodedBase64: {
		"the secret decoded from base64", "decode the secret from base64 here too", decodedBase64(base64.RawStdEncoding, "+/"),
	},
	SecretDecodedBase64URL: {
		"the secret decoded from base64url", "decode the secret from base64url here too", decodedBase64(base64.RawURLEncoding, "-_"),
	},
	SecretDecodedHex: {"the secret decoded from hex", "decode the secret from hex here too", decodedHex},
	SecretInBase64: {
		"the text of the secret in base64", "use the base64 text as the secret here too",
		encoded(base64.StdEncoding.EncodeToString, base64.RawStdEncoding.EncodeToString),
	},
	SecretInBase64URL: {
		"the text of the secret in base64url", "use the base64url text as the secret here too",
		encoded(base64.RawURLEncoding.EncodeToString, base64.URLEncoding.EncodeToString),
	},
	SecretInHex: {
		"the text of the secret in hex", "use the hex text as the secret here too",
		encoded(hex.EncodeToString, func(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }),
	},
	SecretTrimmed: {
		"the secret without the white space around it", "remove the white space from the secret here",
		func(secret []byte) [][]byte {
			return [][]byte{bytes.TrimSpace(secret), bytes.TrimRight(secret, "\r\n")}
		},
	},
	SecretWithNewline: {
		"the secret and a line break after it", "write the secret without a line break where the token is signed (printf, not echo)",
		func(secret []byte) [][]byte {
			return [][]byte{append(bytes.Clone(secret), '\n'), append(bytes.Clone(secret), '\r', '\n')}
		},
	},
	SecretUnquoted: {
		"the secret without its quotation marks", "remove the quotation marks from the secret here",
		func(secret []byte) [][]byte {
			text := bytes.TrimSpace(secret)
			if n := len(text) - 1; n > 1 && text[0] == text[n] && strings.IndexByte("\"'`", text[0]) >= 0 {
				return [][]byte{text[1:n]}
			}
			return nil
		},
	},
	SecretQuoted: {
		"the secret in quotation marks", "remove the quotation marks from the secret where the token is signed",
		func(secret []byte) [][]byte {
			return [][]byte{[]byte(`"` + string(secret) + `"`), []byte(`'` + string(secret) + `'`)}
		},
	},
	SecretDecodedPercent: {
		"the secret decoded from percent encoding", "write the secret here without percent encoding",
		func(secret []byte) [][]byte {
			if decoded, err := url.PathUnescape(string(secret)); err == nil && decoded != string(secret) {
				return [][]byte{[]byte(decoded)}
			}
			return nil
		},
	},
}

// String says what the form is, such as "the secret decoded from base64".
func (f SecretForm) String() string { return rowOf(secretForms[:], f).name }

// Of returns the forms of a secret: there may be several, or none. A secret is decoded only
// as far as its text allows.
func (f SecretForm) Of(secret []byte) [][]byte {
	row := rowOf(secretForms[:], f)
	if row.make == nil {
		return nil
	}
	return row.make(secret)
}

func (f SecretForm) advice() string { return rowOf(secretForms[:], f).advice }

// decodedBase64 decodes a text that has the alphabet of the encoding, with any padding. The
// first alphabet is for texts that fit both.
func decodedBase64(encoding *base64.Encoding, own string) func([]byte) [][]byte {
	other := "-_"
	if own == other {
		other = "+/"
	}
	return func(secret []byte) [][]byte {
		text := strings.TrimRight(strings.Join(strings.Fields(string(secret)), ""), "=")
		if strings.ContainsAny(text, other) {
			return nil
		}
		decoded, err := encoding.DecodeString(text)
		if err != nil {
			return nil
		}
		return [][]byte{decoded}
	}
}

func decodedHex(secret []byte) [][]byte {
	text := strings.NewReplacer(":", "", " ", "").Replace(strings.TrimPrefix(strings.TrimSpace(string(secret)), "0x"))
	decoded, err := hex.DecodeString(text)
	if err != nil {
		return nil
	}
	return [][]byte{decoded}
}

func encoded(encoders ...func([]byte) string) func([]byte) [][]byte {
	return func(secret []byte) [][]byte {
		all := make([][]byte, 0, len(encoders))
		for _, encode := range encoders {
			all = append(all, []byte(encode(secret)))
		}
		return all
	}
}

// otherForm returns the form of the secret of the key that made the signature over the
// signing input, or 0. What is decoded may have white space and quotation marks around it.
func (k *Key) otherForm(s *scheme, signingInput string, signature []byte) SecretForm {
	secret, ok := k.verifying().([]byte)
	if !ok {
		return 0
	}
	for n, row := range secretForms {
		if row.make == nil {
			continue
		}
		from := [][]byte{secret}
		if SecretForm(n) <= SecretDecodedHex {
			from = append(from, bytes.Trim(bytes.TrimSpace(secret), "\"'`"))
		}
		for _, from := range from {
			for _, other := range row.make(from) {
				if s.isSignedWith(other, signingInput, signature) {
					return SecretForm(n)
				}
			}
		}
	}
	return 0
}

// isSignedWith reports whether the bytes made the HMAC. An empty secret never has.
func (s *scheme) isSignedWith(secret []byte, signingInput string, signature []byte) bool {
	if len(secret) == 0 {
		return false
	}
	mac := hmac.New(s.hash.New, secret)
	mac.Write([]byte(signingInput))
	return hmac.Equal(mac.Sum(nil), signature)
}

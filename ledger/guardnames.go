package ledger

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"tokendesk/auth/jsontext"
)

// Names are compared in lower case and without separators.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_. #", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// isSecretName reports whether a claim or parameter with the name holds a secret or a token,
// if its value is a text.
func isSecretName(name string) bool {
	name = plainName(name)
	for _, part := range []string{
		"password", "passwd", "passphrase", "secret", "privatekey", "apikey", "accesskey", "signingkey", "credential",
	} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return slices.Contains([]string{
		"token", "accesstoken", "refreshtoken", "idtoken", "bearertoken", "sessiontoken", "authtoken", "bearer", "jwt", "authorization",
		"signature", "sig", "cookie", "pwd", "pin", "otp", "totp", "code", "authcode", "authorizationcode", "codeverifier",
	}, name)
}

// isPublicName reports whether a claim or parameter with the name has a text that may look
// like a signature but is none: a random ID, or a hash.
func isPublicName(name string) bool {
	name = plainName(name)
	return strings.HasSuffix(name, "hash") || slices.Contains([]string{
		"sub", "jti", "originjti", "kid", "sid", "nonce", "state", "jkt", "x5t", "x5ts256", "ath", "x", "y", "n", "pub", "x5c",
		"aio", "rh", "uti", "htu", "pid",
	}, name)
}

// signatureBytes returns the lengths of signatures, of HMAC, EdDSA and ECDSA, RSA and ML-DSA,
// and of private members.
func signatureBytes() []int {
	return []int{32, 48, 64, 66, 96, 128, 132, 192, 256, 384, 512, 1024, 2420, 3309, 4627}
}

// isSignature reports whether a text looks like a signature or a private member: it is random
// bytes of that length in base64url.
func isSignature(text string) bool {
	if !strings.ContainsAny(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || !strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz") ||
		!strings.ContainsAny(text, "0123456789-_") {
		return false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		data, err = base64.RawStdEncoding.Strict().DecodeString(text)
	}
	return err == nil && slices.Contains(signatureBytes(), len(data))
}

// holdsPrivateKey reports whether a text has a PEM block or a JSON object with a private key.
func holdsPrivateKey(text []byte) bool {
	return bytes.Contains(text, []byte("PRIVATE KEY-----")) || isPrivateJWK(text)
}

// isPrivateJWK reports whether a JSON object is a key with private members (RFC 7518 section 6,
// RFC 9964 section 3).
func isPrivateJWK(text []byte) bool {
	if !bytes.Contains(text, []byte(`"kty"`)) {
		return false
	}
	jwk, err := jsontext.ParseObject(text)
	if err != nil {
		return true // it may be one
	}
	if _, is := jwk.Get("kty"); !is {
		return false
	}
	return slices.ContainsFunc([]string{"k", "d", "p", "q", "dp", "dq", "qi", "oth", "priv"}, func(name string) bool {
		_, has := jwk.Get(name)
		return has
	})
}

package kind

import (
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// IsWebPushSecret reports whether a text is 32 bytes in base64, as the private key of a
// VAPID key pair is written, and as many secrets are.
func IsWebPushSecret(data []byte) bool {
	secret, err := fromBase64Strictly(strings.TrimSpace(string(data)))
	return err == nil && len(secret) == 32
}

// ofWebPush recognises the text that web-push generate-vapid-keys prints, and makes its JSON
// of it.
func ofWebPush(text string) (Found, bool) {
	words := slices.DeleteFunc(strings.Fields(text), func(word string) bool { return strings.Trim(word, "=") == "" })
	if len(words) != 6 || strings.Join(words[:2], " ") != "Public Key:" || strings.Join(words[3:5], " ") != "Private Key:" {
		return Found{}, false
	}
	point, err := fromBase64Strictly(words[2])
	if err != nil || !isWebPushPoint(point) {
		return Found{}, false
	}
	pair, err := json.Marshal(map[string]string{"publicKey": words[2], "privateKey": words[5]})
	return Found{Kind: WebPush, Name: "a VAPID key pair", Bytes: pair}, err == nil
}

// isOnP256 reports whether the bytes are an uncompressed point on P-256.
func isOnP256(point []byte) bool {
	_, err := ecdh.P256().NewPublicKey(point)
	return err == nil
}

// fromBase64Strictly decodes base64 in either alphabet.
func fromBase64Strictly(text string) ([]byte, error) {
	text = strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(text)
	return base64.RawURLEncoding.DecodeString(text) //nolint:wrapcheck // only whether
}

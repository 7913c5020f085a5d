package kind

import (
	"crypto/ecdh"
	"encoding/base64"
	"strings"
)

// IsWebPushSecret reports whether a text is 32 bytes in base64, as the private key of a
// VAPID key pair is written, and as many secrets are.
func IsWebPushSecret(data []byte) bool {
	secret, err := fromBase64Strictly(strings.TrimSpace(string(data)))
	return err == nil && len(secret) == 32
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

package find

import "encoding/base64"

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// compactOf joins a header and a payload as they are with a signature that fits
// nothing.
func compactOf(header, payload string) string {
	return b64(header) + "." + b64(payload) + "." + b64("a signature of thirty-two bytes!")
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

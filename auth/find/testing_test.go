package find

import "encoding/base64"

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// compactOf joins exactly that header and payload with a signature of no key.
func compactOf(header, payload string) string {
	return b64(header) + "." + b64(payload) + "." + b64("a signature of thirty-two bytes!")
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

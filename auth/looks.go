package auth

import (
	"encoding/base64"
	"strings"
)

// IsTokenChar reports whether a compact serialization may contain the character: those of
// base64url without padding, and the dot (RFC 7515 section 2).
func IsTokenChar(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == '.'
}

// StartsToken reports whether the first segment of a text decodes to the start of a JSON
// object, which distinguishes a token from a host name or a version.
func StartsToken(text string) bool {
	segment, _, _ := strings.Cut(text, ".")
	if len(segment) < 4 {
		return false
	}
	head, err := base64.RawURLEncoding.DecodeString(segment[:4])
	return err == nil && strings.HasPrefix(strings.TrimLeft(string(head), " \t\r\n"), "{")
}

// looksLikeToken reports whether a text seems to be one token, without decoding it.
func looksLikeToken(text string) bool {
	return StartsToken(text) && strings.Count(text, ".") == 2 &&
		strings.IndexFunc(text, isNoTokenChar) < 0
}

func isNoTokenChar(r rune) bool { return !IsTokenChar(r) }

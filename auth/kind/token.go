package kind

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// ofToken recognises a JWS and a JWE in compact serialization, also without its signature,
// after "Bearer", padded or folded, and a PASETO.
func ofToken(text string) (Found, bool) {
	if scheme, rest, ok := strings.Cut(text, " "); ok && strings.EqualFold(scheme, "bearer") {
		text = strings.TrimSpace(rest)
	}
	if !strings.Contains(text, ".") {
		return Found{}, false
	}
	if strings.ContainsAny(text, " \n\r\t") {
		text = strings.Join(strings.Fields(text), "")
	}
	segments := strings.Split(text, ".")
	if strings.IndexFunc(text, isNoTokenRune) >= 0 {
		return Found{}, false
	}
	if name := pasetoName(segments); name != "" {
		return found(Paseto, name, text)
	}
	head, err := base64.RawURLEncoding.DecodeString(strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(segments[0]))
	if head = bytes.TrimSpace(head); err != nil || !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte(`"`)) {
		return Found{}, false
	}
	if len(segments) == 5 {
		return found(EncryptedToken, "an encrypted token (JWE)", text)
	}
	return found(Token, "a JSON Web Token", text)
}

// isNoTokenRune reports whether no token has the rune, even with the other alphabet of
// base64 and padding.
func isNoTokenRune(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.+/=", r)
}

// pasetoName names a PASETO (v4.public.…) or a PASERK (k4.secret.…).
func pasetoName(segments []string) string {
	if len(segments) < 3 || len(segments[0]) != 2 || segments[0][1] < '1' || segments[0][1] > '4' || len(segments[2]) < 20 {
		return ""
	}
	switch version, purpose := segments[0][0], segments[1]; {
	case version == 'v' && (purpose == "local" || purpose == "public"):
		return "a PASETO"
	case version == 'k' && strings.Trim(purpose, "abcdefghijklmnopqrstuvwxyz-") == "":
		return "a PASERK key"
	}
	return ""
}

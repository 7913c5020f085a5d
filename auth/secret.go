package auth

import (
	"bytes"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// SecretKind says why a secret was refused.
type SecretKind int

// The reasons to refuse an HMAC secret, the gravest first.
const (
	SecretEmpty       SecretKind = iota + 1 // nothing, or only white space
	SecretWrongKind                         // a PEM, an SSH key, a certificate, a JWK, a URL or an unexpanded variable
	SecretPlaceholder                       // a text that asks to be replaced
	SecretKnown                             // printed in a tutorial, so known to everybody
	SecretShort                             // fewer bytes than RFC 7518 section 3.2 asks for
)

// weak reports whether AllowWeak lets the secret through.
func (k SecretKind) weak() bool { return k >= SecretPlaceholder }

// SecretError says why a secret was refused. Its text never holds the secret.
type SecretError struct {
	Kind SecretKind
	What string // what the secret turned out to be, such as "a PEM block"
	Have int    // bytes
	Want int    // bytes, the least for the algorithm
}

// Error returns one sentence with the reason and the bytes that are needed.
func (e *SecretError) Error() string {
	what, isNamed := map[SecretKind]string{
		SecretEmpty:       "empty",
		SecretWrongKind:   e.What + ", not an HMAC secret",
		SecretPlaceholder: "a placeholder that asks to be replaced",
		SecretKnown:       "publicly known from documentation and tutorials",
	}[e.Kind]
	if !isNamed {
		return fmt.Sprintf("the secret has %d bytes and needs at least %d for this algorithm", e.Have, e.Want)
	}
	return fmt.Sprintf("the secret is %s: it needs at least %d random bytes", what, e.Want)
}

// CheckSecret returns nil for a secret that is fit to be an HMAC key of the
// algorithm, and otherwise a *[SecretError] (RFC 7518 section 3.2, RFC 8725
// section 3.5).
func CheckSecret(alg Algorithm, secret []byte) error {
	refuse := func(kind SecretKind, what string) error {
		return &SecretError{Kind: kind, What: what, Have: len(secret), Want: alg.MinSecretBytes()}
	}
	if len(bytes.TrimSpace(secret)) == 0 {
		return refuse(SecretEmpty, "")
	}
	if what := wrongKind(secret); what != "" {
		return refuse(SecretWrongKind, what)
	}
	if isKnown(secret) {
		return refuse(SecretKnown, "")
	}
	if isPlaceholder(secret) {
		return refuse(SecretPlaceholder, "")
	}
	if len(secret) < alg.MinSecretBytes() {
		return refuse(SecretShort, "")
	}
	return nil
}

// NewSecret returns a fresh 256-bit secret read from random, as 43 base64url
// characters.
func NewSecret(random io.Reader) (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("read randomness for a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// Compiled when they are needed, which is seldom: a process that issues one token
// has no time to lose.
var (
	urlSecret      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`) })
	variableSecret = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_][A-Za-z0-9_]*|%[A-Za-z_][A-Za-z0-9_]*%|\{\{[^}]*\}\})$`)
	})
)

// wrongKind names what a secret is when it is something else than a secret:
// a public key taken for an HMAC secret is the classic key confusion (RFC 8725
// section 3.1), a URL or a variable is a deployment that went wrong.
func wrongKind(secret []byte) string {
	text := strings.TrimSpace(string(secret))
	switch {
	case strings.Contains(text, "-----BEGIN CERTIFICATE"):
		return "a certificate"
	case strings.Contains(text, "-----BEGIN "):
		return "a PEM block"
	case isSSH(text):
		return "an SSH key"
	case isDER(secret) || isDER(decodeDER(text)):
		return "a DER-encoded key or certificate"
	case isJWK(secret):
		return "a JWK"
	case strings.Contains(text, "://") && urlSecret().MatchString(text):
		return "a URL"
	case strings.ContainsAny(text[:1], "$%{") && variableSecret().MatchString(text):
		return "a variable that was never expanded"
	default:
		return ""
	}
}

// isSSH reports whether the text is a key of OpenSSH, of RFC 4716 or of PuTTY.
func isSSH(text string) bool {
	return slices.ContainsFunc([]string{"ssh-", "ecdsa-sha2-", "sk-ssh-", "---- BEGIN SSH2", "PuTTY-User-Key-File"},
		func(start string) bool { return strings.HasPrefix(text, start) })
}

// isJWK reports whether the secret is a JSON object with "kty" or "keys" (RFC
// 7517), or has become something else on its way here: an array of such, a string
// with one in it, one with more behind it.
func isJWK(secret []byte) bool {
	text := bytes.TrimSpace(secret)
	if len(text) == 0 || !strings.ContainsRune(`{["'`, rune(text[0])) {
		return false
	}
	if bytes.Contains(text, []byte(`"kty`)) || bytes.Contains(text, []byte(`'kty`)) {
		return true
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil {
		return false
	}
	_, one := members["kty"] // with an escape in it
	_, set := members["keys"]
	return one || set
}

// decodeDER returns the bytes of a base64 text that may be DER: PEM without its
// first and last line, as some servers show their public key.
func decodeDER(text string) []byte {
	if text[0] != 'M' { // 0x30
		return nil
	}
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	der, err := encoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return der
}

// isDER reports whether the secret is exactly one ASN.1 SEQUENCE that begins as
// a key or a certificate does: with an INTEGER or a SEQUENCE when its length
// takes two bytes, and else with the version 0 or 1 or the OBJECT IDENTIFIER of
// an algorithm. Chance makes such 32 bytes less than once in 2^30.
func isDER(secret []byte) bool {
	if len(secret) > 5 && secret[0] == 0x30 && secret[1] == 0x82 {
		return int(secret[2])<<8|int(secret[3]) == len(secret)-4 && (secret[4] == 0x02 || secret[4] == 0x30)
	}
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(secret, &outer)
	if err != nil || len(rest) > 0 || outer.Tag != asn1.TagSequence || !outer.IsCompound || len(outer.Bytes) < 3 {
		return false
	}
	body := outer.Bytes
	version := body[0] == asn1.TagInteger && body[1] == 1 && body[2] <= 1
	algorithm := body[0] == 0x30 && int(body[1]) <= len(body)-2 && body[2] == asn1.TagOID
	return version || algorithm
}

package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"iter"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// notKept is written instead of a text that may hold a secret or a token.
const notKept = "(not kept: it may hold a secret)"

// maxUnwrapped is how often base64 within base64 is undone.
const maxUnwrapped = 3

// Guard keeps secrets and tokens out of the ledger, wherever a user has put them: in claims,
// parameters, labels, names. It errs on the side of caution: what may be a secret is not kept.
type Guard struct {
	leaks []func([]byte) bool
}

// NewGuard returns a guard that knows the secrets and private members of the keys, and other
// secrets such as passphrases. It knows by itself what looks like a token, a private key or a
// signature, and the names that claims with secrets have.
func NewGuard(keys []*auth.Key, others ...[]byte) *Guard {
	g := &Guard{}
	for _, key := range keys {
		g.leaks = append(g.leaks, auth.LeaksOf(key))
	}
	for _, other := range others {
		if len(other) > 0 {
			g.leaks = append(g.leaks, func(data []byte) bool { return bytes.Contains(data, other) })
		}
	}
	return g
}

// Refuse adds a function that reports whether bytes are something else that must not be kept,
// such as a signature that is known. It gets each text, and what each of its words encodes in
// base64 or hexadecimal digits.
func (g *Guard) Refuse(leaks func(data []byte) bool) { g.leaks = append(g.leaks, leaks) }

// Clean removes from the row what must not be kept.
func (g *Guard) Clean(r *Row) {
	for _, name := range freeTexts() {
		g.clean(r, name, r.text(name))
	}
	r.Audience = slices.Clone(r.Audience)
	for n := range r.Audience {
		g.clean(r, memberAudience, &r.Audience[n])
	}
	if g.Suspects(r.Payload) {
		r.Payload, r.Withheld = nil, WithheldSecret
	}
	if g.Suspects(r.Header) {
		r.Header, r.Payload, r.Withheld = nil, nil, WithheldSecret
	}
}

func (g *Guard) clean(r *Row, name string, field *string) {
	if g.SuspectsText(name, *field) {
		*field, r.Withheld, r.Header, r.Payload = notKept, WithheldSecret, nil, nil
	}
}

// Suspects reports whether a header or a payload may hold a secret or a token.
func (g *Guard) Suspects(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	suspect := false
	err := jsontext.Walk(text, func(n jsontext.Node) {
		if !suspect {
			suspect = g.suspectsNode(n)
		}
	})
	if err != nil || text[0] != '{' { // a payload of any bytes
		return suspect || g.SuspectsText("", string(text))
	}
	return suspect
}

// suspectsNode looks at a value, and at the name of its member.
func (g *Guard) suspectsNode(n jsontext.Node) bool {
	name := ""
	if n.Path != nil {
		name = n.Path.Name
	}
	switch n.Raw[0] {
	case '"':
		value, _ := jsontext.Unquote(n.Raw)
		return g.SuspectsText(name, value) || n.Name >= 0 && g.SuspectsText("", name)
	case '{':
		return isPrivateJWK(n.Raw)
	case 't', 'f', 'n', '[':
		return n.Name >= 0 && g.SuspectsText("", name)
	}
	return g.leaked(n.Raw) || n.Name >= 0 && g.SuspectsText("", name) // a number
}

// SuspectsText reports whether a text may hold a secret or a token. The name is that of the
// claim or parameter, or empty.
func (g *Guard) SuspectsText(name, text string) bool {
	if text == "" {
		return false
	}
	return isSecretName(name) || g.leaked([]byte(text)) || holdsPrivateKey([]byte(text)) ||
		g.unwraps(text, maxUnwrapped, !isPublicName(name))
}

// leaked reports whether bytes contain a secret that the guard knows.
func (g *Guard) leaked(data []byte) bool {
	return slices.ContainsFunc(g.leaks, func(leaks func([]byte) bool) bool { return leaks(data) })
}

// unwraps reports whether a word of the text is a token, or is base64 or hexadecimal digits
// of something that must not be kept. Signatures are looked for too.
func (g *Guard) unwraps(text string, depth int, signatures bool) bool {
	if depth == 0 {
		return false
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWordRune(r) }) {
		if strings.Count(word, ".") >= 2 && hasToken(word) {
			return true
		}
		for part := range parts(word) {
			if signatures && isSignature(part) || slices.ContainsFunc(decodings(part), func(data []byte) bool {
				return g.leaked(data) || holdsPrivateKey(data) || g.unwraps(string(data), depth-1, signatures)
			}) {
				return true
			}
		}
	}
	return false
}

// parts yields the parts of a word between dots, and those of a path in it.
func parts(word string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.SplitSeq(word, ".") {
			if !yield(part) {
				return
			}
			if !strings.Contains(part, "/") {
				continue
			}
			for segment := range strings.SplitSeq(part, "/") {
				if !yield(segment) {
					return
				}
			}
		}
	}
}

// isWordRune reports whether a token, base64 or hexadecimal digits may have the character.
func isWordRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("+/-_.", r)
}

// hasToken reports whether two parts of a word that follow one another are the header of a
// token and its payload. Something else may be in front of the header, such as the path of a
// URL.
func hasToken(word string) bool {
	segments := strings.Split(word, ".")
	for _, part := range segments[:len(segments)-2] {
		for at := range len(part) {
			if isHeader(part[at:], at > 0) {
				return true
			}
		}
	}
	return false
}

// isHeader reports whether a text is the start of a JSON object with members in base64url; if
// it has to be complete, all of one.
func isHeader(text string, complete bool) bool {
	if complete && text[0] != 'e' { // a brace in base64
		return false
	}
	header, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || complete && !bytes.HasSuffix(bytes.TrimSpace(header), []byte("}")) {
		return false
	}
	members, isObject := bytes.CutPrefix(bytes.TrimSpace(header), []byte("{"))
	return isObject && bytes.HasPrefix(bytes.TrimSpace(members), []byte(`"`))
}

// decodings returns the bytes that a word, or the rest of it behind a few other characters,
// may stand for.
func decodings(word string) [][]byte {
	const least = 4 // shorter ones are words
	if len(word) < least {
		return nil
	}
	all := hexDecodings(word)
	word = strings.NewReplacer("+", "-", "/", "_").Replace(word)
	for skip := range least {
		rest := word[skip:]
		if len(rest)%4 == 1 { // such a length does not exist
			rest = rest[:len(rest)-1]
		}
		if data, err := base64.RawURLEncoding.DecodeString(rest); err == nil && len(data) > 0 {
			all = append(all, data)
		}
	}
	return all
}

// hexDecodings returns the bytes that the hexadecimal digits of a word may stand for.
func hexDecodings(word string) [][]byte {
	const least = 4
	var all [][]byte
	for digits := range strings.FieldsFuncSeq(word, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }) {
		for skip := 0; skip < 2 && len(digits)-skip >= least; skip++ {
			if data, err := hex.DecodeString(digits[skip : len(digits)-(len(digits)-skip)%2]); err == nil {
				all = append(all, data)
			}
		}
	}
	return all
}

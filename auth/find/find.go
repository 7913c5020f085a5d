package find

import (
	"fmt"
	"strings"

	"tokendesk/auth"
)

// MaxPasted is the size in bytes of the largest text that is read when it is pasted
// into a terminal.
const MaxPasted = 64 << 10

// Form is what a text is: a serialization of a token, or something else that stands where a
// token should be, such as "paseto" or "opaque".
type Form string

// The forms of tokens.
const (
	FormJWS      Form = "jws"      // the compact serialization (RFC 7515 section 7.1)
	FormJSON     Form = "jws_json" // the JSON serialization (section 7.2)
	FormDetached Form = "detached" // its payload is not in it (appendix F)
	FormJWE      Form = "jwe"      // encrypted (RFC 7516)
	FormSDJWT    Form = "sd_jwt"   // with disclosures (RFC 9901)
)

// Match is a token in a text, with what was around it.
type Match struct {
	// Compact is the text for [auth.Decode].
	Compact string
	// Form is what was found.
	Form Form
	// Extras is what came with the token outside its compact serialization.
	Extras auth.Extras
	// Around says what was around the token, such as "Bearer" or "the value of
	// access_token", outermost first. It is empty for a bare token.
	Around []string
	// Folded says that the token was split over several lines.
	Folded bool
	// Refused says what the text is if it is known to be no token, or a token of which a
	// part is missing. It is nil otherwise.
	Refused *auth.DecodeError
}

// IsToken reports whether the match is certainly a token: a JSON object in base64url,
// which starts with ey, followed by two dots. Other matches only consist of token
// characters.
func (m *Match) IsToken() bool {
	return strings.Count(m.Compact, ".") >= 2 && (strings.HasPrefix(m.Compact, "ey") || auth.StartsToken(m.Compact))
}

// Decode reads the token. The error is a *[auth.DecodeError].
func (m *Match) Decode() (*auth.Token, error) {
	if m.Refused != nil {
		return nil, m.Refused
	}
	return auth.DecodeWith(m.Compact, m.Extras)
}

// Tokens returns the tokens in a text, the most likely first: an access_token, then an
// id_token and other names for tokens, then all others, each in the order of the text.
// The text may be a bare token, a quoted one, a header line, a curl command, JSON, a
// cookie, a URL, a mail, or any of these in base64, percent encoding or UTF-16. If it
// contains none, the only match is the text itself without its wrapping, which says what it
// is instead if that is known. A text longer than limit bytes is refused with a
// *[auth.DecodeError].
func Tokens(text string, limit int) ([]Match, error) {
	if len(text) > limit {
		return nil, &auth.DecodeError{
			Stage: auth.StageSize, Verdict: auth.VerdictMalformed, Token: &auth.Token{},
			Reason: fmt.Sprintf("the text has %d bytes, more than the maximum of %d", len(text), limit),
			Advice: "pass only the token",
		}
	}
	found, _ := read(text, maxEncodings)
	return found, nil
}

// maxEncodings is how many encodings around a token are undone.
const maxEncodings = 3

// read looks for tokens in a text and inside its encodings, and reports whether it found
// any. Otherwise the only match is the text without its wrapping.
func read(text string, depth int) (found []Match, ok bool) {
	if depth > 0 {
		for _, e := range outerEncodings {
			if found, ok := e.read(text, depth); ok {
				return found, true
			}
		}
	}
	whole := unwrap(text)
	if found, ok := readWhole(whole); ok {
		return found, true
	}
	if found, ok := readInside(whole, depth, inBase64); ok {
		return found, true
	}
	if found := search(text); len(found) > 0 {
		return found, true
	}
	if found, ok := readInside(whole, depth, innerEncodings[:]...); ok {
		return found, true
	}
	if o, ok := identify(whole.Compact); ok {
		whole.Form, whole.Refused = o.form, o.refused(whole.Compact)
	}
	return []Match{whole}, false
}

// readInside looks for tokens inside an encoding of the text.
func readInside(whole Match, depth int, encodings ...encoding) ([]Match, bool) {
	if depth == 0 {
		return nil, false
	}
	for _, e := range encodings {
		found, ok := e.read(whole.Compact, depth)
		if !ok {
			continue
		}
		for n := range found {
			found[n].Around = prepend(found[n].Around, whole.Around...)
		}
		return found, true
	}
	return nil, false
}

// readWhole reads a text that is one token from end to end.
func readWhole(whole Match) ([]Match, bool) {
	if found, ok := readJSON(whole); ok {
		return found, true
	}
	if one, ok := readDisclosing(whole); ok {
		return []Match{one}, true
	}
	if joined, ok := join(whole); ok {
		return []Match{joined}, true
	}
	if isBare(whole.Compact) && auth.StartsToken(whole.Compact) && strings.Count(whole.Compact, ".") > 0 || isPadded(whole.Compact) {
		if isAbbreviated(whole.Compact) {
			return nil, false
		}
		if core := trimDots(whole.Compact); core != whole.Compact {
			return []Match{whole.beforeDots(core)}, true
		}
		return []Match{whole.named()}, true
	}
	return nil, false
}

// named fills the form of a compact serialization.
func (m Match) named() Match {
	header, rest, _ := strings.Cut(m.Compact, ".")
	switch {
	case strings.Count(m.Compact, ".") == 4 && isJWE(m.Compact):
		m.Form = FormJWE
	case header != "" && strings.HasPrefix(rest, ".") && len(rest) > 1:
		m.Form = FormDetached
	default:
		m.Form = FormJWS
	}
	return m
}

// beforeDots refuses a token with dots behind it. It is no token with them, and what is
// before them can be read.
func (m Match) beforeDots(core string) Match {
	part := Match{Compact: core}.named()
	token, err := part.Decode()
	if err != nil {
		token = partOf(err)
	}
	token.Compact = m.Compact
	m.Form = part.Form
	m.Refused = &auth.DecodeError{
		Stage: auth.StageForm, Verdict: auth.VerdictMalformed, Source: "RFC 7515 section 3.1", Token: token,
		Reason: "there is a full stop behind the token, which is no part of it", Advice: "remove it",
	}
	return m
}

// isBare reports whether a text has only token characters, or none.
func isBare(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !auth.IsTokenChar(r) }) < 0
}

// isPadded reports whether a text is a token in base64 instead of base64url. Decode says
// so, if Tokens does not cut it apart.
func isPadded(text string) bool {
	return auth.StartsToken(text) && strings.Contains(text, ".") &&
		strings.IndexFunc(text, func(r rune) bool { return !auth.IsTokenChar(r) && r != '=' && r != '+' && r != '/' }) < 0
}

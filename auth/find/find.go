package find

import (
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
)

// MaxPasted is the size in bytes of the largest text that is read when it is pasted
// into a terminal.
const MaxPasted = 64 << 10

// Match is a token in a text, with what was around it.
type Match struct {
	// Compact is the text for [auth.Decode].
	Compact string
	// Around says what was around the token, such as "Bearer" or "the value of
	// access_token", outermost first. It is empty for a bare token.
	Around []string
	// Folded says that the token was split over several lines.
	Folded bool
}

// IsToken reports whether the match is certainly a token: a JSON object in base64url,
// which starts with ey, followed by two dots. Other matches only consist of token
// characters.
func (m *Match) IsToken() bool {
	return strings.Count(m.Compact, ".") >= 2 && strings.HasPrefix(m.Compact, "ey")
}

// Tokens returns the tokens in a text, the most likely first: an access_token, then an
// id_token and other names for tokens, then all others, each in the order of the text.
// The text may be a bare token, a quoted one, a header line, a curl command, JSON, a
// cookie or a URL. If it contains none, the only match is the text itself without its
// wrapping, so that Decode can say what is wrong with it. A text longer than limit bytes
// is refused with a *[auth.DecodeError].
func Tokens(text string, limit int) ([]Match, error) {
	if len(text) > limit {
		return nil, &auth.DecodeError{
			Stage: auth.StageSize, Verdict: auth.VerdictMalformed, Token: &auth.Token{},
			Reason: fmt.Sprintf("the text has %d bytes, more than the maximum of %d", len(text), limit),
			Advice: "pass only the token",
		}
	}
	whole := unwrap(text)
	if isBare(whole.Compact) || isPadded(whole.Compact) {
		return []Match{whole}, nil
	}
	if joined, ok := join(whole); ok {
		return []Match{joined}, nil
	}
	if found := search(text); len(found) > 0 {
		return found, nil
	}
	return []Match{whole}, nil
}

// unwrap removes white space, quotes and "Bearer" around a text, from outside in.
func unwrap(text string) Match {
	found := Match{Compact: text}
	take := func(layer, rest string) {
		found.Compact = rest
		if !slices.Contains(found.Around, layer) {
			found.Around = append(found.Around, layer)
		}
	}
	for {
		rest := found.Compact
		if trimmed := strings.TrimSpace(rest); trimmed != rest {
			take("white space", trimmed)
			continue
		}
		if after, ok := cutFold(rest, "authorization:"); ok {
			take("the Authorization header", after)
			continue
		}
		if after, ok := cutFold(rest, "bearer "); ok {
			take("Bearer", after)
			continue
		}
		if n := len(rest) - 1; n > 0 && rest[0] == rest[n] && strings.IndexByte("\"'`", rest[0]) >= 0 {
			take("quotes", rest[1:n])
			continue
		}
		if len(found.Around) > 1 { // white space around something else is not worth mentioning
			found.Around = slices.DeleteFunc(found.Around, func(layer string) bool { return layer == "white space" })
		}
		return found
	}
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// isBare reports whether a text has only token characters, or none.
func isBare(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !auth.IsTokenChar(r) }) < 0
}

// isPadded reports whether a text is a token in base64 instead of base64url. Decode says
// so, if Tokens does not cut it apart.
func isPadded(text string) bool {
	return auth.StartsToken(text) &&
		strings.IndexFunc(text, func(r rune) bool { return !auth.IsTokenChar(r) && r != '=' && r != '+' && r != '/' }) < 0
}

// join joins a token that was split over several lines.
func join(whole Match) (Match, bool) {
	fields := strings.Fields(whole.Compact)
	text := strings.Join(fields, "")
	if len(fields) < 2 || !isBare(text) || strings.Count(text, ".") != 2 || !auth.StartsToken(text) {
		return Match{}, false
	}
	for line := range strings.FieldsFuncSeq(whole.Compact, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if len(strings.Fields(line)) > 1 { // a gap within a line is damage
			return Match{}, false
		}
	}
	for _, field := range fields[1:] {
		if strings.Count(field, ".") == 2 { // a word before a whole token is not part of it
			return Match{}, false
		}
	}
	whole.Compact, whole.Folded = text, true
	return whole, true
}

// search returns every run of token characters that has at least two dots and starts
// with a JSON object.
func search(text string) []Match {
	var first, second, others []Match
	seen := map[string]struct{}{}
	for pos := 0; pos < len(text); {
		if !auth.IsTokenChar(rune(text[pos])) {
			pos++
			continue
		}
		end := pos
		for end < len(text) && auth.IsTokenChar(rune(text[end])) {
			end++
		}
		start, run := pos, trimSentence(text[pos:end])
		pos = end
		if _, again := seen[run]; again || strings.Count(run, ".") < 2 || !auth.StartsToken(run) {
			continue
		}
		if strings.HasPrefix(text[end:], "?") { // it replaces a lost character, which Decode points at
			continue
		}
		seen[run] = struct{}{}
		label := labelBefore(text[:start])
		found := Match{Compact: run, Around: []string{describeLabel(label)}}
		switch strings.ToLower(label) {
		case "access_token", "accesstoken":
			first = append(first, found)
		case "authorization", "id_token", "idtoken", "token", "jwt":
			second = append(second, found)
		default:
			others = append(others, found)
		}
	}
	return append(append(first, second...), others...)
}

// trimSentence removes the dots that end the sentence around a token. The dot before an
// empty signature stays.
func trimSentence(run string) string {
	for spare := strings.Count(run, ".") - 2; spare > 0 && strings.HasSuffix(run, "."); spare-- {
		run = run[:len(run)-1]
	}
	return run
}

// labelBefore returns the name before a value, as in name=value, "name": "value" or
// Name: Bearer value.
func labelBefore(before string) string {
	before = before[max(0, len(before)-64):]
	before = strings.TrimRight(before, " \t\r\n\"'\\")
	const scheme = "bearer"
	if n := len(before) - len(scheme); n >= 0 && strings.EqualFold(before[n:], scheme) {
		before = strings.TrimRight(before[:n], " \t\"'\\")
	}
	trimmed := strings.TrimRight(before, ":=")
	if trimmed == before {
		return ""
	}
	trimmed = strings.TrimRight(trimmed, " \t\"'\\")
	start := strings.LastIndexFunc(trimmed, func(r rune) bool { return !auth.IsTokenChar(r) })
	return trimmed[start+1:]
}

func describeLabel(label string) string {
	switch {
	case label == "":
		return "the text around it"
	case strings.EqualFold(label, "authorization"):
		return "the Authorization header"
	default:
		return fmt.Sprintf("the value of %s", label)
	}
}

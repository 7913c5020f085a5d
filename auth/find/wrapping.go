package find

import (
	"slices"
	"strings"

	"tokendesk/auth"
)

// WhiteSpace is the name of white space in what was around a token.
const WhiteSpace = "white space"

// unwrap removes white space, quotes, punctuation and "Bearer" around a text, from outside
// in.
func unwrap(text string) Match {
	found := Match{Compact: text}
	take := func(layer, rest string) {
		found.Compact = rest
		if !slices.Contains(found.Around, layer) {
			found.Around = append(found.Around, layer)
		}
	}
	for {
		layer, rest := outermost(found.Compact)
		if layer == "" {
			break
		}
		take(layer, rest)
	}
	if core, ok := trimPunctuation(found.Compact); ok {
		take("punctuation", core)
	}
	found.Around = prepend(found.Around)
	return found
}

// schemes are the schemes of the Authorization header that tokens are sent with.
var schemes = [...]struct{ prefix, name string }{{"bearer ", "Bearer"}, {"bearer: ", "Bearer"}, {"dpop ", "DPoP"}, {"jwt ", "JWT"}}

// outermost returns what is around a text and what is inside, or nothing.
func outermost(text string) (layer, rest string) {
	if trimmed := strings.TrimSpace(text); trimmed != text {
		return WhiteSpace, trimmed
	}
	if after, ok := cutFold(text, "authorization:"); ok {
		return "the Authorization header", after
	}
	for _, scheme := range schemes {
		if after, ok := cutFold(text, scheme.prefix); ok {
			return scheme.name, after
		}
	}
	if n := len(text) - 1; n > 0 && text[0] == text[n] && strings.IndexByte("\"'`", text[0]) >= 0 {
		return "quotes", text[1:n]
	}
	for _, pair := range [...]string{"“”", "‘’", "«»", "„“"} {
		opening, closing := pair[:len(pair)/2], pair[len(pair)/2:]
		if inside, ok := strings.CutPrefix(text, opening); ok && strings.HasSuffix(inside, closing) {
			return "quotes", strings.TrimSuffix(inside, closing)
		}
	}
	return "", text
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// trimPunctuation removes brackets, quotes, commas and escaped line breaks that were copied
// with a token. A full stop stays: a token has dots of its own.
func trimPunctuation(text string) (string, bool) {
	core := text
	for _, escape := range [...]string{`\r`, `\n`, `\t`, `\"`} {
		core = strings.TrimSuffix(strings.TrimSuffix(core, `\n`), escape)
	}
	core = strings.TrimLeft(core, "([{<\"'`“‘«,;:\\")
	core = strings.TrimRight(core, ")]}>\"'`”’»,;:!\\ ")
	isToken := isBare(core) && auth.StartsToken(core) || isPadded(core)
	return core, isToken && core != text && strings.Count(core, ".") >= 2
}

// trimDots removes the dots of a sentence after a token. Those after a token that is not
// whole stay, because they say that it was abbreviated.
func trimDots(text string) string {
	rest := trimSentence(text)
	if strings.Count(rest, ".") == 3 && strings.HasSuffix(rest, ".") {
		rest = rest[:len(rest)-1]
	}
	segments := strings.Split(rest, ".")
	complete := len(segments) == 5 || len(segments) == 3 && segments[1] != "" && segments[2] != ""
	if len(rest) == len(text)-1 && (complete || isUnsigned(rest)) || isWhole(rest) {
		return rest
	}
	return text
}

// isWhole reports whether nothing is missing at the end of a token.
func isWhole(compact string) bool {
	m := Match{Compact: compact}
	token, err := m.Decode()
	if err != nil {
		token = partOf(err)
	}
	return token.IsWhole()
}

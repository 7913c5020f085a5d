package find

import (
	"fmt"
	"strings"

	"tokendesk/auth"
)

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
		found, after := matchAt(text, pos, end)
		label := labelBefore(text[:pos])
		pos = max(end, after)
		if _, again := seen[found.Compact]; again || found.Compact == "" {
			continue
		}
		seen[found.Compact] = struct{}{}
		found.Around = append([]string{describeLabel(label)}, found.Around...)
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

// matchAt returns the token that starts at start, where token characters reach to end, and
// where it ends. There may be none.
func matchAt(text string, start, end int) (found Match, after int) {
	run := text[start:end]
	if inner, ok := encodedAt(text, start, end); ok {
		return inner, end
	}
	if !auth.StartsToken(run) {
		return Match{}, end
	}
	if end < len(text) && text[end] == '~' {
		for end < len(text) && (auth.IsTokenChar(rune(text[end])) || text[end] == '~') {
			end++
		}
		found, _ = readDisclosing(Match{Compact: text[start:end]})
		return found, end
	}
	if end < len(text) && strings.IndexByte("=+/", text[end]) >= 0 && !isWhole(run) {
		if padded, stop := paddedAt(text, start, end); padded != "" {
			return Match{Compact: padded, Form: FormJWS}, stop
		}
	}
	run = trimSentence(run)
	if skipFold(text, start+len(run)) > start+len(run) && (strings.Count(run, ".") < 2 || !isWhole(run)) {
		if token, stop := unfold(text, start, start+len(run)); stop > start+len(run) {
			return Match{Compact: token, Folded: true}.named(), stop
		}
	}
	isCut := isAbbreviated(text[start:min(len(text), end+len("[…]"))]) && !isUnsigned(run)
	if strings.Count(run, ".") < 2 || isCut {
		return Match{}, end
	}
	if strings.HasPrefix(text[end:], "?") { // it replaces a lost character, which Decode points at
		return Match{}, end
	}
	return Match{Compact: run}.named(), end
}

// isUnsigned reports whether a text is a whole header and payload without a signature.
func isUnsigned(compact string) bool {
	if strings.Count(compact, ".") != 2 || !strings.HasSuffix(compact, ".") {
		return false
	}
	_, err := auth.Decode(compact)
	return err == nil || partOf(err).Claims != nil
}

// encodedAt returns the token that a run of characters is in base64, as in the data of a
// Kubernetes secret.
func encodedAt(text string, start, end int) (Match, bool) {
	const ofBrace = "ZXl" // "ey" in base64
	if !strings.HasPrefix(text[start:end], ofBrace) || strings.Contains(text[start:end], ".") {
		return Match{}, false
	}
	for end < len(text) && (auth.IsTokenChar(rune(text[end])) || strings.IndexByte("+/=", text[end]) >= 0) {
		end++
	}
	decoded, ok := fromBase64(text[start:end])
	if !ok {
		return Match{}, false
	}
	inner := unwrap(decoded)
	if !isBare(inner.Compact) || !inner.IsToken() {
		return Match{}, false
	}
	inner.Around = append([]string{"base64"}, inner.Around...)
	return inner.named(), true
}

// paddedAt returns the token in padded or standard base64 that starts at start.
func paddedAt(text string, start, end int) (string, int) {
	for end < len(text) && (auth.IsTokenChar(rune(text[end])) || strings.IndexByte("=+/", text[end]) >= 0) {
		end++
	}
	run := strings.TrimRight(text[start:end], ".")
	if strings.Count(run, ".") != 2 || !isWhole(run) {
		return "", end
	}
	return run, end
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

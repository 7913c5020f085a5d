// Package weak knows the secrets that anybody can guess: those that are published, and the
// placeholders of examples, in many languages. What it knows is data: published.txt and
// words.txt.
package weak

import (
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"iter"
	"strings"
	"unicode/utf8"
)

//go:embed published.txt
var publishedText string

// Published returns the published secrets, each with where it is printed, such as "an
// example of jwt.io".
func Published() iter.Seq2[string, string] {
	return func(yield func(secret, where string) bool) {
		where, decode := "", false
		for line := range strings.SplitSeq(publishedText, "\n") {
			if heading, ok := strings.CutPrefix(line, "= "); ok {
				where, decode = strings.CutSuffix(heading, ", base64")
				continue
			}
			encoded, isBytes := strings.CutPrefix(line, "base64:")
			if line == "" || line[0] == '#' {
				continue
			}
			if !isBytes && !yield(line, where) {
				return
			}
			if decoded, ok := fromBase64(encoded); ok && (isBytes || decode) && !yield(decoded, where) {
				return
			}
		}
	}
}

// PublishedBy returns where the secret is printed if it is published, else nothing. White
// space around it does not matter.
func PublishedBy(secret string) (where string) {
	trimmed := strings.TrimSpace(secret)
	if !mayBePublished(secret) && !mayBePublished(trimmed) {
		return ""
	}
	for published, where := range Published() {
		if published == secret || published == trimmed {
			return where
		}
	}
	return ""
}

// mayBePublished reports whether a secret or its base64 occurs in the text of the published ones.
func mayBePublished(secret string) bool {
	in := func(encoding *base64.Encoding) bool {
		encoded := encoding.EncodeToString([]byte(secret))
		return strings.Contains(publishedText, encoded[:max(0, len(encoded)-1)]) // the last character has bits that do not count
	}
	return len(secret) <= len(publishedText) &&
		(strings.Contains(publishedText, secret) || in(base64.RawStdEncoding) || in(base64.RawURLEncoding))
}

// Placeholder returns what makes a secret easy to guess that is not published: it is "a
// placeholder", also in base64 or hex, or "a simple pattern". It returns nothing for any
// other secret. Bytes that are no text are never a placeholder.
func Placeholder(secret string) string {
	text := strings.TrimSpace(secret)
	switch {
	case isRepeated(text):
		return "a simple pattern"
	case len(text) > maxText || !utf8.ValidString(text):
		return ""
	default:
		return vocabulary().placeholder(text)
	}
}

// placeholder is [Placeholder] for a text that is no pattern.
func (w *words) placeholder(text string) string {
	if w.reads(text) {
		return "a placeholder"
	}
	if decoded, err := hex.DecodeString(text); err == nil && w.reads(string(decoded)) {
		return "a placeholder in hex"
	}
	if decoded, ok := fromBase64(text); ok && w.reads(decoded) {
		return "a placeholder in base64"
	}
	return ""
}

// fromBase64 decodes either alphabet, with padding or without.
func fromBase64(text string) (string, bool) {
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	decoded, err := encoding.DecodeString(strings.TrimRight(text, "="))
	return string(decoded), err == nil && len(decoded) > 0
}

// isRepeated reports whether the text repeats a piece of at most ten bytes.
func isRepeated(text string) bool {
	for n := 1; n <= 10 && n*2 <= len(text); n++ {
		if strings.Repeat(text[:n], len(text)/n+1)[:len(text)] == text {
			return true
		}
	}
	return false
}

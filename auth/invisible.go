package auth

import (
	"strings"
	"unicode"
)

// IsInvisible reports whether the rune shows nothing: the format characters and
// the fillers, which are letters and marks by category. The joiners stay:
// Persian and Indic names need them.
func IsInvisible(r rune) bool {
	switch {
	case r < '\u00ad', r == '\u200c', r == '\u200d':
		return false
	case strings.ContainsRune("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", r):
		return true
	default:
		return unicode.Is(unicode.Cf, r)
	}
}

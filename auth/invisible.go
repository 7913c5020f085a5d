package auth

import (
	"strings"
	"unicode"
)

// IsInvisible reports whether the rune is invisible: a format character or a filler,
// which is a letter or a mark by category. Joiners do not count, because Persian and
// Indic names need them.
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

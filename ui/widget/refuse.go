package widget

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/internal/visible"
)

// maxLines is below the number at which the text field underneath drops lines.
const maxLines = 9000

// Refuse says why a text is not taken by a field with room for so many
// characters, of several lines or of one, or nothing.
func Refuse(text string, room int, lines bool) string {
	if n := utf8.RuneCountInString(text); n > room {
		return fmt.Sprintf("that is %d characters and there is room for %d: nothing was put in", n, max(0, room))
	}
	if lines && strings.Count(text, "\n") > maxLines {
		return "that has too many lines: nothing was put in"
	}
	for i, r := range text {
		if lines && (r == '\n' || r == '\t') {
			continue
		}
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && size == 1:
			return "that is not valid UTF-8: nothing was put in"
		case r == '\n':
			return "that has a line break in it: nothing was put in"
		case unicode.IsControl(r):
			return fmt.Sprintf("that has a control character (%U) in it: nothing was put in", r)
		}
	}
	if belongsBefore(text) {
		return ""
	}
	if plain := strings.ReplaceAll(text, "\t", " "); visible.Block(plain) != plain {
		return "that has a character in it that cannot be seen: nothing was put in"
	}
	return ""
}

// belongsBefore reports whether a text is one combining mark or joiner. Typed
// alone, as keyboards of many scripts do, it is seen on what stands before it.
func belongsBefore(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size == len(text) && (unicode.Is(unicode.M, r) || r == '\u200c' || r == '\u200d')
}

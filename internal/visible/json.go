package visible

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// JSON writes the characters of a JSON text that cannot be seen as JSON escapes.
// Such characters only stand inside strings, so the text means the same as before,
// and can be edited. Line feeds stay; a tab outside of strings becomes spaces.
func JSON(text string) string {
	if Block(text) == text {
		return text
	}
	var b strings.Builder
	inString, escaped := false, false
	for _, r := range text {
		if r == '"' && !escaped {
			inString = !inString
		}
		escaped = r == '\\' && !escaped
		if r == '\t' && !inString {
			b.WriteString("  ")
			continue
		}
		if r == '\n' || Text(string(r)) == string(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

package visible

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// JSON replaces the invisible characters of a JSON text with JSON escapes. They occur
// only in strings, so the text keeps its meaning and can be edited. Line feeds stay,
// and a tab outside strings becomes spaces.
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

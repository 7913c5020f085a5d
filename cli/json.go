package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"tokendesk/internal/visible"
)

// printJSON prints a value as JSON on one line. Characters that a terminal
// would act on, and those that nobody sees, are written as JSON escapes: the
// values are exact and the line is safe to show.
func (p Program) printJSON(value any) error {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return p.print(escapeJSON(strings.TrimSuffix(b.String(), "\n")))
}

// escapeJSON escapes what cannot be seen. In JSON without white space around
// its values such characters stand only inside strings.
func escapeJSON(text string) string {
	if visible.Text(text) == text {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if visible.Text(string(r)) == string(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

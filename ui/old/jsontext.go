package old

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

// escapeJSON writes the characters of a JSON text that cannot be seen as JSON
// escapes. Such characters only stand inside strings, so the text means the
// same as before, and can be edited. A tab may stand outside of strings too,
// where it becomes spaces.
func escapeJSON(text string) string {
	if visible.Block(text) == text {
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
		if r == '\n' || visible.Text(string(r)) == string(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// jsonLines draws a JSON value in at most width cells: on one line when it fits,
// else indented.
func (s styles) jsonLines(raw json.RawMessage, width int) []string {
	var compact, indented bytes.Buffer
	if json.Compact(&compact, raw) != nil || json.Indent(&indented, raw, "", "  ") != nil {
		return chop(visible.Text(string(raw)), width)
	}
	one := visible.Text(compact.String())
	if ansi.StringWidth(one) <= width || raw[0] != '{' && raw[0] != '[' {
		return s.colorLines(one, width)
	}
	var lines []string
	for line := range strings.SplitSeq(indented.String(), "\n") {
		lines = append(lines, s.colorLines(visible.Text(line), width)...)
	}
	return lines
}

func (s styles) colorLines(text string, width int) []string {
	if ansi.StringWidth(text) <= width {
		return []string{s.colorJSON(text)}
	}
	lines := chop(text, width)
	for i := range lines {
		lines[i] = s.str.Render(lines[i])
	}
	return lines
}

// colorJSON colours one line of JSON by hand.
func (s styles) colorJSON(line string) string {
	var b strings.Builder
	for len(line) > 0 {
		n, style := s.jsonToken(line)
		b.WriteString(style.Render(line[:n]))
		line = line[n:]
	}
	return b.String()
}

// jsonToken returns the length of the token that the line begins with, in
// bytes, and how it is drawn. A string before a colon is a name.
func (s styles) jsonToken(line string) (int, lipgloss.Style) {
	switch c := line[0]; {
	case c == '"':
		n := 1
		for n < len(line) && line[n] != '"' {
			if line[n] == '\\' {
				n++
			}
			n++
		}
		n = min(n+1, len(line))
		if strings.HasPrefix(strings.TrimLeft(line[n:], " "), ":") {
			return n, s.name
		}
		return n, s.str
	case c == '-' || '0' <= c && c <= '9':
		return span(line, "-+.eE0123456789"), s.number
	case 'a' <= c && c <= 'z':
		return span(line, "abcdefghijklmnopqrstuvwxyz"), s.literal
	default:
		return max(1, span(line, " {}[],:")), s.faint
	}
}

func span(line, set string) int {
	for i := range len(line) {
		if strings.IndexByte(set, line[i]) < 0 {
			return i
		}
	}
	return len(line)
}

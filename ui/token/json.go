package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/auth/jsontext"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// jsonLines draws a JSON value in at most width cells: on one line if it fits, else
// indented.
func jsonLines(t *widget.Theme, raw json.RawMessage, width int) []string {
	var compact, indented bytes.Buffer
	if json.Compact(&compact, raw) != nil || json.Indent(&indented, raw, "", "  ") != nil {
		return widget.Chop(visible.Text(string(raw)), width)
	}
	one := visible.Text(compact.String())
	if widget.Width(one) <= width || raw[0] != '{' && raw[0] != '[' {
		return colorLines(t, one, width)
	}
	var lines []string
	for line := range strings.SplitSeq(indented.String(), "\n") {
		lines = append(lines, colorLines(t, visible.Text(line), width)...)
	}
	return lines
}

func colorLines(t *widget.Theme, text string, width int) []string {
	if widget.Width(text) <= width {
		return []string{colorJSON(t, text)}
	}
	lines := widget.Chop(text, width)
	for i := range lines {
		lines[i] = t.Str.Render(lines[i])
	}
	return lines
}

// colorJSON colours one line of JSON.
func colorJSON(t *widget.Theme, line string) string {
	var b strings.Builder
	for _, part := range JSONParts(t, line) {
		b.WriteString(part.Style.Render(line[:part.Length]))
		line = line[part.Length:]
	}
	return b.String()
}

// JSONParts returns the parts of a line of JSON with their colours. The line need not be
// correct.
func JSONParts(t *widget.Theme, line string) []widget.Part {
	var parts []widget.Part
	for len(line) > 0 {
		n, style := jsonToken(t, line)
		parts = append(parts, widget.Part{Length: n, Style: style})
		line = line[n:]
	}
	return parts
}

// PlaceOf returns where in a JSON text the fault is that an error names, if it names one.
func PlaceOf(err error) widget.Place {
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return widget.Place{Line: syntax.Line, Column: syntax.Column}
	}
	return widget.Place{}
}

// jsonToken returns the length of the token that the line begins with, in
// bytes, and how it is drawn. A string before a colon is a name.
func jsonToken(t *widget.Theme, line string) (int, *lipgloss.Style) {
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
			return n, &t.Name
		}
		return n, &t.Str
	case c == '-' || '0' <= c && c <= '9':
		return span(line, "-+.eE0123456789"), &t.Number
	case 'a' <= c && c <= 'z':
		return span(line, "abcdefghijklmnopqrstuvwxyz"), &t.Literal
	default:
		return max(1, span(line, " {}[],:")), &t.Faint
	}
}

// span returns how many bytes at the start of a line are in a set of ASCII characters.
func span(line, set string) int {
	return len(line) - len(strings.TrimLeft(line, set))
}

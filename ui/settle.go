package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// settle adapts lines that were measured by grapheme cluster to a terminal that draws
// the parts of an emoji sequence one by one, and to a renderer that counts them so. If
// a sequence takes more or fewer than two cells, settle removes blanks after it or
// adds some. It removes nothing but blanks.
func settle(lines []string) {
	for i, line := range lines {
		if hasSequence(line) {
			lines[i] = settled(line)
		}
	}
}

func settled(line string) string {
	var b strings.Builder
	more, blank := 0, false // surplus cells so far; the cell before was a blank
	for state := byte(0); len(line) > 0; {
		part, width, n, next := ansi.DecodeSequence(line, state, nil)
		line, state = line[n:], next
		switch {
		case part == " " && blank && more > 0:
			more--
			continue
		case part == " " && more < 0:
			b.WriteString(strings.Repeat(" ", -more))
			more = 0
		case width > 1:
			more += ansi.StringWidthWc(part) - width
		}
		if width > 0 {
			blank = part == " "
		}
		b.WriteString(part)
	}
	return b.String()
}

// settleCursor returns where the cursor stands in lines after they are settled: behind
// the same text.
func settleCursor(lines []string, c *tea.Cursor) *tea.Cursor {
	if c == nil || c.Y < 0 || c.Y >= len(lines) || !hasSequence(lines[c.Y]) {
		return c
	}
	moved := *c
	last := ansi.StringWidth(lines[c.Y]) - 1 // of a line that has become too long for its window
	moved.X = min(ansi.StringWidthWc(settled(ansi.Truncate(lines[c.Y], c.X, ""))), max(c.X, last))
	return &moved
}

// hasSequence reports whether a line holds a character that is measured in two ways:
// a joiner, the emoji selector or a skin tone.
func hasSequence(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool {
		return r == '\u200d' || r == '\ufe0f' || '\U0001f3fb' <= r && r <= '\U0001f3ff'
	})
}

package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// settle fits lines that were measured by cluster to a terminal that draws the
// parts of an emoji sequence one by one, and to a renderer that counts so: what
// a sequence takes more or less than two cells is taken from or given to the
// blanks behind it. Nothing but blanks is taken away.
func settle(lines []string) {
	for i, line := range lines {
		if !hasSequence(line) {
			continue
		}
		var b strings.Builder
		more, blank := 0, false // cells that were drawn too many; a blank came before
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
		lines[i] = b.String()
	}
}

// hasSequence reports whether a line holds what is measured in two ways: a
// joiner, the emoji selector or a skin tone.
func hasSequence(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool {
		return r == '\u200d' || r == '\ufe0f' || '\U0001f3fb' <= r && r <= '\U0001f3ff'
	})
}

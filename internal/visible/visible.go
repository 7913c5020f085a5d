// Package visible makes text that strangers wrote safe to show.
//
// A token's claims, a pasted line, a file name and an error text can all hold
// characters that a terminal obeys instead of drawing, that turn the reading
// direction around, or that cannot be seen at all. Text and Block are the one
// place where such text is made visible: whatever they return can be written to
// a terminal, and two texts that differ never look alike because one of them
// holds something invisible.
//
// Nothing is taken out. What is not shown as it is becomes an escape: \x1b, \n
// or \t for an ASCII control character, \xff for a byte that is not UTF-8, and
// <U+202E> for any other rune. A literal backslash stays one backslash, so the
// result is for reading: copies and JSON output take the text itself.
//
// Measure the width of what Text returns, not of what it was given.
package visible

import (
	"fmt"
	"unicode/utf8"
)

// Text returns s in a form that shows every character of it on one line.
//
// Runes that [strconv.IsPrint] calls printable stay, with these exceptions:
//
//   - Printable runes without ink are escaped: fillers such as U+3164 and U+2800,
//     variation selectors, U+034F.
//   - A combining mark stays on the character it belongs to, four at most. One
//     more, and one with nothing before it, is escaped: it would be drawn over
//     the lines above or over the frame to its left.
//   - A zero width joiner or non-joiner stays where a script needs it to be
//     spelled right: the non-joiner between two Arabic letters that would join
//     (Persian), and either after a virama (the scripts of India). This follows
//     RFC 5892, appendix A, and does not change the width.
//   - The emoji selector U+FE0F stays once after an emoji, and a joiner between
//     two emoji, of which it makes one picture of four at most.
//
// Terminals disagree about the width of an emoji sequence: those that know
// clusters draw two cells, others the sum of its parts. What is returned is to
// be measured by cluster, and a screen has to allow for both.
//
// Text returns s itself when there is nothing to escape.
func Text(s string) string { return show(s, noBreak) }

// Block is Text for a text of several lines: it keeps line feeds. A tab is
// escaped like any other control character, for it has no width of its own.
func Block(s string) string { return show(s, '\n') }

// noBreak is the line break of a text that may have none.
const noBreak = -1

// show escapes what cannot be seen in s, but for the rune lineBreak.
func show(s string, lineBreak rune) string {
	i := plain(s, lineBreak)
	if i == len(s) {
		return s
	}
	i = max(0, i-1) // the last plain character may be what a mark belongs to

	var out []byte
	var g glyph
	done := 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		next := i + size
		switch broken := r == utf8.RuneError && size == 1; {
		case r == lineBreak:
			g = glyph{}
		case broken || !g.takes(r, s[next:]):
			g = glyph{}
			out = append(out, s[done:i]...)
			if broken {
				r = rune(s[i])
			}
			out = appendEscape(out, r, broken)
			done = next
		}
		i = next
	}
	if done == 0 {
		return s
	}
	return string(append(out, s[done:]...))
}

// plain returns how many bytes s begins with that need no second look.
func plain(s string, lineBreak rune) int {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && rune(c) != lineBreak {
			return i
		}
	}
	return len(s)
}

// appendEscape writes r as text; a raw r is a byte that is not UTF-8.
func appendEscape(out []byte, r rune, raw bool) []byte {
	switch {
	case r == '\n':
		return append(out, `\n`...)
	case r == '\r':
		return append(out, `\r`...)
	case r == '\t':
		return append(out, `\t`...)
	case raw || r < utf8.RuneSelf:
		return fmt.Appendf(out, `\x%02x`, r)
	default:
		return fmt.Appendf(out, "<U+%04X>", r)
	}
}

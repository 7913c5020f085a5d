// Package visible makes untrusted text safe to show.
//
// The claims of a token, a pasted line, a file name and the text of an error can all
// contain characters that a terminal obeys instead of drawing, that reverse the
// reading direction, or that cannot be seen. [Text] and [Block] are the one place
// where such text is made visible: their results can be written to a terminal, and
// two texts that differ never look alike because one contains something invisible.
//
// Nothing is removed. Characters that are not shown become escapes: \x1b, \n or \t
// for an ASCII control character, \xff for a byte that is not UTF-8, and <U+202E>
// for any other rune. A backslash stays one backslash, so the result is for reading
// only: copies and JSON output use the text itself.
//
// Measure the width of the result, not of the argument.
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
//   - Up to four combining marks stay on their character. Any more, and one without a
//     character before it, are escaped: they would be drawn over the lines above or
//     over the frame to the left.
//   - A zero width joiner or non-joiner stays where a script needs it for correct
//     spelling: the non-joiner between two Arabic letters that would join (Persian),
//     and either after a virama (the scripts of India). This follows RFC 5892,
//     appendix A, and does not change the width.
//   - The emoji selector U+FE0F stays once after an emoji, and so does a joiner
//     between two emoji, which makes one picture of at most four.
//
// Terminals disagree about the width of an emoji sequence: those that support
// clusters draw two cells, others the sum of its parts. Measure the result by
// cluster, and let a screen allow for both.
//
// Text returns s itself if there is nothing to escape.
func Text(s string) string { return show(s, noBreak) }

// Block is [Text] for several lines: it keeps line feeds. A tab is escaped like any
// other control character, because it has no fixed width.
func Block(s string) string { return show(s, '\n') }

// noBreak stands for the line break of a text that may contain none.
const noBreak = -1

// show escapes everything in s that cannot be seen, except the rune lineBreak.
func show(s string, lineBreak rune) string {
	i := plain(s, lineBreak)
	if i == len(s) {
		return s
	}
	i = max(0, i-1) // a mark may belong to the last plain character

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

// plain returns how many bytes at the start of s need no escape.
func plain(s string, lineBreak rune) int {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && rune(c) != lineBreak {
			return i
		}
	}
	return len(s)
}

// appendEscape appends the escape of r. If raw is true, r is a byte that is not UTF-8.
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

package visible

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ASCII returns a text that has gone through [Text] or [Block] in ASCII, for a terminal whose
// locale has no UTF-8. Our own signs and lines become similar characters, and everything else
// an escape such as <U+00EB>. Escape sequences of a terminal stay.
func ASCII(s string) string {
	return ascii(s, func(out []byte, r rune) []byte { return fmt.Appendf(out, "<U+%04X>", r) })
}

// ASCIICells is [ASCII] for a screen: every character keeps its width, and one without a similar
// character becomes question marks.
func ASCIICells(s string) string {
	if isASCII(s) {
		return s
	}
	var out strings.Builder
	for len(s) > 0 {
		if s[0] < utf8.RuneSelf {
			out.WriteByte(s[0])
			s = s[1:]
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		r, _ := utf8.DecodeRuneInString(cluster)
		if sign := signOf(r); len(sign) == width {
			out.WriteString(sign)
		} else {
			out.WriteString(strings.Repeat("?", width))
		}
		s = s[len(cluster):]
	}
	return out.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func ascii(s string, other func([]byte, rune) []byte) string {
	if isASCII(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if sign := signOf(r); sign != "" {
			out = append(out, sign...)
		} else {
			out = other(out, r)
		}
	}
	return string(out)
}

// signOf returns what stands for a character of ours in ASCII, in as many cells, or nothing.
func signOf(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		return string(r)
	case '\u2800' < r && r <= '\u28ff': // the turns of a spinner
		return "*"
	case '█' <= r && r <= '▋', r == '▓', r == '▒', '▅' <= r && r < '█':
		return "#"
	case '▌' <= r && r <= '▐':
		return "|"
	case '▁' <= r && r <= '▄', r == '░':
		return "."
	case '\u2500' <= r && r <= '\u257f':
		return line(r)
	}
	return signs[r]
}

// line returns what stands for a line of a box.
func line(r rune) string {
	switch {
	case strings.ContainsRune("─━┄┅┈┉╌╍═╴╶╸╺╼╾", r):
		return "-"
	case strings.ContainsRune("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", r):
		return "|"
	case r == '╱':
		return "/"
	case r == '╲':
		return `\`
	default:
		return "+"
	}
}

// signs are our other characters.
var signs = map[rune]string{
	'✓': "+", '✗': "x", '▲': "!", '●': "*", '○': "o", '◐': "o", '∞': "~", '•': "*", '·': "-", '…': ".", '×': "x",
	'–': "-", '—': "-", '‘': "'", '’': "'", '“': `"`, '”': `"`, '‹': "<", '›': ">", '«': "<", '»': ">",
	'←': "<", '→': ">", '↑': "^", '↓': "v", '↵': "<", '⏎': "<", '⌕': "/", '≤': "<", '≥': ">", '≠': "#", '≈': "~",
	'▶': ">", '▸': ">", '◀': "<", '◂': "<", '▼': "v", '▾': "v", '△': "^", '▽': "v", '■': "#", '□': "o", '◆': "*", '◇': "o", '★': "*",
	'◉': "@", '\u00a0': " ",
}

// ASCIIWriter returns a writer that writes everything as [ASCII] to another one. A character that
// is written in two pieces is kept until the second one comes.
func ASCIIWriter(out io.Writer) io.Writer { return &asciiWriter{out: out} }

type asciiWriter struct {
	out  io.Writer
	rest []byte // the beginning of a character
}

// Write implements [io.Writer].
func (w *asciiWriter) Write(p []byte) (int, error) {
	text := slices.Concat(w.rest, p)
	whole := len(text)
	for start := max(0, whole-utf8.UTFMax); start < whole; start++ {
		if utf8.RuneStart(text[start]) && !utf8.FullRune(text[start:]) {
			whole = start
		}
	}
	w.rest = text[whole:]
	if _, err := io.WriteString(w.out, ASCII(string(text[:whole]))); err != nil {
		return 0, err //nolint:wrapcheck // the caller knows where it writes
	}
	return len(p), nil
}

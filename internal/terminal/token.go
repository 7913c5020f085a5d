package terminal

import "unicode/utf8"

// The control characters that open or close a token.
const (
	ctrlC = 0x03
	bel   = 0x07
	tab   = '\t'
	lf    = '\n'
	cr    = '\r'
	esc   = 0x1b
	del   = 0x7f
)

const (
	// maxSeparators is how many separators a sequence has at most. Libraries under
	// Bubble Tea panic at 33 parameters, and no terminal sends more than two dozen.
	maxSeparators = 23

	// maxSequence and maxString are more bytes than a terminal sends in a key, a mouse
	// report or an answer.
	maxSequence = 256
	maxString   = 8 << 10
)

// kind says what a token is.
type kind int

const (
	partial kind = iota // the rest has not been read yet
	text                // printable characters
	key                 // a key, a mouse report or an answer of the terminal
	junk                // a sequence that stops in the middle or that no terminal sends
	binary              // a byte that is not UTF-8
)

// next returns the first token of an input that is not empty, and its length. A partial
// token takes the whole input.
//
// Everything but text is limited: a sequence that stops in the middle ends before the
// next control character, however it goes on. So nothing swallows the keys behind it.
func next(p []byte) (kind, int) {
	switch c := p[0]; {
	case c == esc:
		return escape(p)
	case c < ' ' || c == del:
		return key, 1
	case c < utf8.RuneSelf:
		return text, printable(p)
	case !utf8.FullRune(p):
		return partial, len(p)
	}
	if n := printable(p); n > 0 {
		return text, n
	}
	return binary, 1
}

// printable returns how many bytes at the start of p are characters, as opposed to
// control characters and bytes that are not UTF-8.
func printable(p []byte) int {
	n := 0
	for n < len(p) {
		if c := p[n]; c < utf8.RuneSelf {
			if c < ' ' || c == del {
				break
			}
			n++
			continue
		}
		r, size := utf8.DecodeRune(p[n:])
		if r == utf8.RuneError && size == 1 || r < 0xa0 {
			break
		}
		n += size
	}
	return n
}

// escape returns the token that begins with ESC.
func escape(p []byte) (kind, int) {
	if len(p) == 1 {
		return partial, 1
	}
	switch c := p[1]; {
	case c == esc:
		return twice(p)
	case c == ctrlC:
		return key, 1
	case c == '[':
		return control(p)
	case c == 'O':
		return single(p)
	case isString(c):
		return str(p)
	case c < utf8.RuneSelf:
		return key, 2 // alt with a key
	case !utf8.FullRune(p[1:]):
		return partial, len(p)
	}
	if r, size := utf8.DecodeRune(p[1:]); r != utf8.RuneError {
		return key, 1 + size
	}
	return key, 1
}

// isString reports whether a character after ESC opens a DCS, OSC, SOS, PM or APC.
func isString(c byte) bool { return c == 'P' || c == ']' || c == 'X' || c == '^' || c == '_' }

// twice returns the token that begins with two ESC: alt with a key, or alt with esc.
func twice(p []byte) (kind, int) {
	if len(p) == 2 {
		return partial, 2
	}
	if p[2] != '[' && p[2] != 'O' {
		return key, 2
	}
	k, n := next(p[1:])
	switch {
	case k == key && !isPasteStart(p[1:1+n]):
		return key, n + 1
	case k == partial:
		return partial, n + 1
	default:
		return key, 1
	}
}

// single returns the token that begins with ESC O: digits and a final byte.
func single(p []byte) (kind, int) {
	for n, c := range p[2:min(len(p), maxSequence)] {
		switch {
		case '0' <= c && c <= '9':
		case '!' <= c && c <= '~':
			return key, n + 3
		default:
			return junk, n + 2
		}
	}
	return unfinished(p, maxSequence)
}

// control returns the token that begins with ESC [: parameters, intermediate bytes and
// a final byte.
func control(p []byte) (kind, int) {
	separators := 0
	for n, c := range p[2:min(len(p), maxSequence)] {
		switch {
		case c == ';' || c == ':':
			separators++
		case '@' <= c && c <= '~':
			return final(p, n+2, separators)
		case c < ' ' || c > '~':
			return junk, n + 2
		}
	}
	return unfinished(p, maxSequence)
}

// final returns the token that begins with ESC [ and has its final byte at place n.
func final(p []byte, n, separators int) (kind, int) {
	size := n + 1
	switch c := p[n]; {
	case c == '[' && n == 2: // a function key of the Linux console has one byte more
		size++
	case c == 'M' && n == 2: // an old mouse report has three
		size += 3
	case separators > maxSeparators, c == '_': // nobody asks for the keys of the Windows console
		return junk, size
	}
	if size > len(p) {
		return partial, len(p)
	}
	for _, c := range p[n+1 : size] {
		if c < ' ' {
			return junk, n + 1
		}
	}
	return key, size
}

// str returns the token that begins with ESC and the introducer of a string. BEL, ST or
// any other control character ends it.
func str(p []byte) (kind, int) {
	for n, c := range p[2:min(len(p), maxString)] {
		switch at := n + 2; {
		case c == bel:
			return key, at + 1
		case c == esc && at+1 == len(p):
			return partial, len(p)
		case c == esc && p[at+1] == '\\':
			return key, at + 2
		case c < ' ':
			return abandoned(at)
		}
	}
	return unfinished(p, maxString)
}

// abandoned returns the token for so many bytes of a string that has no end. ESC and its
// introducer alone are alt with a key.
func abandoned(n int) (kind, int) {
	if n == 2 {
		return key, n
	}
	return junk, n
}

// unfinished returns the token for an input that ends before the token does.
func unfinished(p []byte, most int) (kind, int) {
	if len(p) < most {
		return partial, len(p)
	}
	return junk, most
}

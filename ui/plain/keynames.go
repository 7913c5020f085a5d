package plain

import (
	"bufio"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// typedKey is a key that was pressed: a name as package buffer knows it, or else the text that
// it types.
type typedKey struct{ name, text string }

// splitKey is how long the rest of a key may take that a slow line has split.
const splitKey = 50 * time.Millisecond

// readKey reads a key. A sequence that is no key is read to its end and means nothing. more
// reports whether input comes soon.
func readKey(in *bufio.Reader, more func() bool) (typedKey, error) {
	r, size, err := in.ReadRune()
	switch {
	case err != nil:
		return typedKey{}, err //nolint:wrapcheck // the end of the input, for whatever reason
	case r == utf8.RuneError && size == 1: // keep the byte itself
		_ = in.UnreadRune()
		b, _ := in.ReadByte()
		return typedKey{text: string([]byte{b})}, nil
	case r == '\n', r == '\r':
		return typedKey{name: "enter"}, nil
	case r == '\t', r >= ' ' && r != rubout:
		return typedKey{text: string(r)}, nil
	case r == rubout:
		return typedKey{name: "backspace"}, nil
	case r == '_'&control:
		return typedKey{name: "ctrl+_"}, nil
	case r != escape && r > 0 && r <= 'z'&control:
		return typedKey{name: "ctrl+" + string('a'+r-1)}, nil
	case r != escape || in.Buffered() == 0 && !more():
		return typedKey{name: noKey}, nil
	}
	return readEscape(in, more)
}

// noKey is the name of a key that means nothing here.
const noKey = "unknown"

const (
	control = 0x1f // what ctrl leaves of a letter
	escape  = 0x1b
	rubout  = 0x7f
)

// readEscape reads the rest of a key that begins with ESC.
func readEscape(in *bufio.Reader, more func() bool) (typedKey, error) {
	r, _, err := in.ReadRune()
	if err != nil {
		return typedKey{}, err //nolint:wrapcheck // likewise
	}
	switch r {
	case '[', 'O':
		if in.Buffered() > 0 || more() {
			return readSequence(in, more)
		}
	case rubout, 'h' & control:
		return typedKey{name: "alt+backspace"}, nil
	}
	if r < ' ' || r >= utf8.RuneSelf {
		return typedKey{name: noKey}, in.UnreadRune() //nolint:wrapcheck // it cannot fail
	}
	return typedKey{name: "alt+" + strings.ToLower(string(r))}, nil
}

// maxSequence is how many bytes of a sequence are read. No key has that many.
const maxSequence = 32

// readSequence reads the parameters and the last character of a key such as ESC [ 1 ; 5 C.
func readSequence(in *bufio.Reader, more func() bool) (typedKey, error) {
	var sequence strings.Builder
	for range maxSequence {
		if in.Buffered() == 0 && !more() {
			break
		}
		b, err := in.ReadByte()
		switch {
		case err != nil:
			return typedKey{}, err //nolint:wrapcheck // likewise
		case b < ' ' || b >= rubout: // it is not part of the sequence
			return typedKey{name: noKey}, in.UnreadByte() //nolint:wrapcheck // it cannot fail
		}
		sequence.WriteByte(b)
		if b >= '@' && sequence.String() != "[" { // ESC [ [ A is f1 on the console of Linux
			break
		}
	}
	return typedKey{name: nameOf(sequence.String())}, nil
}

// nameOf names the key of a sequence, with the modifiers that xterm puts behind the semicolon.
func nameOf(sequence string) string {
	if sequence == "" || sequence[0] == '[' {
		return noKey
	}
	last := sequence[len(sequence)-1:]
	number, modifier, _ := strings.Cut(sequence[:len(sequence)-1], ";")
	name := map[string]string{"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}[last]
	if last == "~" {
		name = map[string]string{"1": "home", "7": "home", "4": "end", "8": "end", "3": "delete"}[number]
	}
	if name == "" {
		return noKey
	}
	bits, _ := strconv.Atoi(modifier)
	if bits--; bits > 0 && bits&4 != 0 {
		name = "ctrl+" + name
	}
	if bits > 0 && bits&2 != 0 {
		name = "alt+" + name
	}
	return name
}

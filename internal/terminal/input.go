package terminal

import (
	"bytes"
	"os"
	"sync"
	"unicode/utf8"
)

// Input is a terminal whose input cannot crash the program.
//
// The decoder under Bubble Tea panics on some control sequences, in a goroutine that
// does not recover. A paste may contain them. Read passes on every byte except these:
//
//   - the separators after which a sequence would have more than 24 parameters: the
//     decoder has an array of 32 for them;
//   - an M directly after a one-byte CSI: the decoder sees an old mouse report and
//     indexes a byte that does not exist;
//   - a _ at the end of a CSI, as in the keys of the Windows console: the decoder
//     then miscounts the bytes that it has read and may restart in the middle of a
//     character. Bubble Tea never asks a terminal for such keys.
//
// [NewInput] makes an Input. It is still a file, so that a program finds its terminal
// through Fd.
type Input struct {
	*os.File

	filter filter
	held   []byte // the start of a rune or a key whose rest has not been read yet
	once   sync.Once
	ended  chan struct{}
}

// NewInput returns f as an input for a Bubble Tea program.
func NewInput(f *os.File) *Input {
	return &Input{File: f, ended: make(chan struct{})}
}

// Ended returns a channel that is closed after a read has failed or reached the end
// of the input, which means that the terminal was closed. Bubble Tea stops reading at
// the end of its input but does not end.
func (in *Input) Ended() <-chan struct{} { return in.ended }

// Read reads the available bytes into p, without the dangerous ones. A rune or a key
// that arrives in parts, as over a slow connection, is passed on as a whole: the
// decoder waits only 50 milliseconds for the rest and then treats it as typed text.
//
// Read reads from the file once, since the caller has waited until one read is
// possible. If that leaves no byte to pass on it returns 0 and no error.
func (in *Input) Read(p []byte) (int, error) {
	held := copy(p, in.held)
	in.held = in.held[held:]
	if held > 0 && held == len(p) {
		// There is no room for the rest, so the decoder gets it in parts.
		in.filter.unsure = true
		return in.filter.clean(p), nil
	}
	n, err := in.File.Read(p[held:])
	n += held
	if err != nil {
		in.once.Do(func() { close(in.ended) })
		if held == 0 {
			return n, err
		}
		return in.filter.clean(p[:n]), nil // the next read returns the error again
	}
	whole := n - partialRune(p[:n])
	if size := partialKey(p[:n]); size > 0 && size < len(p) {
		whole = n - size
	}
	in.held = append(in.held, p[whole:n]...)
	return in.filter.clean(p[:whole]), nil
}

// partialRune returns how many bytes at the end of p start a rune that is incomplete.
func partialRune(p []byte) int {
	for size := 1; size < utf8.UTFMax && size <= len(p); size++ {
		if tail := p[len(p)-size:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return size
		}
	}
	return 0
}

// longestKey is how many bytes a key, a mouse report or the start of a paste has at
// most.
const longestKey = 64

// partialKey returns how many bytes at the end of p start a control sequence that is
// incomplete. ESC and ESC [ alone do not: they are the keys esc and alt+[.
func partialKey(p []byte) int {
	start := bytes.LastIndexByte(p, esc)
	if start < 0 || len(p)-start < 3 || p[start+1] != '[' {
		return 0
	}
	for _, c := range p[start+2:] {
		if c < ' ' || c > '?' {
			return 0
		}
	}
	if start > 0 && p[start-1] == esc {
		start-- // the key with alt
	}
	if len(p)-start > longestKey {
		return 0
	}
	return len(p) - start
}

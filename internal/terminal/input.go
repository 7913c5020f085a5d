package terminal

import (
	"bytes"
	"os"
	"sync"
	"unicode/utf8"
)

// Input is a terminal to read from whose bytes cannot crash the program.
//
// The decoder under Bubble Tea panics on some control sequences, in a goroutine
// that nobody recovers. A paste can hold them, and whatever else types. Read
// passes on every byte but these:
//
//   - the separators that give a sequence more than 24 parameters: the decoder
//     keeps parameters in an array of 32;
//   - the M that follows a CSI of one byte at once: the decoder takes it for an
//     old mouse report and looks for a byte that is not there;
//   - the _ that ends a CSI, as in the keys of the Windows console: the decoder
//     then counts wrongly what it has read and may start anew in the middle of a
//     character. Bubble Tea never asks a terminal for such keys.
//
// Input is made by [Guard]. It is still the file, so a program finds its
// terminal through Fd.
type Input struct {
	*os.File

	guard guard
	held  []byte // the beginning of a rune or a key whose rest has not been read yet
	once  sync.Once
	ended chan struct{}
}

// Guard returns f as an input for a Bubble Tea program.
func Guard(f *os.File) *Input {
	return &Input{File: f, ended: make(chan struct{})}
}

// Ended returns a channel that is closed when a read has failed or met the end
// of the input, which for a terminal means that it is gone. Bubble Tea stops
// reading at the end of its input and runs on.
func (in *Input) Ended() <-chan struct{} { return in.ended }

// Read reads what is there into p, without the bytes that must not pass. A rune
// or a key that arrives in parts, as over a slow connection, is passed on as a
// whole: the decoder gives up on a part after 50 milliseconds and takes the rest
// for text that was typed.
//
// Read makes one read of the file, since the caller has waited for exactly one
// to be possible. When that leaves no byte to pass on it returns 0 and no error.
func (in *Input) Read(p []byte) (int, error) {
	held := copy(p, in.held)
	in.held = in.held[held:]
	if held > 0 && held == len(p) {
		// No room for the rest, so the decoder gets it in parts.
		in.guard.unsure = true
		return in.guard.filter(p), nil
	}
	n, err := in.File.Read(p[held:])
	n += held
	if err != nil {
		in.once.Do(func() { close(in.ended) })
		if held == 0 {
			return n, err
		}
		return in.guard.filter(p[:n]), nil // the error comes again
	}
	whole := n - partialRune(p[:n])
	if size := partialKey(p[:n]); size > 0 && size < len(p) {
		whole = n - size
	}
	in.held = append(in.held, p[whole:n]...)
	return in.guard.filter(p[:whole]), nil
}

// partialRune returns how many bytes at the end of p begin a rune that p does
// not complete.
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

// longestKey is how many bytes a key, a mouse report or the beginning of a paste
// has at most.
const longestKey = 64

// partialKey returns how many bytes at the end of p begin a control sequence that
// p does not complete. ESC and ESC [ alone begin none: they are esc and alt+[.
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

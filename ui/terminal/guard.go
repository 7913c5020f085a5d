package terminal

import (
	"os"
	"sync"
)

// maxSeparators is how many parameter separators of one control sequence are
// let through. x/ansi holds 32 parameters and panics beyond, in a goroutine
// that nobody recovers; no terminal sends as many as 24.
const maxSeparators = 23

// Input is the terminal's input with control sequences kept to a length that
// the reader behind it can hold. It is a file still, so that the reader finds
// the terminal.
type Input struct {
	*os.File
	sequence sequence
	once     sync.Once
	onEnd    func()
}

// Guard wraps the terminal's input. onEnd is called once, when reading fails
// for good: the terminal is gone.
func Guard(f *os.File, onEnd func()) *Input {
	return &Input{File: f, onEnd: onEnd}
}

// Read reads from the terminal. It leaves out the 24th and later parameter
// separators of a control sequence and changes no other byte.
func (i *Input) Read(p []byte) (int, error) {
	n, err := i.File.Read(p)
	kept := p[:0]
	for _, b := range p[:n] {
		if i.sequence.keep(b) {
			kept = append(kept, b)
		}
	}
	if err != nil && i.onEnd != nil {
		i.once.Do(i.onEnd)
	}
	return len(kept), err //nolint:wrapcheck // a reader hands on io.EOF as it is
}

// state is where in a stream of terminal input a byte stands.
type state int

const (
	ground     state = iota
	escape           // behind ESC
	parameters       // in the parameters of a CSI or DCS
)

// sequence follows a stream of bytes, over the borders of reads.
type sequence struct {
	state        state
	separators   int
	continuation int // bytes of a UTF-8 sequence still to come
}

// keep reports whether the byte is let through.
func (s *sequence) keep(b byte) bool {
	if s.state == parameters && b >= 0x30 && b <= 0x3f {
		if b != ';' && b != ':' {
			return true
		}
		s.separators++
		return s.separators <= maxSeparators
	}
	s.follow(b)
	return true
}

// follow finds out what begins with the byte. The 8-bit introducers 0x90 and
// 0x9b are also bytes inside of UTF-8 characters, where they begin nothing.
func (s *sequence) follow(b byte) {
	inside := s.continuation > 0 && b >= 0x80 && b < 0xc0
	introduces := s.state == escape && (b == '[' || b == 'P')
	switch {
	case inside:
		s.continuation--
	case introduces, b == 0x9b, b == 0x90:
		*s = sequence{state: parameters}
	case b == 0x1b:
		*s = sequence{state: escape}
	default:
		*s = sequence{continuation: continuation(b)}
	}
}

// continuation returns how many bytes follow the first one of a UTF-8 sequence.
func continuation(b byte) int {
	switch {
	case b >= 0xf0 && b < 0xf8:
		return 3
	case b >= 0xe0 && b < 0xf0:
		return 2
	case b >= 0xc2 && b < 0xe0:
		return 1
	default:
		return 0
	}
}

//go:build unix

package terminal

import (
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Keys is a terminal that hands over every key at once and echoes none. It
// still makes signals of ctrl+c, ctrl+\ and ctrl+z.
//
// A terminal that hands over lines instead drops what is longer than its buffer,
// which a token can be: 4095 bytes on Linux, 1024 on macOS.
type Keys struct {
	in             *os.File
	before, during *term.State
}

// ByKey has the terminal hand over keys, until [Keys.GiveBack]. It returns nil
// when in and out are not both a terminal, and when something else has changed
// its modes: who has turned off the echo, as the shell of Emacs does, edits lines
// of their own.
func ByKey(in, out *os.File) *Keys {
	before, err := term.GetState(in.Fd())
	if err != nil || !term.IsTerminal(out.Fd()) || before.Lflag&unix.ICANON == 0 || before.Lflag&unix.ECHO == 0 {
		return nil
	}
	during := *before
	during.Lflag &^= unix.ICANON | unix.ECHO
	during.Cc[unix.VMIN], during.Cc[unix.VTIME] = 1, 0
	k := &Keys{in, before, &during}
	if !k.Take() {
		return nil
	}
	return k
}

// Take has the terminal hand over keys again, and reports whether it does.
func (k *Keys) Take() bool { return term.SetState(k.in.Fd(), k.during) == nil }

// GiveBack puts the terminal into the state it was found in.
func (k *Keys) GiveBack() { _ = term.SetState(k.in.Fd(), k.before) }

//go:build unix

package terminal

import (
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// KeyMode is a mode of a terminal in which it delivers every key at once and echoes
// none. ctrl+c, ctrl+\ and ctrl+z still send signals.
//
// A terminal that delivers lines instead truncates lines that are longer than its
// buffer, as a token can be: 4095 bytes on Linux, 1024 on macOS.
type KeyMode struct {
	in             *os.File
	before, during *term.State
}

// EnterKeyMode makes the terminal deliver keys, until [KeyMode.Leave]. It returns nil
// if in and out are not both a terminal, and if another program has changed the mode
// of the terminal: one that has turned off the echo, such as the shell of Emacs, has a
// line editor of its own.
func EnterKeyMode(in, out *os.File) *KeyMode {
	before, err := term.GetState(in.Fd())
	if err != nil || !term.IsTerminal(out.Fd()) || before.Lflag&unix.ICANON == 0 || before.Lflag&unix.ECHO == 0 {
		return nil
	}
	during := *before
	during.Lflag &^= unix.ICANON | unix.ECHO
	during.Cc[unix.VMIN], during.Cc[unix.VTIME] = 1, 0
	k := &KeyMode{in, before, &during}
	if !k.Enter() {
		return nil
	}
	return k
}

// Enter enters the mode again, and reports whether that worked.
func (k *KeyMode) Enter() bool { return term.SetState(k.in.Fd(), k.during) == nil }

// Leave restores the original mode of the terminal.
func (k *KeyMode) Leave() { _ = term.SetState(k.in.Fd(), k.before) }

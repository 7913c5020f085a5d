//go:build unix

package terminal

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Silent returns the state of a terminal that does not show what is typed.
func Silent(state *term.State) *term.State {
	silent := *state
	silent.Lflag &^= unix.ECHO
	return &silent
}

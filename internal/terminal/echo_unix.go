//go:build unix

package terminal

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// WithoutEcho returns the state of a terminal that does not show the user's input.
func WithoutEcho(state *term.State) *term.State {
	out := *state
	out.Lflag &^= unix.ECHO
	return &out
}

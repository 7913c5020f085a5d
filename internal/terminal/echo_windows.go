package terminal

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// WithoutEcho returns the state of a terminal that does not show the user's input.
func WithoutEcho(state *term.State) *term.State {
	out := *state
	out.Mode &^= windows.ENABLE_ECHO_INPUT
	return &out
}

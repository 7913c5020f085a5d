package terminal

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// Silent returns the state of a terminal that does not show what is typed.
func Silent(state *term.State) *term.State {
	silent := *state
	silent.Mode &^= windows.ENABLE_ECHO_INPUT
	return &silent
}

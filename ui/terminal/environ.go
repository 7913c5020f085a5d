package terminal

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Hush keeps Bubble Tea from writing every byte of the session, tokens
// included, into the files that these variables name.
func Hush() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

// Plain reports whether the console has to work line by line: on a terminal
// that cannot be drawn on, where the user asks for it (ACCESSIBLE), or when
// either side is no terminal.
func Plain(in, out *os.File, lookup func(string) string) bool {
	switch strings.ToLower(lookup("ACCESSIBLE")) {
	case "", "0", "false", "no", "off":
	default:
		return true
	}
	return lookup("TERM") == "dumb" || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd())
}

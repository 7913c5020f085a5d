package terminal

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Plain decides whether the console runs line by line instead of as a screen,
// and returns why, or "" when it does not:
//
//   - "accessible": ACCESSIBLE is set, and not to 0 or false, as a screen reader
//     needs it;
//   - "dumb": TERM says that the terminal cannot move its cursor, or nothing at
//     all, but for Windows, where it never does;
//   - "input", "output": this is not a terminal, but a file or a pipe.
//
// lookup is [os.LookupEnv] or like it. What the user wishes comes first, so that
// the reason is the one the user knows of.
func Plain(lookup func(string) (string, bool), in, out *os.File) string {
	if wish, _ := lookup("ACCESSIBLE"); wish != "" {
		if on, err := strconv.ParseBool(wish); on || err != nil {
			return "accessible"
		}
	}
	if name, _ := lookup("TERM"); name == "dumb" || strings.TrimSpace(name) == "" && runtime.GOOS != "windows" {
		return "dumb"
	}
	switch {
	case !term.IsTerminal(in.Fd()):
		return "input"
	case !term.IsTerminal(out.Fd()):
		return "output"
	default:
		return ""
	}
}

// CutsLine reports whether a line of so many bytes is what a terminal leaves of a
// longer one when it hands over lines. One that was handed over in pieces, as the
// shell of Emacs does it, is longer and whole.
func CutsLine(bytes int) bool {
	switch runtime.GOOS {
	case "linux":
		return bytes == 4095
	case "windows":
		return false
	default: // MAX_CANON of the BSDs and macOS, with the end of the line or without
		return bytes == 1023 || bytes == 1024
	}
}

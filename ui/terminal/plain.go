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

// LineLimit returns how many bytes of a line a terminal of this system hands to
// a program that reads lines. The rest it drops. 0 means that it drops nothing.
func LineLimit() int {
	switch runtime.GOOS {
	case "linux":
		return 4095
	case "windows":
		return 0
	default:
		return 1024 // MAX_CANON of the BSDs and macOS
	}
}

package terminal

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Plain returns why the console must run line by line instead of as a screen, or ""
// if it need not:
//
//   - "accessible": ACCESSIBLE is set to something other than 0 or false, for a
//     screen reader;
//   - "dumb": according to TERM the terminal cannot move its cursor, or TERM is not
//     set, which on Windows it never is;
//   - "input", "output": this is a file or a pipe and not a terminal.
//
// lookup is [os.LookupEnv] or a function like it. The user's own choice comes first.
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

// IsTruncated reports whether a line of that many bytes was probably longer before a
// terminal that delivers lines truncated it. A complete line that was delivered in
// pieces, as the shell of Emacs does, is even longer.
func IsTruncated(bytes int) bool {
	switch runtime.GOOS {
	case "linux":
		return bytes == 4095
	case "windows":
		return false
	default: // MAX_CANON of the BSDs and macOS, with or without the end of the line
		return bytes == 1023 || bytes == 1024
	}
}

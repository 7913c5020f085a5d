package terminal

import "os"

// Hush unsets the variables that make Bubble Tea write what it reads, draws and
// panics with to a file, tokens included. Call it before a program is made.
func Hush() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

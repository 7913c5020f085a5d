package terminal

import "os"

// DisableTeaLogs unsets the variables that make Bubble Tea log its input, its output
// and its panics to a file, tokens included. Call it before creating a program.
func DisableTeaLogs() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

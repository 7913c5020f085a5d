package terminal

import "os"

// KeyMode is a mode of a terminal in which it delivers every key at once and echoes
// none.
type KeyMode struct{}

// EnterKeyMode returns nil: the console of Windows truncates no line.
func EnterKeyMode(_, _ *os.File) *KeyMode { return nil }

// Enter enters the mode again, and reports whether that worked.
func (*KeyMode) Enter() bool { return false }

// Leave restores the original mode of the terminal.
func (*KeyMode) Leave() {}

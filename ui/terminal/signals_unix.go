//go:build !windows

package terminal

import (
	"os"
	"syscall"
)

func endings() []os.Signal {
	return []os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM}
}

// FromKeyboard reports whether the terminal sends the signal for a key. While
// another program has the terminal, such a key is meant for that one.
func FromKeyboard(sig os.Signal) bool { return sig == syscall.SIGINT || sig == syscall.SIGQUIT }

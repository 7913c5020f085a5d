//go:build unix

package terminal

import (
	"os"
	"syscall"
)

// endings are the signals that ask a program to end.
var endings = []os.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGQUIT}

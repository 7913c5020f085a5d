package terminal

import (
	"os"
	"syscall"
)

// endings are the signals that ask a program to end. Go sends SIGTERM when the
// console is closed, at log-off and at shut-down.
var endings = []os.Signal{syscall.SIGTERM}

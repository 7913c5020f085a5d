//go:build unix

package terminal_test

import (
	"os"

	"golang.org/x/sys/unix"
)

// unread returns how many bytes wait to be read from a terminal.
func unread(f *os.File) (int, error) {
	var fds [1]unix.PollFd
	fds[0] = unix.PollFd{Fd: int32(f.Fd()), Events: unix.POLLIN}
	return unix.Poll(fds[:], 0)
}

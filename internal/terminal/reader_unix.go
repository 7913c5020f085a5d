//go:build unix

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// HasNoReader reports whether nobody can read from the other end of f any more,
// because the reader of the pipe has ended or the terminal was closed. A program that
// seldom writes would not notice for a long time.
func HasNoReader(f *os.File) bool {
	fds := []unix.PollFd{{Fd: int32(f.Fd())}} //nolint:gosec // it is a small number
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0
}

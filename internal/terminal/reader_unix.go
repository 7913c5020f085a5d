//go:build unix

package terminal

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// hasInput reports whether something can be read from f at once.
func hasInput(f *os.File) bool { return HasInputWithin(f, 0) }

// HasInputWithin reports whether something can be read from f before that much time has passed.
func HasInputWithin(f *os.File, wait time.Duration) bool {
	return eventsWithin(f, unix.POLLIN, wait)&unix.POLLIN != 0
}

// events returns which events f has, of those that are asked for and of errors.
func events(f *os.File, which int16) int16 { return eventsWithin(f, which, 0) }

// eventsWithin is events that waits for one.
func eventsWithin(f *os.File, which int16, wait time.Duration) int16 {
	fds := []unix.PollFd{{Fd: int32(f.Fd()), Events: which}} //nolint:gosec // it is a small number
	if n, err := unix.Poll(fds, int(wait.Milliseconds())); err != nil || n == 0 {
		return 0
	}
	return fds[0].Revents
}

// HasNoReader reports whether nobody can read from the other end of f any more,
// because the reader of the pipe has ended or the terminal was closed. A program that
// seldom writes would not notice for a long time.
func HasNoReader(f *os.File) bool {
	return events(f, 0)&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0
}

//go:build unix

package file

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks a folder, or reports that another program has the lock. The kernel
// releases the lock of a program that ends.
func tryLock(dir string) (unlock func(), busy bool) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}, false // whoever writes there learns why
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) || errors.Is(err, unix.EINTR) {
		_ = f.Close()
		return nil, true
	}
	return func() { _ = f.Close() }, false
}

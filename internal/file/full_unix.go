//go:build unix

package file

import (
	"errors"
	"syscall"
)

// isFull reports whether err says that there is no room for a file.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

package file

import (
	"errors"
	"syscall"
)

// isFull reports whether err says that the disk is full (ERROR_HANDLE_DISK_FULL,
// ERROR_DISK_FULL).
func isFull(err error) bool {
	return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
}

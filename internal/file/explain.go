package file

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// writeError says in one sentence why there is no file, and what to do.
type writeError struct {
	sentence string
	cause    error
}

func (e *writeError) Error() string { return e.sentence }
func (e *writeError) Unwrap() error { return e.cause }

// explain turns an error of the operating system into a sentence. What the
// error itself says names a temporary file, which means nothing to the user.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	dir := filepath.Dir(path)
	var sentence string
	switch {
	case errors.Is(err, fs.ErrExist):
		sentence = path + " exists already and was not changed: choose another name"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		sentence = fmt.Sprintf("%s cannot be written because there is no folder %s: create it first", path, dir)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		sentence = fmt.Sprintf("%s cannot be written because the folder %s is read-only: choose another one", path, dir)
	case isFull(err):
		sentence = path + " cannot be written because the disk is full: free some space"
	default:
		reason := err
		if errno := syscall.Errno(0); errors.As(err, &errno) {
			reason = errno
		}
		sentence = fmt.Sprintf("%s cannot be written: %v", path, reason)
	}
	return &writeError{sentence, err}
}

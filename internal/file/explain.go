package file

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// writeError says why a file was not written, and what to do about it.
type writeError struct {
	reason, advice string
	cause          error
}

func (e *writeError) Error() string  { return e.reason }
func (e *writeError) Advice() string { return e.advice }
func (e *writeError) Unwrap() error  { return e.cause }

// explain returns a writeError for an error of the operating system, which itself
// names a temporary file that the user does not know.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	noFolder := fmt.Sprintf("%s cannot be written because there is no folder %s", path, filepath.Dir(path))
	readOnly := fmt.Sprintf("%s cannot be written because the folder %s is read-only", path, filepath.Dir(path))
	for _, known := range []struct {
		cause          error
		reason, advice string
	}{
		{fs.ErrExist, path + " already exists and was not changed", "choose another name"},
		{fs.ErrNotExist, noFolder, "create the folder first"},
		{syscall.ENOTDIR, noFolder, "create the folder first"},
		{fs.ErrPermission, readOnly, "choose another folder"},
		{syscall.EROFS, readOnly, "choose another folder"},
	} {
		if errors.Is(err, known.cause) {
			return &writeError{known.reason, known.advice, err}
		}
	}
	if isFull(err) {
		return &writeError{path + " cannot be written because the disk is full", "free some space", err}
	}
	reason := err
	if errno := syscall.Errno(0); errors.As(err, &errno) {
		reason = errno
	}
	return &writeError{fmt.Sprintf("%s cannot be written: %v", path, reason), "", err}
}

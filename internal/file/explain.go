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
	dir := filepath.Dir(path)
	out := &writeError{cause: err}
	switch {
	case errors.Is(err, fs.ErrExist):
		out.reason, out.advice = path+" already exists and was not changed", "choose another name"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		out.reason, out.advice = fmt.Sprintf("%s cannot be written because there is no folder %s", path, dir), "create the folder first"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		out.reason, out.advice = fmt.Sprintf("%s cannot be written because the folder %s is read-only", path, dir), "choose another folder"
	case isFull(err):
		out.reason, out.advice = path+" cannot be written because the disk is full", "free some space"
	default:
		reason := err
		if errno := syscall.Errno(0); errors.As(err, &errno) {
			reason = errno
		}
		out.reason = fmt.Sprintf("%s cannot be written: %v", path, reason)
	}
	return out
}

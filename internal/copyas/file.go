package copyas

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// WriteFile writes data to a new file that only the user can read. The file is
// there as a whole or not at all.
//
// What stands at path already is left alone, a symbolic link included, and the
// error wraps [fs.ErrExist]; with overwrite it is replaced, and a link with it.
// Every error says what to do and never holds the data.
//
// It is here, and not among what the console needs from the terminal, because
// it is one more way in which a token leaves the desk, and the commands go it
// as well.
func WriteFile(path string, data []byte, overwrite bool) (err error) {
	dir := filepath.Dir(path)
	if info, err := os.Lstat(path); err == nil {
		if info.IsDir() {
			return &fileError{path + " is a folder: name a file in it", fs.ErrExist}
		}
		if !overwrite {
			return explain(path, fs.ErrExist)
		}
	}
	tmp, err := os.CreateTemp(dir, ".tokendesk-*") // 0600 under any umask
	if err != nil {
		return explain(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return explain(path, err)
	}
	return explain(path, publish(tmp.Name(), path, overwrite))
}

// publish gives the finished file its name. A rename replaces what is there, so
// a name that must be new is taken first: of two programs only one can.
func publish(tmp, path string, overwrite bool) error {
	if overwrite {
		return os.Rename(tmp, path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_ = f.Close()
	if err := os.Rename(tmp, path); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}

// fileError says in one sentence why there is no file, and what to do.
type fileError struct {
	sentence string
	cause    error
}

func (e *fileError) Error() string { return e.sentence }
func (e *fileError) Unwrap() error { return e.cause }

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
	return &fileError{sentence, err}
}

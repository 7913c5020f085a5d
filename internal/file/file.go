// Package file reads small files, and writes files completely or not at all: it writes a
// temporary file in the same folder and renames that when it is complete. The errors of
// writing have advice, see [advice.Of].
package file

import (
	"crypto/rand"
	"io/fs"
	"os"
	"path/filepath"
)

// private is the mode of a file that only the user can read.
const private fs.FileMode = 0o600

// New writes a file that only the user can read, whatever the umask.
//
// If something exists at path, even a symbolic link, it stays unchanged and the error
// wraps [fs.ErrExist]. No error contains the data.
func New(path string, data []byte) error {
	if info, err := os.Lstat(path); err == nil {
		if info.IsDir() {
			return &writeError{path + " is a folder", "choose a file in it", fs.ErrExist}
		}
		return explain(path, fs.ErrExist)
	}
	return explain(path, write(path, data, private, true, claim))
}

// Replace writes a file that only the user can read and replaces whatever exists at
// path, even a symbolic link. Its errors are those of [New].
func Replace(path string, data []byte) error {
	return explain(path, write(path, data, private, true, os.Rename))
}

// Rewrite replaces the content of a file. It follows a symbolic link and keeps the
// mode; a new file gets perm less the umask. It writes directly to anything that is
// not a regular file, such as a pipe or a terminal. Its errors are those of [New].
func Rewrite(path string, data []byte, perm fs.FileMode) error {
	return explain(path, rewrite(path, data, perm, os.Rename))
}

// rewrite is [Rewrite] with another way to publish the temporary file.
func rewrite(path string, data []byte, perm fs.FileMode, publish func(from, to string) error) error {
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		path = followed
	}
	info, err := os.Stat(path)
	exists := err == nil
	if exists && !info.Mode().IsRegular() {
		return os.WriteFile(path, data, perm) //nolint:wrapcheck // the callers explain it
	}
	if exists {
		perm = info.Mode().Perm()
	}
	return write(path, data, perm, exists, publish)
}

// write writes a temporary file beside path and calls publish with both names. If
// exact is true the mode is not reduced by the umask.
func write(path string, data []byte, mode fs.FileMode, exact bool, publish func(from, to string) error) (err error) {
	name := filepath.Join(filepath.Dir(path), ".tokendesk-"+rand.Text())
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(name)
		}
	}()
	if exact {
		_ = f.Chmod(mode) // fails on a file system without modes
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = publish(name, path)
	}
	return err
}

// claim renames a file to a name that must be new. Since a rename replaces an
// existing file, it creates one with that name first: of two programs only one can.
func claim(from, to string) error {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	if err != nil {
		return err
	}
	_ = f.Close()
	if err := os.Rename(from, to); err != nil {
		_ = os.Remove(to)
		return err
	}
	return nil
}

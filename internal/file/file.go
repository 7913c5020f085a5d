// Package file writes files that are there as a whole or not at all: the text
// goes to a temporary file in the same folder, which gets the name when it is
// finished. Its errors are sentences that say what to do.
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
// What stands at path already is left alone, a symbolic link included, and the
// error wraps [fs.ErrExist]. Every error says what to do and never holds the
// data.
func New(path string, data []byte) error {
	if info, err := os.Lstat(path); err == nil {
		if info.IsDir() {
			return &writeError{path + " is a folder: name a file in it", fs.ErrExist}
		}
		return explain(path, fs.ErrExist)
	}
	return explain(path, write(path, data, private, true, take))
}

// Replace writes a file that only the user can read in place of what stands at
// path, a symbolic link included. Its errors are those of [New].
func Replace(path string, data []byte) error {
	return explain(path, write(path, data, private, true, os.Rename))
}

// Rewrite gives a file another content: a link to a file stays one, the mode stays
// as it is, and a new file gets perm less the umask. What is no regular file,
// such as a pipe or a terminal, is written to. Its errors are those of [New].
func Rewrite(path string, data []byte, perm fs.FileMode) error {
	target := path
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		target = followed
	}
	info, err := os.Stat(target)
	exists := err == nil
	if exists && !info.Mode().IsRegular() {
		return explain(path, os.WriteFile(target, data, perm))
	}
	if exists {
		perm = info.Mode().Perm()
	}
	return explain(path, write(target, data, perm, exists, os.Rename))
}

// write writes a temporary file beside path and hands both names to publish. With
// exact the umask takes nothing from the mode.
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
		_ = f.Chmod(mode) // a file system without modes refuses
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

// take renames a file to a name that must be new. A rename replaces what is there,
// so the name is taken first: of two programs only one can.
func take(from, to string) error {
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

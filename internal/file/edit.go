package file

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// editTries is how often an edit is made again because the file has changed meanwhile.
const editTries = 3

// errChanged says that the file is not the one that was read.
var errChanged = errors.New("the file has changed")

// Edit changes a file under a lock that every program of this kind respects, so that of
// two edits at the same moment none is lost. It calls edit, which reads the file and
// returns what it has read and what to write instead; nil means that there was no file.
// If another program has changed the file meanwhile, edit is called again. Edit writes
// nothing if both are equal, and otherwise writes like [Rewrite].
//
// The error is that of edit, or one of those of [New].
func Edit(path string, perm fs.FileMode, edit func() (before, after []byte, err error)) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	unlock, err := Lock(path, lockWait)
	if err != nil {
		return err
	}
	defer unlock()
	for range editTries {
		before, after, err := edit()
		if err != nil || before != nil && bytes.Equal(before, after) {
			return err
		}
		err = rewrite(path, after, perm, func(from, to string) error {
			if !holds(to, before) {
				return errChanged
			}
			return os.Rename(from, to)
		})
		if !errors.Is(err, errChanged) {
			return explain(path, err)
		}
	}
	return &writeError{path + " is being changed by another program and was not written", "try again", errChanged}
}

// holds reports whether a file still holds what was read. Nil means that there was none.
func holds(path string, before []byte) bool {
	if before == nil {
		_, err := os.Lstat(path)
		return errors.Is(err, fs.ErrNotExist)
	}
	now, err := Read(path, int64(len(before)))
	return err == nil && bytes.Equal(now, before)
}

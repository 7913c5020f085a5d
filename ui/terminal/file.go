package terminal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// WriteFile writes a new file that only its owner can read. It never replaces
// one: the error is then [fs.ErrExist]. The file appears under its name when it
// is complete and on the disk, or not at all.
func WriteFile(path string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".tokendesk-*") // mode 0600
	if err != nil {
		return explain(path, err)
	}
	defer os.Remove(temporary.Name()) //nolint:errcheck // gone once it was renamed
	if _, err = temporary.Write(data); err == nil {
		err = temporary.Sync()
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		// A link, unlike a rename, fails when the name is taken.
		err = os.Link(temporary.Name(), path)
		if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
			err = renameNew(temporary.Name(), path)
		}
	}
	if err != nil {
		return explain(path, err)
	}
	return nil
}

// renameNew renames where the file system has no links.
func renameNew(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to) //nolint:wrapcheck // explained by the caller
}

// explain says in a sentence why the file could not be written.
func explain(path string, err error) error {
	folder := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s exists and is not replaced: choose another name (%w)", path, fs.ErrExist)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s does not exist: make it or choose another", folder)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder %s cannot be written to: choose another", folder)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the disk is full: %s was not written", path)
	default:
		return fmt.Errorf("%s could not be written: choose another name", path)
	}
}

package file

import (
	"errors"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// tryLock creates a file in the folder that no other program can open and that goes when
// it is closed, or reports that another program has it.
func tryLock(dir string) (unlock func(), busy bool) {
	name, err := windows.UTF16PtrFromString(filepath.Join(dir, ".tokendesk.lock"))
	if err != nil {
		return func() {}, false
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_WRITE, 0, nil, windows.OPEN_ALWAYS,
		windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	switch {
	case errors.Is(err, windows.ERROR_SHARING_VIOLATION), errors.Is(err, windows.ERROR_DELETE_PENDING):
		return nil, true
	case err != nil:
		return func() {}, false // whoever writes there learns why
	}
	return func() { _ = windows.CloseHandle(handle) }, false
}

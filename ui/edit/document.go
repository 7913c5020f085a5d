package edit

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeDocument writes a file in a folder of its own that only the user can read.
func writeDocument(text string) (path string, err error) {
	dir, err := os.MkdirTemp("", "tokendesk-")
	if err != nil {
		return "", errors.New("no temporary file could be made for the editor: check TMPDIR and the free space")
	}
	path = filepath.Join(dir, "token.json")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		removeDocument(path)
		return "", errors.New("the temporary file for the editor could not be written: check the free space")
	}
	return path, nil
}

// removeDocument removes the file and its folder.
func removeDocument(path string) {
	_ = os.Remove(path)
	_ = os.Remove(filepath.Dir(path))
}

// readDocument returns what an editor left.
func readDocument(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxEdited {
		return "", fmt.Errorf("what the editor left has %d bytes, more than the %d that are read", info.Size(), maxEdited)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", errors.New("what the editor left could not be read, nothing was changed")
	}
	return string(text), nil
}

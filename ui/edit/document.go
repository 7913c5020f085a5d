package edit

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tokendesk/explain"
)

// writeDocument writes a file in a new folder that only the user can read.
func writeDocument(text string) (path string, err error) {
	dir, err := os.MkdirTemp("", "tokendesk-")
	if err != nil {
		return "", explain.Line{Text: "no temporary file could be created for the editor", Do: "check TMPDIR and the free disk space"}
	}
	path = filepath.Join(dir, "token.json")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		removeDocument(path)
		return "", explain.Line{Text: "the temporary file for the editor could not be written", Do: "check the free disk space"}
	}
	return path, nil
}

// removeDocument removes the file and its folder.
func removeDocument(path string) {
	_ = os.Remove(path)
	_ = os.Remove(filepath.Dir(path))
}

// readDocument returns the text that an editor has written.
func readDocument(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxEdited {
		return "", fmt.Errorf("the edited text has %d bytes, and the maximum is %d", info.Size(), maxEdited)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", errors.New("the edited text could not be read, so nothing was changed")
	}
	return string(text), nil
}

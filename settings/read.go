package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"tokendesk/internal/file"
)

// ReadFile returns the content of a file of at most limit bytes. Its error is a
// *[Problem].
func ReadFile(path string, limit int64) ([]byte, error) {
	data, err := file.Read(path, limit)
	switch {
	case errors.Is(err, file.ErrTooLarge):
		return nil, &Problem{File: path, Text: fmt.Sprintf("it is larger than %d KiB", limit>>10), Do: "check that it is the right file"}
	case err != nil:
		return nil, ExplainRead(path, err)
	}
	return data, nil
}

// ExplainRead returns a *[Problem] that says why a file cannot be read.
func ExplainRead(path string, err error) error {
	problem := &Problem{File: path, Text: "it cannot be read", cause: err}
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		problem.Text, problem.Do = "no such file", "check the name"
	case errors.Is(err, fs.ErrPermission):
		problem.Do = "check the permissions of the file and its folders"
	case statErr == nil && info.IsDir():
		problem.Text, problem.Do = "it is a folder, not a file", "choose a file"
	}
	return problem
}

package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ReadFile returns the content of a file of at most limit bytes. Its error is a
// *[Problem].
func ReadFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ExplainRead(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, ExplainRead(path, err)
	}
	if int64(len(data)) > limit {
		return nil, &Problem{File: path, Text: fmt.Sprintf("it is larger than %d KiB", limit>>10), Do: "check that it is the right file"}
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

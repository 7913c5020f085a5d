package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ReadFile returns the content of a file of at most limit bytes. Its error is a
// sentence for the user.
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
		return nil, fmt.Errorf("%s: it is larger than %d KiB; check that it is the right file", path, limit>>10)
	}
	return data, nil
}

// ExplainRead says in a sentence why a file cannot be read.
func ExplainRead(path string, err error) error {
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file; check the name", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: it cannot be read; check the permissions of the file and of its folders", path)
	case statErr == nil && info.IsDir():
		return fmt.Errorf("%s: it is a folder; name a file", path)
	default:
		return fmt.Errorf("%s: it cannot be read", path)
	}
}

package file

import (
	"errors"
	"io"
	"os"
)

// ErrTooLarge says that a file is larger than [Read] was told.
var ErrTooLarge = errors.New("the file is too large")

// Read returns the content of a file of at most limit bytes. Its other errors are those of
// the operating system.
func Read(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what the file is
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	return data, err //nolint:wrapcheck // likewise
}

package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tokendesk/internal/file"
)

// Health is what can be said of the ledger without reading its rows.
type Health struct {
	// Bytes is how large the file is, and First the time of its first row. They are zero if
	// there is no file yet.
	Bytes int64
	First time.Time
	// Problem is why it cannot be written, or nil. It has advice.
	Problem error
}

// Health looks at the file, and changes nothing.
func (l *Ledger) Health() Health {
	if l.path == "" {
		return Health{Problem: errNoFolder()}
	}
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND, 0)
	if errors.Is(err, fs.ErrNotExist) && linkToNothing(l.path) == nil {
		return Health{Problem: creatable(l.path)}
	}
	if err != nil {
		return Health{Problem: failed(l.path, err)}
	}
	defer f.Close()
	e := end{path: l.path, f: f}
	err = e.look()
	return Health{Bytes: e.size, First: e.first, Problem: err}
}

// creatable returns why a file cannot be created, or nil.
func creatable(path string) error {
	dir := filepath.Dir(path)
	for !exists(dir) && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return failed(path, fs.ErrNotExist)
	}
	if err := file.CanCreateIn(dir); err != nil {
		return failed(path, err)
	}
	return nil
}

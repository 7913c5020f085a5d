package ledger

import (
	"errors"
	"io/fs"
	"iter"
	"os"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// Rows yields the rows that a query finds, the newest first, of the file and of the older
// one. A damaged line yields a *[Damaged] in its place, even if the query restricts the
// rows, and the rows continue after it. Any other error is the last. Without a file there are no rows.
//
// They are those that were in the files when it began.
func (l *Ledger) Rows(q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if l.path == "" {
			return
		}
		both, err := l.snapshot()
		defer func() {
			for _, s := range both {
				_ = s.f.Close()
			}
		}()
		if err != nil {
			yield(Row{}, err)
			return
		}
		for _, s := range both {
			if !s.search(q.filter(), yield) {
				return
			}
		}
	}
}

// snapshot is a file as it was at one moment.
type snapshot struct {
	path  string
	f     *os.File
	size  int64
	lines []int // the line feeds before each block of countBlock bytes, when they were counted
}

// snapshot opens the files that there are, the newer first. Meanwhile nothing is written, so
// that no row is half there and neither file takes the place of the other.
func (l *Ledger) snapshot() ([]*snapshot, error) {
	if unlock, err := file.Lock(l.path, lockWait); err == nil {
		defer unlock()
	} // otherwise the last row may be half there
	var both []*snapshot
	for _, path := range []string{l.path, l.Older()} {
		f, info, err := openRegular(path)
		link := linkToNothing(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && link == nil:
			continue
		case errors.Is(err, fs.ErrNotExist):
			return both, link
		case errors.Is(err, errIrregular):
			return both, irregular(path)
		case err != nil:
			return both, unreadable(path)
		}
		both = append(both, &snapshot{path: path, f: f, size: info.Size()})
	}
	return both, nil
}

// errIrregular says that a file is a folder, a pipe or a device.
var errIrregular = errors.New("it is no regular file")

// openRegular opens a regular file for reading. It looks first: opening a pipe would wait for
// somebody who writes into it.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errIrregular
	}
	if err != nil {
		return nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // the caller explains it
	}
	if info, err = f.Stat(); err != nil {
		_ = f.Close()
		return nil, nil, err //nolint:wrapcheck // likewise
	}
	return f, info, nil
}

func unreadable(path string) error {
	return advice.New(path+" cannot be read", "check its permissions")
}

func irregular(path string) error {
	return advice.New(path+" is not a regular file, so it cannot be the ledger", "choose another name with LEDGER_FILE")
}

// linkToNothing says that a path is a symbolic link to a file that does not exist, or is nil.
func linkToNothing(path string) error {
	target, err := os.Readlink(path)
	if err != nil || !missing(path) {
		return nil //nolint:nilerr // it is no link
	}
	return advice.New(path+" is a symbolic link to "+target+", which does not exist", "create that file, or remove the link")
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

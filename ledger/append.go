package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// lockWait is how long Append waits for other programs that are writing rows, each of which
// takes microseconds.
const lockWait = 2 * time.Second

// errNoFolder says that there is no path.
func errNoFolder() error {
	return advice.New("there is no folder for the ledger", "set HOME or XDG_STATE_HOME, or LEDGER=off to do without")
}

// Append writes rows to the file, one write a row. If a row could not be written, the error
// says why, and has advice; or it is a *[Torn], and all rows are written.
//
// The file is not flushed to the disk: a ledger may lose its last rows when the power fails.
func (l *Ledger) Append(rows ...Row) error {
	if l.path == "" {
		return errNoFolder()
	}
	unlock, f, err := l.openLocked()
	if err != nil {
		return err
	}
	defer unlock()
	end := end{path: l.path, f: f}
	defer func() { _ = end.f.Close() }()
	if err := end.look(); err != nil {
		return err
	}
	if l.due(&end) {
		if err := l.rotate(&end); err != nil {
			return err
		}
	}
	torn := end.torn()
	var line []byte
	for n := range rows {
		line = line[:0]
		if n == 0 && end.open {
			line = append(line, '\n')
		}
		r := rows[n]
		if r.When.IsZero() {
			r.When = l.now()
		}
		if err := end.write(encodeFitting(line, r)); err != nil {
			return err
		}
	}
	return torn
}

// openLocked locks the folder and opens the file, and creates what is missing.
func (l *Ledger) openLocked() (unlock func(), f *os.File, err error) {
	for {
		unlock, err = file.Lock(l.path, lockWait)
		if err != nil {
			return nil, nil, err
		}
		f, err = openFile(l.path)
		if err == nil {
			return unlock, f, nil
		}
		unlock() // of a folder that there may not be
		if _, missing := os.Stat(filepath.Dir(l.path)); !errors.Is(missing, fs.ErrNotExist) {
			return nil, nil, failed(l.path, err)
		}
		if err := makeFolder(filepath.Dir(l.path)); err != nil {
			return nil, nil, failed(l.path, err)
		}
	}
}

// openFile opens the file, or creates it. Only the user can read it, whatever the umask.
func openFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err == nil {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
			_ = f.Chmod(0o600) // fails on a file system without modes
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	f, err = os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_ = f.Chmod(0o600) // fails on a file system without modes
	}
	return f, err
}

// makeFolder creates a folder and those above it that are missing. Only the user can use
// them, whatever the umask.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err //nolint:wrapcheck // the caller explains it
	}
	if above := filepath.Dir(dir); above != dir {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist): // another program was faster, or it is a link to a folder that is not there
		_, err = os.Stat(dir)
		return err //nolint:wrapcheck // the caller explains it
	case err != nil:
		return err //nolint:wrapcheck // the caller explains it
	}
	return os.Chmod(dir, 0o700) //nolint:gosec,wrapcheck // a folder needs it; the caller explains the error
}

// failed says why the ledger was not written.
func failed(path string, err error) error {
	const without = "set LEDGER=off to do without a ledger, or LEDGER_FILE to keep it elsewhere"
	if link := linkToNothing(path); link != nil {
		return link
	}
	switch explained := file.Explain(path, err); {
	case errors.Is(err, fs.ErrPermission) && exists(path):
		return advice.New(path+" cannot be written because of its permissions", "run chmod u+rw on it")
	case errors.Is(err, fs.ErrPermission), advice.Of(explained) == "":
		return advice.Add(explained, without)
	default:
		return explained
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// rotate makes the file the older one, and begins a new one. The folder is locked.
func (l *Ledger) rotate(e *end) error {
	_ = e.f.Close() // Windows renames no open file
	err := os.Rename(l.path, l.Older())
	f, opened := openFile(l.path)
	if opened != nil {
		return failed(l.path, opened)
	}
	if err != nil && e.size > 2*l.maxBytes { // it goes on growing for a while
		_ = f.Close()
		return advice.New(fmt.Sprintf("%s is full, and cannot be renamed to %s", l.path, l.Older()), "move it away")
	}
	*e = end{path: l.path, f: f}
	return e.look()
}

// due reports whether the file has to become the older one.
func (l *Ledger) due(e *end) bool {
	return e.size >= l.maxBytes || !e.first.IsZero() && l.now().Sub(e.first) >= l.maxAge
}

package ledger

import (
	"os"
	"path/filepath"

	"tokendesk/auth/advice"
)

// Append writes rows to the file, one write a row. The error says why a row is missing, and
// has advice; or it is a *[Torn], and all rows are written.
func (l *Ledger) Append(rows ...Row) error {
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return advice.New(filepath.Dir(l.path)+" cannot be created", "check its permissions")
	}
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return advice.New(l.path+" cannot be opened", "check its permissions")
	}
	defer f.Close()
	for _, r := range rows {
		if r.When.IsZero() {
			r.When = l.now()
		}
		if _, err := f.Write(encode(nil, &r)); err != nil {
			return advice.New(l.path+" cannot be written", "check its permissions")
		}
	}
	return nil
}

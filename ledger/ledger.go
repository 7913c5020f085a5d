// Package ledger records what was issued, in an append-only file of JSON lines: everything
// about a token except its signature, so never the token.
//
// [Open] returns a [Ledger]. [Ledger.Append] writes rows, and [Ledger.Rows] finds them, the
// newest first. The fields of a [Row] are a closed list.
// Many programs may use the same file at once. A checksum in each row finds damage; nothing
// stops anyone from changing the file on purpose.
package ledger

import (
	"path/filepath"
	"strings"
	"time"
)

// MaxBytes is how large the file may become before it becomes the older one, which it
// replaces, and a new one begins.
const MaxBytes = 64 << 20

// MaxAge is how old its first row may become before that.
const MaxAge = 90 * 24 * time.Hour

// Ledger is the ledger in one file, and the older one beside it. It can be used from any
// goroutine.
type Ledger struct {
	path     string
	now      func() time.Time
	maxBytes int64
	maxAge   time.Duration
}

// Open returns the ledger in a file. It opens nothing: the file is opened for each call,
// and created when something is written. The clock is that of the rows; nil is the system's.
func Open(path string, now func() time.Time) *Ledger {
	if now == nil {
		now = time.Now
	}
	return &Ledger{path: path, now: now, maxBytes: MaxBytes, maxAge: MaxAge}
}

// In returns the ledger with the same clock in another file.
func (l *Ledger) In(path string) *Ledger {
	out := *l
	out.path = path
	return &out
}

// Path returns the path of the file, or nothing if there is no ledger.
func (l *Ledger) Path() string {
	if l == nil {
		return ""
	}
	return l.path
}

// Older returns the path of the older file: ledger.1.jsonl for ledger.jsonl.
func (l *Ledger) Older() string {
	ext := filepath.Ext(l.path)
	return strings.TrimSuffix(l.path, ext) + ".1" + ext
}

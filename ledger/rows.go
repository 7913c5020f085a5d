package ledger

import (
	"bytes"
	"errors"
	"io/fs"
	"iter"
	"os"
	"slices"
)

// Rows yields the rows that a query finds, the newest first, of the file and of the older
// one. A line that is damaged yields a *[Damaged] in its place, whatever the query; the
// rows go on after it. Any other error is the last. Without a file there are no rows.
func (l *Ledger) Rows(q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, path := range []string{l.path, l.Older()} {
			if !rowsOf(path, &q, yield) {
				return
			}
		}
	}
}

func rowsOf(path string, q *Query, yield func(Row, error) bool) bool {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil {
		yield(Row{}, err)
		return false
	}
	lines := slices.Collect(bytes.Lines(data))
	for n, line := range slices.Backward(lines) {
		row, err := decode(bytes.TrimSuffix(line, []byte("\n")))
		switch {
		case err != nil:
			if !yield(Row{}, &Damaged{path, n + 1, err}) {
				return false
			}
		case q.Matches(&row):
			if !yield(row, nil) {
				return false
			}
		}
	}
	return true
}

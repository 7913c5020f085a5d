//go:build unix

package ledger

import (
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A pipe in the place of a file is an error. Nobody waits for what is written into it.
func TestPipes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ledger.jsonl", "ledger.1.jsonl", "state.json"} {
		path := filepath.Join(t.TempDir(), name)
		if err := unix.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			if name == "state.json" {
				_, err := LoadState(path)
				done <- err
				return
			}
			var last error
			for _, err := range Open(filepath.Join(filepath.Dir(path), "ledger.jsonl"), nil).Rows(Query{}) {
				last = err
			}
			done <- last
		}()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("%s: no error", name)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it waits for a writer", name)
		}
	}
}

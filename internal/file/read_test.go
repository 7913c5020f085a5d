package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int64]error{4: ErrTooLarge, 5: nil, 6: nil} {
		data, err := Read(path, limit)
		if !errors.Is(err, want) || err == nil && string(data) != "12345" || err != nil && data != nil {
			t.Errorf("up to %d bytes: %q, %v", limit, data, err)
		}
	}
	if _, err := Read(path+"b", 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
}

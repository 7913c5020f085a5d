package file

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFree(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, want := range []string{"token.txt", "token-2.txt", "token-3.txt"} {
		path := Free(filepath.Join(dir, "token.txt"))
		if filepath.Base(path) != want {
			t.Errorf("got %s, want %s", path, want)
		}
		if err := New(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	if os.Symlink("nowhere", filepath.Join(dir, "link")) == nil {
		if got := filepath.Base(Free(filepath.Join(dir, "link"))); got != "link-2" {
			t.Errorf("beside a dangling link the name is %s", got)
		}
	}
	if got, want := Free(filepath.Join(dir, "none", "x")), filepath.Join(dir, "none", "x"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

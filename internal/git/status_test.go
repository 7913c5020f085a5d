package git_test

import (
	"os"
	"path/filepath"
	"testing"

	"tokendesk/internal/git"
)

// Not parallel: the environment is the process's.
func TestStatusWithoutGit(t *testing.T) {
	t.Setenv("PATH", "")
	folder := t.TempDir()
	file := filepath.Join(folder, ".env")
	if status := git.StatusOf(t.Context(), file); status != (git.Status{}) {
		t.Errorf("outside of a checkout: %+v", status)
	}
	if err := os.Mkdir(filepath.Join(folder, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	status := git.StatusOf(t.Context(), file)
	if !status.Checkout || status.Unknown != "there is no git program to ask" {
		t.Errorf("inside of a checkout: %+v", status)
	}
}

package git_test

import (
	"os"
	"path/filepath"
	"testing"

	"tokendesk/internal/git"
)

// Not parallel: the environment belongs to the process.
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
	if !status.Checkout || status.Unknown != "git is not installed" {
		t.Errorf("inside of a checkout: %+v", status)
	}
}

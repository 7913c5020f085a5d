package git_test

import (
	"os"
	"os/exec"
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

// A pattern matches the name that it was made for, whatever is in it, and git agrees.
func TestPattern(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if _, err := exec.LookPath("git"); err == nil {
		if out, err := exec.CommandContext(t.Context(), "git", "-C", folder, "init", "-q").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	} else if err := os.Mkdir(filepath.Join(folder, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		".env", ".env.a[b]", ".env.*", ".env.?", `.env.a\b`, "#env", "!env", ".env.trailing  ", " .env", ".env.[!a]", ".env.größer 字",
		"**", "a\nb", "a\r",
	} {
		ignore := filepath.Join(folder, ".gitignore")
		if err := os.WriteFile(ignore, []byte(git.Pattern(name)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		status := git.StatusOf(t.Context(), filepath.Join(folder, name))
		if !status.Ignored && status.Unknown == "" {
			t.Errorf("git does not ignore %q with the pattern %q", name, git.Pattern(name))
		}
		if other := git.StatusOf(t.Context(), filepath.Join(folder, "x"+name)); other.Ignored {
			t.Errorf("the pattern %q for %q matches another name", git.Pattern(name), name)
		}
	}
}

//go:build unix

package test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	t.Parallel()
	if out, _, code := run(t, "", nil, "--help"); code != 0 || !strings.Contains(out, "--plain") || !strings.Contains(out, "--env-file") {
		t.Errorf("--help: %d\n%s", code, out)
	}
	if out, _, code := run(t, "", nil, "--version"); code != 0 || !strings.Contains(out, "tokendesk") {
		t.Errorf("--version: %d\n%s", code, out)
	}
	for _, arg := range []string{"nonsense", "--nonsense"} {
		out, errs, code := run(t, "", nil, arg)
		if code != 2 || out != "" || !strings.HasPrefix(errs, "tokendesk: ") || strings.Count(errs, "\n") != 2 {
			t.Errorf("%s: %d, stdout %q, stderr %q", arg, code, out, errs)
		}
	}
}

// init writes the .env.template of the repository with a secret in it.
func TestInitWritesTheTemplate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := command(t, dir, nil, "init").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	written, err := os.ReadFile(filepath.Join(dir, ".env"))
	if err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(`(?m)^SECRET_KEY=\S+$`).ReplaceAllLiteralString(string(written), "SECRET_KEY=")
	if want := document(t, ".env.template"); got != want || got == string(written) {
		t.Errorf("init wrote\n%s\nwhich is not .env.template with a secret", got)
	}
}

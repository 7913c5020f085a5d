package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun tries the changes to a small module: its own test sees one, the test
// of a package that depends on it another, and nobody sees the third.
func TestRun(t *testing.T) {
	files := map[string]string{
		"go.mod": "module sample\n\ngo 1.26.0\n",
		"sums/sums.go": "package sums\n\nfunc Seen() int { return 1 }\n\nfunc Used() int { return 1 }\n\nfunc Unseen() int { " +
			"return 1 }\n",
		"sums/sums_test.go": "package sums\n\nimport \"testing\"\n\nfunc TestSeen(t *testing.T) {\n\tif Seen() != 1 " +
			"{\n\t\tt.Fail()\n\t}\n}\n",
		"sums/use/use_test.go": "package use\n\nimport (\n\t\"testing\"\n\n\t\"sample/sums\"\n)\n\nfunc TestUsed(t *testing.T) {\n\tif " +
			"sums.Used() != 1 {\n\t\tt.Fail()\n\t}\n}\n",
		"sums/use/doc.go": "package use\n",
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-dir", "sums", "-only", ":constant:|:drop:", "-draw", "3"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\n3 tried: 2 killed, 0 of them by a timeout, and 1 survived; ",
		"sums/sums.go:Unseen:constant:1 -> 2\nsums/sums.go:7\n-func Unseen() int { return 1 }\n+func Unseen() int { return 2 }\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	source, err := os.ReadFile("sums/sums.go")
	if err != nil || string(source) != files["sums/sums.go"] {
		t.Errorf("the file was written: %s, %v", source, err)
	}
}

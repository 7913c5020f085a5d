package ask_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tokendesk/internal/ask"
)

func TestEditor(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		environ []string
		want    string
	}{
		{nil, ""},
		{[]string{"EDITOR=vi", "VISUAL=code --wait"}, "code --wait"},
		{[]string{"VISUAL= ", "EDITOR= vi "}, "vi"},
		{[]string{"VISUAL=", "EDITOR="}, ""},
		{[]string{"MY_EDITOR=x", "EDITORS=y"}, ""},
	} {
		if got := ask.Editor(test.environ); got != test.want {
			t.Errorf("%q: got %q, want %q", test.environ, got, test.want)
		}
	}
}

// The command line of the editor may hold arguments, and the path any character. The editor does
// not find the secret in its environment.
func TestEdit(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the editor is a shell script")
	}
	path := filepath.Join(t.TempDir(), `a 'b' "c" $(d).yaml`)
	const command = `env > "$OUT.env"; printf '%s' "$KEPT" >`
	cmd := ask.Edit(command, path, []string{
		"PATH=" + os.Getenv("PATH"), "OUT=" + path, "KEPT=kept", "SECRET_KEY=Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ",
	})
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "kept" {
		t.Errorf("the file has %q, %v", text, err)
	}
	environ, err := os.ReadFile(path + ".env")
	if err != nil || strings.Contains(string(environ), "Canary") {
		t.Errorf("the environment is %s, %v", environ, err)
	}
}

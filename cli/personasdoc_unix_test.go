//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every command of docs/personas.md runs with the file in that document and prints the
// text below it. UPDATE_SCRIPTS=1 updates the text.
func TestPersonasDocument(t *testing.T) {
	t.Parallel()
	const path = "../docs/personas.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	fence := regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	files := map[string]string{"yaml": "personas.yaml", "csv": "users.csv", "wrong": "wrong.yaml"}
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(".env", "SECRET_KEY="+batchSecret+"\n")
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		if name := files[m[1]]; name != "" {
			write(name, m[2])
		}
	}
	commands := 0
	got := fence.ReplaceAllStringFunc(string(text), func(block string) string {
		m := fence.FindStringSubmatch(block)
		if m[1] != "" && m[1] != "sh" {
			return block
		}
		var out strings.Builder
		for line := range strings.Lines(m[2]) {
			command, shown := strings.CutPrefix(line, "$ ")
			if !shown && m[1] != "sh" {
				continue // the old output
			}
			cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "SECRET_KEY=", "TZ=UTC", endsAtOnce)
			printed, err := cmd.CombinedOutput()
			if err != nil && !strings.Contains(command, "wrong") {
				t.Errorf("%s: %v: %s", command, err, printed)
			}
			out.WriteString(line)
			if shown {
				out.Write(printed)
			}
			commands++
		}
		return "```" + m[1] + "\n" + out.String() + "```"
	})
	if commands < 9 {
		t.Errorf("only %d commands were found", commands)
	}
	if got == string(text) {
		return
	}
	if os.Getenv("UPDATE_SCRIPTS") == "" {
		t.Errorf("it prints something else:\n%s", got)
		return
	}
	if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
		t.Fatal(err)
	}
}

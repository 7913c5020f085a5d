//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The shapes of --json are those that docs/commands.md promises, with no member more
// or less: a script depends on them.
func TestDocumentHasEveryMember(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		".env": "SECRET_KEY=" + batchSecret + "\n", "users.txt": "ada\n", "personas.yaml": "a: {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) []byte {
		cmd := program(t, "tokendesk", append(args, "--json")...)
		cmd.Dir = dir
		out, _ := cmd.Output() // some of them fail, and then have other members
		return out
	}
	good := string(bytes.TrimSpace(output(t, dir, "issue", "ada", "--expires-in", "1s")))
	odd := `eyJhbGciOiJub25lIn0.eyJleHAiOjF9.`
	for _, tt := range []struct {
		command string
		outputs [][]byte
	}{
		{"issue", [][]byte{run("issue", "ada")}},
		{"inspect", [][]byte{run("inspect", odd), run("inspect", "--compare", good, odd)}},
		{"verify", [][]byte{run("verify", good, "--audience", "x")}},
		{"watch", [][]byte{run("watch", odd), run("watch", "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.AAAA")}},
		{"batch", [][]byte{run("batch", "users.txt")}},
		{"personas", [][]byte{run("personas")}},
		{"keys", [][]byte{run("keys", "list")}},
		{"init", [][]byte{run("init", "--env-file", "new.env")}},
		{"doctor", [][]byte{run("doctor")}},
	} {
		_, section, _ := strings.Cut(string(text), "\n## "+tt.command+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		want := documented(section)
		got := map[string]bool{}
		for _, output := range tt.outputs {
			for line := range bytes.Lines(output) {
				var value any
				if err := json.Unmarshal(line, &value); err != nil {
					t.Fatalf("%s: %v in %s", tt.command, err, output)
				}
				paths(value, "", got)
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s has the members\n%q\nand docs/commands.md\n%q", tt.command, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
}

func output(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := program(t, "tokendesk", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// documented returns the members in the tables of a section.
func documented(section string) map[string]bool {
	members := map[string]bool{}
	name := regexp.MustCompile("`([a-z_.\\[\\]]+)`")
	inside := false
	for line := range strings.Lines(section) {
		switch {
		case line == "| member | |\n":
			inside = true
		case !strings.HasPrefix(line, "|"):
			inside = false
		case inside:
			cell, _, _ := strings.Cut(line[1:], "|")
			for _, m := range name.FindAllStringSubmatch(cell, -1) {
				members[m[1]] = true
			}
		}
	}
	return members
}

// paths collects the members of a value, but not those of the token itself.
func paths(value any, path string, found map[string]bool) {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			inner := strings.TrimPrefix(path+"."+name, ".")
			found[inner] = true
			if name != "header" && name != "claims" {
				paths(member, inner, found)
			}
		}
	case []any:
		for _, item := range value {
			paths(item, path+"[]", found)
		}
	}
}

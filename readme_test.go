package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tokendesk/settings"
)

// The documents repeat what the code knows. These tests hold them to it.

func document(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// tableRows returns the rows of the table that begins with that heading row.
func tableRows(t *testing.T, text, heading string) []string {
	t.Helper()
	lines := strings.Split(text, "\n")
	begin := slices.Index(lines, heading)
	if begin < 0 {
		t.Fatalf("there is no table with the heading %s", heading)
	}
	var rows []string
	for _, line := range lines[begin+2:] {
		if !strings.HasPrefix(line, "|") {
			break
		}
		rows = append(rows, line)
	}
	return rows
}

func compareRows(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("row %d:\n got %s\nwant %s", i+1, g, w)
		}
	}
}

func TestREADMESettings(t *testing.T) {
	t.Parallel()
	var want []string
	for _, s := range settings.Names() {
		standard := ""
		if s.Default != "" {
			standard = " `" + s.Default + "`"
		}
		want = append(want, fmt.Sprintf("| `%s` |%s | %s |", s.Name, standard, s.Text))
	}
	compareRows(t, tableRows(t, document(t, "README.md"), "| setting | default | what it is |"), want)
}

func TestTemplateSettings(t *testing.T) {
	t.Parallel()
	if envTemplate != document(t, ".env.template") {
		t.Error("the program carries another .env.template")
	}
	var got, want []string
	for _, m := range regexp.MustCompile(`(?m)^(?:# )?([A-Z_]+)=(.*)$`).FindAllStringSubmatch(envTemplate, -1) {
		got = append(got, m[1])
		if m[1] == "SECRET_KEY" && m[2] != "" {
			t.Error("the template holds a secret")
		}
	}
	for _, s := range settings.Names() {
		want = append(want, s.Name)
	}
	slices.Sort(got)
	slices.Sort(want)
	compareRows(t, got, want)
}

// TestFindingsTable compares the table of docs/tokens.md with that of package
// auth.
func TestFindingsTable(t *testing.T) {
	t.Parallel()
	source := document(t, "auth/finding.go")
	row := regexp.MustCompile(`(?m)^\t\t\{"([a-z0-9-]+)", Severity(Danger|Warning|Note), "([^"]*)", \w+\},$`)
	var want []string
	for _, m := range row.FindAllStringSubmatch(source, -1) {
		want = append(want, fmt.Sprintf("| `%s` | %s | %s |", m[1], strings.ToLower(m[2]), m[3]))
	}
	if len(want) == 0 {
		t.Fatal("no findings were found in auth/finding.go")
	}
	var got []string
	for _, line := range tableRows(t, document(t, "docs/tokens.md"), "| code | severity | source | what it says |") {
		cells := strings.SplitN(line, " | ", 4)
		got = append(got, strings.Join(cells[:min(3, len(cells))], " | ")+" |")
	}
	compareRows(t, got, want)
}

// TestREADMECommands looks for the two commands, each alone on its line.
func TestREADMECommands(t *testing.T) {
	t.Parallel()
	lines := strings.Split(document(t, "README.md"), "\n")
	for _, command := range []string{"go run .", "go test ./...", "go build -o tokendesk ."} {
		if !slices.Contains(lines, command) {
			t.Errorf("README.md does not have the line %q", command)
		}
	}
}

// TestDocumentLinks follows the links from one document to a file.
func TestDocumentLinks(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for _, from := range []struct{ path, folder string }{
		{"README.md", ""},
		{"docs/architecture.md", "docs/"},
		{"docs/benchmarks.md", "docs/"},
		{"docs/commands.md", "docs/"},
		{"docs/faults.md", "docs/"},
		{"docs/keys.md", "docs/"},
		{"docs/personas.md", "docs/"},
		{"docs/recipes.md", "docs/"},
		{"docs/security.md", "docs/"},
		{"docs/tokens.md", "docs/"},
	} {
		for _, m := range link.FindAllStringSubmatch(document(t, from.path), -1) {
			if _, err := os.Stat(from.folder + m[1]); err != nil {
				t.Errorf("%s links to %s: %v", from.path, m[1], err)
			}
		}
	}
}

// TestImports holds the packages to docs/architecture.md, imports go one way,
// and to docs/security.md, only what is there for it can open a connection.
func TestImports(t *testing.T) {
	t.Parallel()
	list := func(args ...string) []string {
		out, err := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(out))
	}
	for _, rule := range []struct{ from, never string }{
		{"./auth/...", "^(tokendesk/(settings|ui|cli)|charm.land/|github.com/charmbracelet/|github.com/spf13/|net/http$)"},
		{"./settings", "^(tokendesk/(ui|cli)|charm.land/|github.com/charmbracelet/|github.com/spf13/|net/http$)"},
		{"./ui/...", "^(tokendesk/cli|github.com/spf13/)"},
	} {
		never := regexp.MustCompile(rule.never)
		for _, path := range list("-deps", rule.from) {
			if never.MatchString(path) {
				t.Errorf("%s depends on %s", rule.from, path)
			}
		}
	}
	for _, path := range list("-f", `{{join .Imports "\n"}}`, "./auth/fault") {
		if strings.Contains(path, ".") || strings.HasPrefix(path, "tokendesk/") && path != "tokendesk/auth" && path != "tokendesk/auth/jsontext" {
			t.Errorf("auth/fault imports %s: the catalogue needs auth and the standard library", path)
		}
	}
	network := []string{"net", "net/http", "net/rpc", "net/smtp", "crypto/tls", "log/syslog"}
	connects := []string{"tokendesk/jwks", "tokendesk/probe"}
	for _, pair := range list("-f", `{{$from := .ImportPath}}{{range .Imports}}{{$from}}={{.}}{{"\n"}}{{end}}`, "./...") {
		from, path, _ := strings.Cut(pair, "=")
		if slices.Contains(network, path) && !slices.Contains(connects, from) {
			t.Errorf("%s imports %s", from, path)
		}
	}
}

// TestNoClipboardProgram holds on to the replacement of a dependency that looks
// for clipboard programs at every start, and runs them.
func TestNoClipboardProgram(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", "github.com/atotto/clipboard").Output()
	if err != nil {
		t.Fatal(err)
	}
	if dir := filepath.ToSlash(strings.TrimSpace(string(out))); !strings.HasSuffix(dir, "/ui/noclipboard") {
		t.Errorf("the clipboard package is that of %s", dir)
	}
}

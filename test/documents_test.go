package test

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

// These tests compare the documents with the code.

// tableRows returns the rows of the table that starts with that heading row.
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

func TestSettingsTable(t *testing.T) {
	t.Parallel()
	var want []string
	for _, s := range settings.Names() {
		standard := ""
		if s.Default != "" {
			standard = " `" + s.Default + "`"
		}
		want = append(want, fmt.Sprintf("| `%s` |%s | %s |", s.Name, standard, s.Text))
	}
	compareRows(t, tableRows(t, document(t, "docs/settings.md"), "| setting | default | what it is |"), want)
}

func TestTemplateSettings(t *testing.T) {
	t.Parallel()
	var got, want []string
	for _, m := range regexp.MustCompile(`(?m)^(?:# )?([A-Z_]+)=(.*)$`).FindAllStringSubmatch(document(t, ".env.template"), -1) {
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

// The table of findings in docs/tokens.md is that of package auth.
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

// README.md has these commands, each on a line of its own.
func TestREADMECommands(t *testing.T) {
	t.Parallel()
	lines := strings.Split(document(t, "README.md"), "\n")
	for _, command := range []string{"go run .", "go test ./...", "go build -o tokendesk ."} {
		if !slices.Contains(lines, command) {
			t.Errorf("README.md does not have the line %q", command)
		}
	}
}

// Every link from a document leads to a file and, with a fragment, to a heading of it.
func TestDocumentLinks(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]*))?\)`)
	documents, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(documents) == 0 {
		t.Fatalf("there are no documents: %v", err)
	}
	more, _ := filepath.Glob(filepath.Join(root, "*.md"))
	for _, path := range append(documents, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target := path
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(path), m[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s: %v", filepath.Base(path), m[1], err)
			} else if m[2] != "" && !slices.Contains(headings(t, target), m[2]) {
				t.Errorf("%s links to %s, which has no heading #%s", filepath.Base(path), filepath.Base(target), m[2])
			}
		}
	}
}

// headings returns the fragments with which GitHub links to the headings of a document.
func headings(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var fragments []string
	other := regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		fragments = append(fragments, strings.ReplaceAll(other.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return fragments
}

// TestNoClipboardProgram: no package of the program looks for clipboard programs or runs
// them. The terminal copies (OSC 52) and pastes.
func TestNoClipboardProgram(t *testing.T) {
	t.Parallel()
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.CommandContext(t.Context(), "go", "list", "-deps", module)
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		packages := strings.Fields(string(out))
		if !slices.Contains(packages, module+"/ui/widget") {
			t.Fatalf("the list of packages for %s is not complete", system)
		}
		for _, path := range packages {
			if strings.Contains(path, "clipboard") {
				t.Errorf("%s is part of the program for %s", path, system)
			}
		}
	}
}

// TestNoReplacement: go install ignores the replacements in go.mod, so there is none.
func TestNoReplacement(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "mod", "edit", "-print").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "replace") {
		t.Error("go.mod replaces a module")
	}
}

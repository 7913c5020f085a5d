package test

import (
	"cmp"
	"regexp"
	"strings"
	"testing"

	"tokendesk/settings/project"
)

// named finds the names in a cell of a table, and their values.
var named = regexp.MustCompile("`([A-Za-z_]+)(?:=([a-z0-9]+))?`")

// docs/projects.md says what is read from a project's file as package project does. The
// names at the start of a cell of secrets sign, and those after "not", "because" and the
// like do not by themselves.
func TestDocumentedProjects(t *testing.T) {
	rows := tableRows(t, document(t, "docs/projects.md"), "| project | the secret | the lifetime | also |")
	for _, row := range rows {
		cells := strings.Split(row, "|")
		signing, others := cells[2], ""
		for _, word := range []string{", not ", ", because ", ", which ", "none: "} {
			if before, after, found := strings.Cut(signing, word); found {
				signing, others = before, after
			}
		}
		for _, name := range named.FindAllStringSubmatch(signing, -1) {
			class := project.ClassOf(name[1])
			if class != project.Signs && class != project.Own {
				t.Errorf("%s: %s has the class %d", cells[1], name[1], class)
			}
			if class == project.Signs {
				checkLifetime(t, name[1], others, cells[3])
			}
		}
		for _, name := range named.FindAllStringSubmatch(others, -1) {
			if project.ClassOf(name[1]) == project.Signs {
				t.Errorf("%s: %s signs", cells[1], name[1])
			}
		}
	}
}

// checkLifetime checks that the lifetime in a cell is read beside a secret and the other
// names of the row.
func checkLifetime(t *testing.T, secret, others, cell string) {
	t.Helper()
	lifetime := named.FindStringSubmatch(cell)
	if lifetime == nil {
		return
	}
	assignments := []project.Assignment{
		{Name: secret, Value: strings.Repeat("x", 40)},
		{Name: lifetime[1], Value: cmp.Or(lifetime[2], "3600")},
		{Name: "FLASK_APP", Value: "app.py"},
	}
	for _, name := range named.FindAllStringSubmatch(others, -1) {
		assignments = append(assignments, project.Assignment{Name: name[1], Value: "base64:eHh4"})
	}
	none := func(string) (string, bool) { return "", false }
	read := project.Recognise(project.Input{Assignments: assignments, Lookup: none, Named: secret})
	if read.Lifetime.Name != lifetime[1] {
		t.Errorf("%s: the lifetime %s is not read, but %q", secret, lifetime[1], read.Lifetime.Name)
	}
}

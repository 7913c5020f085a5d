package fault

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the catalogue in docs/faults.md")

// docs/faults.md contains this catalogue.
func TestDocument(t *testing.T) {
	t.Parallel()
	const path, heading = "../../docs/faults.md", "\n## The catalogue\n"
	document, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(document), heading)
	if !found {
		t.Fatalf("%s has no heading %q", path, heading)
	}
	want := before + heading + catalogueText()
	if want == string(document) {
		return
	}
	if !*update {
		t.Fatalf("%s has another catalogue: run go test ./auth/fault -run TestDocument -update", path)
	}
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

// catalogueText returns a table for each group.
func catalogueText() string {
	var b strings.Builder
	all := Catalogue()
	depending := 0
	for _, f := range all {
		if f.Policy != "" {
			depending++
		}
	}
	fmt.Fprintf(&b, "\n%d faults. %d of them depend on the API, as a correct API may accept them.\n", len(all), depending)
	for _, group := range Groups() {
		fmt.Fprintf(&b, "\n### %s\n\n| name | what is wrong | why it must be refused | what to change in an API that accepts it "+
			"| source | verdict |\n|---|---|---|---|---|---|\n", group)
		for _, f := range all {
			if f.Group != group {
				continue
			}
			wrong, why := f.Wrong, f.Why
			if f.Needs != NeedNothing {
				wrong += " (needs " + string(f.Needs) + ")"
			}
			if f.Policy != "" {
				why += ". **Depends:** " + f.Policy
			}
			sources := []string{f.Source}
			if f.CWE != f.Source {
				sources = append(sources, f.CWE)
			}
			source := strings.Join(append(sources, f.CVE...), ", ")
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", f.Name, wrong, why, f.Fix, source, f.Verdict)
		}
	}
	return b.String()
}

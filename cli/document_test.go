package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// section returns what docs/commands.md says about a command.
func section(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n## "+name+"\n")
	if !ok {
		t.Fatalf("docs/commands.md has no section %s", name)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	return rest
}

// The flags that are in docs/commands.md are the flags that there are.
func TestDocumentHasEveryFlag(t *testing.T) {
	t.Parallel()
	flag := regexp.MustCompile("`--([a-z-]+)[` ]")
	shared := map[string]bool{}
	for _, m := range flag.FindAllStringSubmatch(section(t, "What all of them keep to"), -1) {
		shared[m[1]] = true
	}
	for _, command := range commands {
		here := map[string]bool{}
		cmd := command.make(Program{})
		text := section(t, command.name)
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			here[f.Name] = true
			if !shared[f.Name] && !strings.Contains(text, "`--"+f.Name) {
				t.Errorf("the section %s does not have --%s", command.name, f.Name)
			}
		})
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "| `-") {
				continue
			}
			cell, _, _ := strings.Cut(line[1:], "|")
			for _, m := range flag.FindAllStringSubmatch(cell, -1) {
				if !here[m[1]] {
					t.Errorf("%s has no --%s", command.name, m[1])
				}
			}
		}
	}
}

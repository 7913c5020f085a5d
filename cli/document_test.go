package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// section returns the section of docs/commands.md about a command.
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

// docs/commands.md has every flag, and no other.
func TestDocumentHasEveryFlag(t *testing.T) {
	t.Parallel()
	flag := regexp.MustCompile("`--([a-z-]+)[` ]")
	shared := map[string]bool{}
	for _, m := range flag.FindAllStringSubmatch(section(t, "Common rules"), -1) {
		shared[m[1]] = true
	}
	for name, command := range commands {
		here := map[string]bool{}
		cmd := command(Program{})
		text := section(t, name)
		for _, cmd := range append(cmd.Commands(), cmd) {
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				here[f.Name] = true
				if !shared[f.Name] && !strings.Contains(text, "`--"+f.Name) {
					t.Errorf("the section %s does not have --%s", name, f.Name)
				}
			})
		}
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "| `-") {
				continue
			}
			cell, _, _ := strings.Cut(line[1:], "|")
			for _, m := range flag.FindAllStringSubmatch(cell, -1) {
				if !here[m[1]] {
					t.Errorf("%s has no --%s", name, m[1])
				}
			}
		}
	}
}

// The command lines in the code of the documents name existing commands and flags,
// so that examples which no test can run do not go stale.
func TestDocumentsUseExistingFlags(t *testing.T) {
	t.Parallel()
	fence := regexp.MustCompile("(?ms)^```.*?^```$")
	use := regexp.MustCompile(`\btokendesk ([a-z]+)\b([^|;&<>\n]*)`)
	flag := regexp.MustCompile(`\s(?:--([a-z-]+)|-([a-z]))\b`)
	for _, path := range []string{
		"../README.md", "../docs/commands.md", "../docs/recipes.md", "../docs/keys.md", "../docs/personas.md", "../docs/faults.md",
		"../docs/probe.md", "../docs/ledger.md",
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		code := strings.Join(fence.FindAllString(string(text), -1), "\n")
		uses := use.FindAllStringSubmatch(code, -1)
		if len(uses) == 0 && path != "../README.md" {
			t.Errorf("%s: no command was found", path)
		}
		for _, m := range uses {
			command := commands[m[1]]
			if command == nil {
				t.Errorf("%s: there is no command in %s", path, m[0])
				continue
			}
			cmd := command(Program{})
			if inner, _, err := cmd.Find(strings.Fields(m[2])); err == nil {
				cmd = inner
			}
			arguments, _, _ := strings.Cut(m[2], " -- ")
			for _, f := range flag.FindAllStringSubmatch(arguments, -1) {
				if cmd.Flags().Lookup(f[1]) == nil && cmd.Flags().ShorthandLookup(f[2]) == nil {
					t.Errorf("%s: %s has no flag%s", path, m[1], f[0])
				}
			}
		}
	}
}

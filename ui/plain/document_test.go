package plain_test

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// The page about the plain mode has every command of the help, in its order.
func TestDocument(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/plain.md")
	if err != nil {
		t.Fatal(err)
	}
	help, err := dialogue(t, []string{"/help"})
	if err != nil {
		t.Fatal(err)
	}
	names := func(pattern, text string) (all []string) {
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			all = append(all, match[1])
		}
		return all
	}
	want, got := names(`(?m)^(/\w+)`, help), names("(?m)^\\| `(/\\w+)", string(page))
	if !slices.Equal(got, want) {
		t.Errorf("the page has\n%q\nand the help\n%q", got, want)
	}
}

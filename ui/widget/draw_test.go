package widget

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestFit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"abc", 5, "abc  "},
		{"abc", 3, "abc"},
		{"abc", 2, "a…"},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"漢字", 3, "漢…"},
		{"漢字", 2, "… "},
		{"漢", 1, "…"},
		{"", 2, "  "},
	} {
		equal(t, fmt.Sprintf("Fit(%q, %d)", test.text, test.width), Fit(test.text, test.width), test.want)
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	theme := NewTheme("dark", true)
	for _, test := range []struct {
		portion float64
		want    string
	}{
		{1, "━━━━"}, {0.5, "━━──"}, {0, "────"}, {2, "━━━━"}, {-1, "────"}, {0.001, "╸───"}, {0.6, "━━╸─"}, {0.99, "━━━━"},
	} {
		equal(t, fmt.Sprintf("the bar at %g", test.portion), ansi.Strip(Bar(test.portion, 4, theme.Good, theme.Border)), test.want)
	}
	equal(t, "a bar without room", Bar(1, 0, theme.Good, theme.Border), "")
}

// TestOver lays a block over lines with wide characters, without moving the text
// beside it.
func TestOver(t *testing.T) {
	t.Parallel()
	for _, under := range []string{"漢字漢字漢字", "abcdefghijkl", "a漢字漢字漢z"} {
		for _, top := range []string{"####", "###", "##########"} {
			got, at := Over([]string{under}, []string{top}, 12)
			equal(t, "the width of "+got[0], Width(got[0]), 12)
			x := (12 - len(top)) / 2
			equal(t, "the block in "+got[0], ansi.Cut(got[0], x, x+len(top)), top)
			equal(t, "where the block is", at, Rect{X: x, W: len(top), H: 1})
		}
	}
}

func TestBox(t *testing.T) {
	t.Parallel()
	theme := NewTheme("dark", true)
	for width := range 40 {
		for height := range 5 {
			lines := Box(theme.Border, "A long title", "● active", []string{"content that is long", "more"}, width, height)
			equal(t, "the lines", len(lines), height)
			for _, line := range lines {
				equal(t, fmt.Sprintf("the width of %q", ansi.Strip(line)), Width(line), width)
			}
		}
	}
}

package old

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestLayout: in every size the parts cover the screen, without overlap.
func TestLayout(t *testing.T) {
	t.Parallel()
	for width := minWidth; width <= 200; width++ {
		for height := minHeight; height <= 70; height++ {
			l := newLayout(width, height)
			covered := 0
			for _, r := range []rect{l.title, l.tabs, l.body, l.help} {
				if r.x != 0 || r.w != width || r.y != covered {
					t.Fatalf("%d by %d: %+v", width, height, l)
				}
				covered += r.h
			}
			equal(t, "the lines covered", covered, height)
			if l.wide {
				equal(t, "the widths of both", l.left.w+l.right.w, width)
				equal(t, "where the right one begins", l.right.x, l.left.w)
			}
			checkForm(t, l.inner(l.left), formNotes{}, fmt.Sprintf("%d by %d", width, height))
		}
	}
}

// TestFormNotes: sentences take their room from the claims, which keep a line.
func TestFormNotes(t *testing.T) {
	t.Parallel()
	for height := 7; height <= 60; height++ {
		for _, notes := range []formNotes{{3, 0, 0}, {0, 4, 0}, {1, 1, 5}, {4, 4, 4}, {99, 99, 99}} {
			in := rect{1, 3, 34, height}
			checkForm(t, in, notes, fmt.Sprintf("%+v in %d lines", notes, height))
			f := newFormRects(in, notes)
			got := formNotes{f.subjectNote.h, f.expiryNote.h, f.claimsNote.h}
			if cut := got.subject < notes.subject || got.lifetime < notes.lifetime || got.claims < notes.claims; cut && f.claims.h > 1 {
				t.Errorf("%+v are wanted in %d lines and %+v given, with %d for the claims", notes, height, got, f.claims.h)
			}
		}
	}
}

// checkForm looks whether every part of the form is inside and has a place of
// its own.
func checkForm(t *testing.T, in rect, notes formNotes, size string) {
	t.Helper()
	f := newFormRects(in, notes)
	parts := []rect{f.subjectLabel, f.subject, f.subjectNote, f.lifetimeLabel, f.lifetime, f.expiryNote, f.claimsLabel, f.claims, f.claimsNote, f.btn}
	for i, a := range parts {
		if a.w < 1 || a.h < 1 || a.x < in.x || a.y < in.y || a.x+a.w > in.x+in.w || a.y+a.h > in.y+in.h {
			t.Errorf("%s: part %d is not inside: %+v of %+v", size, i, a, in)
		}
		for j, b := range parts[:i] {
			if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
				t.Errorf("%s: parts %d and %d overlap: %+v and %+v", size, j, i, b, a)
			}
		}
	}
}

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
		equal(t, fmt.Sprintf("fit(%q, %d)", test.text, test.width), fit(test.text, test.width), test.want)
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	s := newStyles(true)
	for _, test := range []struct {
		portion float64
		want    string
	}{
		{1, "━━━━"}, {0.5, "━━──"}, {0, "────"}, {2, "━━━━"}, {-1, "────"}, {0.001, "╸───"}, {0.6, "━━╸─"}, {0.99, "━━━━"},
	} {
		equal(t, fmt.Sprintf("the bar at %g", test.portion), ansi.Strip(bar(test.portion, 4, s.good, s.border)), test.want)
	}
	equal(t, "a bar without room", bar(1, 0, s.good, s.border), "")
}

// TestOver lays a block over lines with wide characters, without moving what
// stands beside it.
func TestOver(t *testing.T) {
	t.Parallel()
	for _, under := range []string{"漢字漢字漢字", "abcdefghijkl", "a漢字漢字漢z"} {
		for _, top := range []string{"####", "###", "##########"} {
			got := over([]string{under}, []string{top}, 12)
			equal(t, "the width of "+got[0], textWidth(got[0]), 12)
			x := (12 - len(top)) / 2
			equal(t, "the block in "+got[0], ansi.Cut(got[0], x, x+len(top)), top)
		}
	}
}

func TestBox(t *testing.T) {
	t.Parallel()
	s := newStyles(true)
	for width := range 40 {
		for height := range 5 {
			lines := box(s.border, "A long title", "● active", []string{"content that is long", "more"}, width, height)
			equal(t, "the lines", len(lines), height)
			for _, line := range lines {
				equal(t, fmt.Sprintf("the width of %q", ansi.Strip(line)), textWidth(line), width)
			}
		}
	}
}

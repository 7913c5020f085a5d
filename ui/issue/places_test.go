package issue

import (
	"fmt"
	"testing"

	"tokendesk/ui/widget"
)

// TestLong: in every size the parts of a long form are inside, without overlap, and the
// sentences have their room before the rows.
func TestLong(t *testing.T) {
	t.Parallel()
	for width := 38; width <= 120; width += 3 {
		for height := 7; height <= 60; height++ {
			for focus := subjectField; focus < stops; focus++ {
				for _, n := range []needs{
					{},
					{notes: [fields]int{1, 1, 1, 0}, rows: [fields]int{1, 1, 1, 1}, sides: [fields]int{0, 4, 0, 10}, usual: 1},
					{notes: [fields]int{3, 0, 5, 2}, rows: [fields]int{1, 1, 40, 9}, wide: true},
					{rows: [fields]int{1, 1, 99, 99}},
				} {
					n.focus = focus
					in := widget.Rect{X: 2, Y: 3, W: width, H: height}
					checkPlaces(t, in, long(in, n), fmt.Sprintf("%d by %d, focus %d, %+v", width, height, focus, n))
				}
			}
		}
	}
}

// TestFold: the same of a folded one.
func TestFold(t *testing.T) {
	t.Parallel()
	for width := 60; width <= 99; width++ {
		for most := 9; most <= 40; most++ {
			for focus := subjectField; focus < stops; focus++ {
				for _, notes := range [][fields]int{{}, {1, 1, 1, 1}, {2, 0, 3, 1}} {
					n := needs{notes: notes, rows: [fields]int{1, 1, 30, 3}, focus: focus}
					in := widget.Rect{Y: 2, W: width, H: foldedHeight(n, most)}
					p := fold(in, n)
					checkPlaces(t, in, p, fmt.Sprintf("%d wide, focus %d, %+v", width, focus, n))
					if p.boxed != (focus == claimsField || focus == headerField) {
						t.Errorf("boxed %v with the focus %d", p.boxed, focus)
					}
				}
			}
		}
	}
}

// checkPlaces looks whether every part of the form is inside and has a place of its own.
func checkPlaces(t *testing.T, in widget.Rect, p places, size string) {
	t.Helper()
	parts := []widget.Rect{p.button, p.rest, p.usual}
	for _, at := range p.fields {
		parts = append(parts, at.label, at.text, at.note, at.side)
	}
	for i, a := range parts {
		if a.W <= 0 || a.H <= 0 {
			continue
		}
		if a.X < in.X || a.Y < in.Y || a.X+a.W > in.X+in.W || a.Y+a.H > in.Y+in.H {
			t.Fatalf("%s: part %d is not inside: %+v of %+v", size, i, a, in)
		}
		for j, b := range parts[:i] {
			if b.W > 0 && b.H > 0 && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Fatalf("%s: parts %d and %d overlap: %+v and %+v", size, j, i, b, a)
			}
		}
	}
	for i, at := range p.fields {
		if stop(i) <= lifetimeField && (at.text.W <= 0 || at.text.H != 1) {
			t.Fatalf("%s: field %d has the place %+v", size, i, at.text)
		}
	}
}

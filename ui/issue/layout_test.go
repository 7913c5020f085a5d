package issue

import (
	"fmt"
	"testing"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// TestFormLayout: in every size the parts of the form are inside, without overlap.
func TestFormLayout(t *testing.T) {
	t.Parallel()
	for width := 40; width <= 200; width++ {
		for height := 7; height <= 67; height++ {
			room := frame.Divide(widget.Rect{Y: 2, W: width, H: height}, frame.Plan{Left: 38})
			checkForm(t, room.Inner(room.First), formNotes{}, fmt.Sprintf("%d by %d", width, height))
		}
	}
}

// TestFormNotes: sentences take their room from the claims, which keep a line.
func TestFormNotes(t *testing.T) {
	t.Parallel()
	for height := 7; height <= 60; height++ {
		for _, notes := range []formNotes{{3, 0, 0}, {0, 4, 0}, {1, 1, 5}, {4, 4, 4}, {99, 99, 99}} {
			in := widget.Rect{X: 1, Y: 3, W: 34, H: height}
			checkForm(t, in, notes, fmt.Sprintf("%+v in %d lines", notes, height))
			f := newFormRects(in, notes)
			var got formNotes
			cut := false
			for i, at := range f.fields {
				got[i] = at.note.H
				cut = cut || got[i] < notes[i]
			}
			if claims := f.fields[claimsField].text; cut && claims.H > 1 {
				t.Errorf("%+v need room in %d lines and %+v are given, with %d for the claims", notes, height, got, claims.H)
			}
		}
	}
}

// checkForm looks whether every part of the form is inside and has a place of
// its own.
func checkForm(t *testing.T, in widget.Rect, notes formNotes, size string) {
	t.Helper()
	f := newFormRects(in, notes)
	parts := []widget.Rect{f.button}
	for _, at := range f.fields {
		parts = append(parts, at.label, at.text, at.note)
	}
	for i, a := range parts {
		if a.W < 1 || a.H < 1 || a.X < in.X || a.Y < in.Y || a.X+a.W > in.X+in.W || a.Y+a.H > in.Y+in.H {
			t.Errorf("%s: part %d is not inside: %+v of %+v", size, i, a, in)
		}
		for j, b := range parts[:i] {
			if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%s: parts %d and %d overlap: %+v and %+v", size, j, i, b, a)
			}
		}
	}
}

package ui

import (
	"testing"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// TestLayout: in every size the parts cover the screen, without overlap.
func TestLayout(t *testing.T) {
	t.Parallel()
	for width := minWidth; width <= 200; width++ {
		for height := minHeight; height <= 70; height++ {
			l := newLayout(widget.Rect{W: width, H: height})
			covered := 0
			for _, r := range []widget.Rect{l.title, l.tabs, l.body, l.help} {
				if r.X != 0 || r.W != width || r.Y != covered {
					t.Fatalf("%d by %d: %+v", width, height, l)
				}
				covered += r.H
			}
			equal(t, "the lines covered", covered, height)
			if room := frame.Divide(l.body); room.Wide {
				equal(t, "the widths of both", room.Left.W+room.Right.W, width)
				equal(t, "where the right one begins", room.Right.X, room.Left.W)
			}
		}
	}
}

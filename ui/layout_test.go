package ui

import (
	"testing"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// TestLayout: in every size the parts cover the screen, without overlap, and nothing but
// the message can lie over the help.
func TestLayout(t *testing.T) {
	t.Parallel()
	for width := minWidth; width <= 200; width++ {
		for height := minHeight; height <= 70; height++ {
			l := newLayout(widget.Rect{W: width, H: height})
			covered := 0
			for _, r := range []widget.Rect{l.title, l.tabs, l.body} {
				if r.X != 0 || r.W != width || r.Y != covered {
					t.Fatalf("%d by %d: %+v", width, height, l)
				}
				covered += r.H
			}
			equal(t, "the line of the help", l.help.Y, height-1)
			if own := height >= messageHeight; l.message.Y < covered || own == (l.message.Y == l.help.Y) {
				t.Fatalf("%d by %d: the message is at %+v", width, height, l.message)
			}
			checkRoom(t, l.body)
		}
	}
}

// checkRoom looks whether the parts of a room cover it.
func checkRoom(t *testing.T, body widget.Rect) {
	t.Helper()
	room := frame.Divide(body, frame.Plan{Left: 40, Third: 50, Above: -8})
	first, second := room.First, room.Second
	switch room.Shape {
	case frame.Sided:
		equal(t, "the widths", first.W+second.W+room.Third.W, body.W)
		equal(t, "where the second begins", second.X, first.W)
	case frame.Stacked:
		equal(t, "the heights", first.H+second.H, body.H)
		equal(t, "where the second begins", second.Y, first.Y+first.H)
	case frame.Single:
		equal(t, "both are the whole", first == body && second == body, true)
	}
}

package frame

import "tokendesk/ui/widget"

// The break points of the layout, in cells.
const (
	wideWidth   = 96 // from here on two parts stand side by side
	roomyHeight = 13 // from here on they have borders
	leftWidth   = 38
)

// Room is how a screen divides its rectangle.
//
//	wide                              narrow
//	┌────────────┬─────────────────┐  ┌──────────────────┐
//	│ left       │ right           │  │ left and right   │
//	│            │                 │  │ are the whole    │
//	└────────────┴─────────────────┘  └──────────────────┘
type Room struct {
	Body, Left, Right widget.Rect
	Wide, Bordered    bool
}

// Divide divides a rectangle. The result depends only on its size.
func Divide(body widget.Rect) Room {
	r := Room{Body: body, Left: body, Right: body, Wide: body.W >= wideWidth, Bordered: body.H >= roomyHeight}
	if r.Wide {
		r.Left.W = leftWidth
		r.Right.X += leftWidth
		r.Right.W -= leftWidth
	}
	return r
}

// Inner returns the room of a pane for its content.
func (r Room) Inner(pane widget.Rect) widget.Rect {
	if !r.Bordered {
		return pane
	}
	return widget.Rect{X: pane.X + 2, Y: pane.Y + 1, W: max(0, pane.W-4), H: max(0, pane.H-2)} // a blank cell beside the border
}

// Pane draws content into a rectangle, with a border if there is room. Title and sign
// are styled; they stand in the border.
func (r Room) Pane(t *widget.Theme, at widget.Rect, title, sign string, content []string, focused bool) []string {
	if !r.Bordered {
		return widget.Fill(content, at.W, at.H)
	}
	line := t.Border
	if focused {
		line = t.BorderFocus
	}
	return widget.Box(line, title, sign, content, at.W, at.H)
}

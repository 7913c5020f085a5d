package frame

import "tokendesk/ui/widget"

// Shape is how the parts of a screen stand.
type Shape int

// The shapes.
const (
	Single  Shape = iota // each part has the whole room, and one of them is shown
	Stacked              // the first above the second
	Sided                // the first left of the second, and a third at the right if there is room
)

// The break points of the layout, in cells.
const (
	sidedWidth    = 100 // from here on parts stand side by side
	thirdWidth    = 160 // from here on there may be a third
	stackedWidth  = 60  // from here on parts stand one above the other
	stackedHeight = 16  // as high as the room of a screen is on a terminal of 20 rows
	borderHeight  = 13  // from here on parts have borders
)

// Plan says how a screen divides its room. Sizes are outer ones, with the borders.
type Plan struct {
	Left  int // the width of the first part beside others; the whole width if it never is
	Third int // the width of the third part; 0 if there is never one
	Above int // the height of the first part above the other, or minus that of the second
}

// ListPlan is the plan of a list of tokens: it has half of the width or a little more, or all of
// it if it is empty. A token that was opened has all of it, or shares it with its JSON.
func ListPlan(width int, opened, empty bool) Plan {
	const (
		jsonWidth = 130 // from here on JSON stands beside a token that was opened
		lowest    = 8   // the height of the part below the list
	)
	switch {
	case opened && width >= jsonWidth:
		return Plan{Left: width * 3 / 5}
	case opened || empty:
		return Plan{Left: width}
	case width >= thirdWidth:
		return Plan{Left: width / 2, Third: width * 21 / 100}
	}
	return Plan{Left: width * 3 / 5, Above: -lowest}
}

// Room is how a screen divides its rectangle.
//
//	Sided                            Stacked          Single
//	┌────────┬────────────┬───────┐  ┌────────────┐   ┌────────────┐
//	│ First  │ Second     │ Third │  │ First      │   │ First or   │
//	│        │            │       │  ├────────────┤   │ Second     │
//	│        │            │       │  │ Second     │   │            │
//	└────────┴────────────┴───────┘  └────────────┘   └────────────┘
type Room struct {
	Body, First, Second widget.Rect
	Third               widget.Rect // empty if there is none
	Shape               Shape
	Bordered            bool // parts have borders
}

// Divide divides a rectangle. The result depends only on its size and the plan.
func Divide(body widget.Rect, p Plan) Room {
	r := Room{Body: body, First: body, Second: body, Bordered: body.H >= borderHeight}
	switch {
	case body.W >= sidedWidth && p.Left < body.W:
		r.Shape = Sided
		r.First.W = p.Left
		if p.Third > 0 && body.W >= thirdWidth {
			r.Third = widget.Rect{X: body.X + body.W - p.Third, Y: body.Y, W: p.Third, H: body.H}
		}
		r.Second.X += p.Left
		r.Second.W -= p.Left + r.Third.W
	case body.W >= stackedWidth && body.H >= stackedHeight && p.Above != 0:
		r.Shape = Stacked
		above := p.Above
		if above < 0 {
			above += body.H
		}
		r.Second = r.First
		r.First = r.Second.Take(above)
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

// Join puts the drawn parts of a room together. Those of a single one are both the
// whole room: the caller draws only one of them.
func (r Room) Join(first, second, third []string) []string {
	switch r.Shape {
	case Sided:
		lines := widget.Beside(first, second)
		if r.Third.W > 0 {
			lines = widget.Beside(lines, third)
		}
		return lines
	case Stacked:
		return append(append([]string{}, first...), second...)
	default:
		if second != nil {
			return second
		}
		return first
	}
}

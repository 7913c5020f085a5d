package widget

import "strings"

// Canvas collects the lines of a rectangle.
type Canvas struct {
	in   Rect
	text []string
}

// NewCanvas returns an empty canvas of the rectangle's size.
func NewCanvas(in Rect) *Canvas {
	return &Canvas{in, make([]string, max(0, in.H))}
}

// Put writes lines at a rectangle. It must start at the left edge of the canvas, or to
// the right of everything that those lines hold already.
func (c *Canvas) Put(r Rect, block string) {
	for i, line := range strings.Split(block, "\n") {
		y := r.Y - c.in.Y + i
		if i >= r.H || y < 0 || y >= len(c.text) {
			return
		}
		c.text[y] = Fit(c.text[y], r.X-c.in.X) + Fit(line, r.W)
	}
}

// Note writes a sentence into the rectangle.
func (c *Canvas) Note(r Rect, t *Theme, n Note) {
	if n.Text != "" {
		c.Put(r, strings.Join(t.Sentence(n, r.W, r.H), "\n"))
	}
}

// Lines returns the lines.
func (c *Canvas) Lines() []string { return c.text }

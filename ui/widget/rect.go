// Package widget holds the parts of which all screens are made: fields, lists, boxes,
// bars and the theme. It knows no token and no settings.
package widget

import tea "charm.land/bubbletea/v2"

// Rect is a part of the screen, in cells from the top left corner.
type Rect struct{ X, Y, W, H int }

// Contains reports whether a cell is inside.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Take returns the first lines of the rectangle, and takes them out of it.
func (r *Rect) Take(lines int) Rect {
	taken := Rect{r.X, r.Y, r.W, lines}
	r.Y += lines
	r.H -= lines
	return taken
}

// Shift returns the cursor of a part that is drawn at the rectangle. It is nil
// when the part has none.
func (r Rect) Shift(c *tea.Cursor) *tea.Cursor {
	if c == nil {
		return nil
	}
	moved := *c
	moved.X, moved.Y = c.X+r.X, c.Y+r.Y
	return &moved
}

// Cursor returns the terminal's cursor at the left end of a row that is selected: screen
// readers follow it.
func (r Rect) Cursor() *tea.Cursor {
	c := tea.NewCursor(r.X, r.Y)
	c.Blink = false
	return c
}

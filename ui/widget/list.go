package widget

import "slices"

// List is a column of rows of which one is selected. It does not hold the rows: its
// owner says how many there are and draws the visible ones.
type List struct {
	cursor, length int
	offset, room   int   // of the lines, which are the rows and their headings
	heads          []int // the rows that a heading stands before, in order
}

// Layout says how many rows there are, how many lines are visible at once, and which
// rows have a heading before them. It scrolls to the selected row.
func (l *List) Layout(length, room int, heads ...int) {
	l.length, l.room, l.heads = length, room, heads
	l.cursor = max(0, min(l.cursor, length-1))
	at := l.line(l.cursor)
	if l.cursor == 0 {
		at = 0 // with its heading
	}
	l.offset = min(l.offset, at)
	l.offset = max(l.offset, l.line(l.cursor)-room+1)
	l.offset = max(0, min(l.offset, length+len(heads)-room))
}

// line returns the line of a row.
func (l *List) line(row int) int {
	before, _ := slices.BinarySearch(l.heads, row+1)
	return row + before
}

// Cursor returns the selected row.
func (l *List) Cursor() int { return l.cursor }

// First returns the first visible row of a list without headings.
func (l *List) First() int { return l.offset }

// Select selects a row. The next Layout keeps it inside.
func (l *List) Select(row int) { l.cursor = row }

// Restart scrolls to the start, so that the next Layout shows the list from its first
// row if that shows the selected one.
func (l *List) Restart() { l.offset = 0 }

// Move selects the row that many rows away, or the last one on the way.
func (l *List) Move(step int) { l.cursor = max(0, min(l.cursor+step, l.length-1)) }

// Turn selects the row that many rows away and continues at the other end.
func (l *List) Turn(step int) {
	if l.length > 0 {
		l.cursor = ((l.cursor+step)%l.length + l.length) % l.length
	}
}

// Hides reports whether some lines are not visible.
func (l *List) Hides() bool { return l.length+len(l.heads) > l.room }

// View draws the visible lines: row draws the content of a row, head the heading before
// a row.
func (l *List) View(t *Theme, width int, row func(i int) string, head func(i int) string) []string {
	var lines []string
	l.each(func(i int, heading bool) {
		if heading {
			lines = append(lines, head(i))
			return
		}
		lines = append(lines, t.Row(row(i), width, i == l.cursor))
	})
	return lines
}

// Places returns the rectangles of the visible rows if the list is drawn at the top
// of a rectangle.
func (l *List) Places(at Rect) map[int]Rect {
	places := map[int]Rect{}
	y := at.Y
	l.each(func(i int, heading bool) {
		if !heading {
			places[i] = Rect{at.X, y, at.W, 1}
		}
		y++
	})
	return places
}

// each goes through the visible lines.
func (l *List) each(visit func(row int, heading bool)) {
	row := max(0, l.offset-len(l.heads))
	for ; row < l.length && l.line(row) < l.offset; row++ { // to the first visible one
	}
	for end := l.offset + l.room; row < l.length; row++ {
		at := l.line(row)
		if _, headed := slices.BinarySearch(l.heads, row); headed && at-1 >= l.offset && at-1 < end {
			visit(row, true)
		}
		if at >= end {
			return
		}
		visit(row, false)
	}
}

package widget

import "slices"

// Tree is a column of lines with a cursor that stops at some of them: the rows of a tree
// with the text around it. It does not hold the lines: its owner draws the visible ones.
type Tree struct {
	scroll Scroll
	stops  []int // the lines where the cursor stops, in order
	at     int   // the stop of the cursor
}

// Layout says how many lines there are, how many are visible at once, and at which the
// cursor stops. A cursor that was visible stays so.
func (t *Tree) Layout(length, room int, stops []int) {
	seen := t.Visible()
	t.stops = stops
	t.at = max(0, min(t.at, len(stops)-1))
	t.scroll.Layout(length, room)
	if seen {
		t.reveal()
	}
}

// Line returns the line of the cursor, or -1 if it stops nowhere.
func (t *Tree) Line() int {
	if t.at >= len(t.stops) {
		return -1
	}
	return t.stops[t.at]
}

// Visible reports whether the line of the cursor is visible.
func (t *Tree) Visible() bool { return t.visible(t.Line()) }

func (t *Tree) visible(line int) bool {
	first, end := t.scroll.Window()
	return line >= first && line < end
}

// Window returns the first visible line and the first one after the visible ones.
func (t *Tree) Window() (first, end int) { return t.scroll.Window() }

// Below returns how many lines stand below the visible ones, and Above how many above.
func (t *Tree) Below() int { return t.scroll.Below() }

// Above returns how many lines stand above the visible ones.
func (t *Tree) Above() int { return t.scroll.Above() }

// Scroll moves the lines, but not the cursor.
func (t *Tree) Scroll(lines int) {
	t.scroll.By(lines)
	t.scroll.Layout(t.scroll.length, t.scroll.room)
}

// Select moves the cursor to the last stop that is not behind the line, and shows it.
func (t *Tree) Select(line int) {
	t.Place(line)
	t.show()
}

// Place moves the cursor to the last stop that is not behind the line, or to the first.
func (t *Tree) Place(line int) {
	place, found := slices.BinarySearch(t.stops, line)
	if !found {
		place--
	}
	t.at = max(0, place)
}

// show scrolls to the cursor. With the first stop it shows what stands before, if there is
// room for it.
func (t *Tree) show() {
	if t.at == 0 && t.Line() < t.scroll.room {
		t.Scroll(-t.scroll.Above())
	}
	t.reveal()
}

// reveal scrolls as little as it takes to see the cursor.
func (t *Tree) reveal() {
	line := t.Line()
	if line < 0 {
		return
	}
	first, end := t.scroll.Window()
	switch {
	case line < first:
		t.Scroll(line - first)
	case line >= end:
		t.Scroll(line - end + 1)
	}
}

// ShowTo scrolls to a line below the cursor, as far as the cursor stays visible.
func (t *Tree) ShowTo(line int) {
	first, end := t.scroll.Window()
	t.Scroll(max(0, min(line-end+1, t.Line()-first)))
}

// Move moves the cursor by that many lines. A single step goes to the next stop, but
// never passes a line that has not been seen: it scrolls instead.
func (t *Tree) Move(step int) {
	switch step {
	case 0:
	case 1, -1:
		t.step(step)
	default:
		from := t.Line()
		if !t.Visible() {
			from = t.scroll.Above()
		}
		t.Scroll(step)
		t.Place(max(0, min(from+step, t.scroll.length-1)))
	}
}

func (t *Tree) step(step int) {
	next, line := t.at+step, t.Line()
	first, end := t.scroll.Window()
	if line < first && step > 0 || line >= end && step < 0 { // the nearest one in this direction
		next = t.nearest(first, end, step)
	} else if !t.Visible() {
		next = t.at
	}
	if next < 0 || next >= len(t.stops) || t.stops[next] < first-1 || t.stops[next] > end {
		t.Scroll(step)
		return
	}
	t.at = next
	t.show()
}

// nearest returns the first stop of the window, or the last one for a step back.
func (t *Tree) nearest(first, end, step int) int {
	if step > 0 {
		place, _ := slices.BinarySearch(t.stops, first)
		return place
	}
	place, _ := slices.BinarySearch(t.stops, end)
	return place - 1
}

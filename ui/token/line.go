package token

import (
	"time"

	"tokendesk/explain"
	"tokendesk/ui/widget"
)

// line is one line of a pane: a text, or a row that the cursor stops at.
type line struct {
	text string          // styled; empty for a row
	date *explain.Member // whose meaning now follows the text, or nil
	row  *row
}

// row is a line that the cursor stops at: a member, a part that folds, or the compact form.
type row struct {
	id     string // stays the same when the lines are built again
	depth  int
	kind   rowKind
	member *explain.Member  // of a member
	inside []explain.Member // of a part
	label  string           // of any row but a member
	value  string           // of the compact form, as it is drawn folded
	right  string
	copied string // all of the compact form
	grid   grid
	folds  bool // there is more than the row shows
	open   bool
}

type rowKind int

const (
	memberRow  rowKind = iota
	partRow            // the header and the like
	compactRow         // the serialization
)

// drawn is a row as it was drawn last: everything but the cursor and the time.
type drawn struct {
	left, right string
	number      string          // beside a date, if there is room
	date        *explain.Member // whose meaning now stands at the right edge
}

// draw returns the line at an instant, in at most that many cells.
func (l line) draw(t *widget.Theme, now time.Time, width int) string {
	if l.date == nil {
		return l.text
	}
	when := l.date.When(now)
	if when == "" || width-widget.Width(l.text)-2 < widget.Width(when) {
		return l.text
	}
	return l.text + t.Plain.Render(when)
}

// draw returns the row at an instant in exactly that many cells. Of a date, the distance
// has precedence over the number, and that over the words around the distance.
func (d drawn) draw(t *widget.Theme, now time.Time, width int) string {
	if d.date == nil {
		return widget.Spread(d.left, d.right, width)
	}
	room := width - widget.Width(d.left) - 2
	number := widget.Width(d.number)
	when, distance := d.date.When(now), d.date.Distance(now)
	switch {
	case number+widget.Width(when) <= room:
		return widget.Spread(d.left+d.number, t.Faint.Render(when), width)
	case number+widget.Width(distance) <= room:
		return widget.Spread(d.left+d.number, t.Faint.Render(distance), width)
	default:
		return widget.Spread(d.left, t.Faint.Render(distance), width)
	}
}

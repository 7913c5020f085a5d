package token

import (
	"slices"
	"strings"

	"tokendesk/explain"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// sheet is the lines of a pane, the rows that the cursor stops at and what of them is
// folded.
type sheet struct {
	body  content
	folds *frame.Folds // of the console
	place place
	drawn window
}

// window is the visible lines as they were drawn last, as far as they are rows.
type window struct {
	first, end int
	rows       []drawn
	header     string // of a token whose header is below the visible lines
}

// place is the room of a pane, and where its cursor is.
type place struct {
	area widget.Rect
	bare bool // there is no border, so the sign stands before the bar
	head int  // the lines above those that scroll: a blank one, and that with the bar
	air  int  // the blank ones of them
	tree widget.Tree
	id   string // of the row with the cursor
	show bool   // the next Layout scrolls to that row
	shut int    // how many lines there were before that row was unfolded, or 0
}

// settle scrolls, with or without a last line that stands still. When the lines were built,
// the cursor goes to the row that it was on.
func (s *sheet) settle(built, last bool) {
	lines, tree := len(s.body.lines), &s.place.tree
	room := s.place.area.H - s.place.head
	if lines > room || last {
		room-- // for the last line
	}
	tree.Layout(lines, max(1, room), s.body.stops)
	if built && s.place.id == "" {
		tree.Place(s.firstClaim())
	} else if built {
		if at := s.lineOf(s.place.id); at >= 0 && s.place.show {
			tree.Select(at)
		} else if at >= 0 {
			tree.Place(at)
			tree.Layout(lines, max(1, room), s.body.stops)
		}
	}
	if shut := s.place.shut; built && shut > 0 {
		tree.ShowTo(tree.Line() + lines - shut)
	}
	s.place.id, s.place.show, s.place.shut = "", false, 0
	if r := s.current(); r != nil {
		s.place.id = r.id
	}
}

// lineOf returns the line of the row with that name, or -1.
func (s *sheet) lineOf(id string) int {
	return slices.IndexFunc(s.body.lines, func(l line) bool { return l.row != nil && l.row.id == id })
}

// firstClaim returns the line of the first claim, or 0.
func (s *sheet) firstClaim() int {
	claim := func(l line) bool { return l.row != nil && l.row.kind == memberRow }
	return max(0, slices.IndexFunc(s.body.lines, claim))
}

// current returns the row with the cursor, or nil.
func (s *sheet) current() *row {
	if at := s.place.tree.Line(); at >= 0 && at < len(s.body.lines) {
		return s.body.lines[at].row
	}
	return nil
}

// paint draws the visible rows, if they are others than before.
func (s *sheet) paint(clock explain.Clock, built bool) {
	first, end := s.place.tree.Window()
	if !built && first == s.drawn.first && end == s.drawn.end {
		return
	}
	t := s.body.shape.theme
	if s.body.shape.stale {
		t = t.Faded()
	}
	painter := painter{t: t, clock: clock, cells: s.place.area.W - mark, preview: s.body.shape.preview}
	s.drawn = window{first: first, end: end, rows: make([]drawn, 0, end-first)}
	for _, l := range s.body.lines[first:end] {
		var d drawn
		if l.row != nil {
			d = painter.paint(l.row)
		}
		s.drawn.rows = append(s.drawn.rows, d)
	}
	for _, l := range s.body.lines[end:] {
		if r := l.row; r != nil && r.kind == partRow && r.label == "header" && s.place.area.W >= narrow {
			lead := widget.Fit("", r.grid.name) + t.Faint.Render(widget.Fit(r.label, r.grid.value-r.grid.name))
			s.drawn.header = lead + painter.inline(r.inside, s.place.area.W-r.grid.value-longValue)
		}
	}
}

// selectLine moves the cursor to a line.
func (s *sheet) selectLine(at int) {
	s.place.tree.Select(at)
	if r := s.current(); r != nil {
		s.place.id = r.id
	}
}

// canFold reports whether the row with the cursor folds, or only whether it is folded.
func (s *sheet) canFold(onlyFolded bool) bool {
	r := s.current()
	return r != nil && r.folds && (!onlyFolded || !r.open)
}

// fold folds or unfolds the row with the cursor.
func (s *sheet) fold() {
	if r := s.current(); r != nil && r.folds {
		s.set(r, !r.open)
	}
}

// set folds or unfolds a row. The next Layout scrolls to what was unfolded.
func (s *sheet) set(r *row, open bool) {
	s.folds.Set(r.id, open)
	if open {
		s.place.shut = len(s.body.lines)
	}
}

// open unfolds the row with the cursor or folds it. What does not fold folds what it is in.
func (s *sheet) open(open bool) {
	r := s.current()
	switch {
	case r == nil:
	case r.folds && r.open != open:
		s.set(r, open)
	case !open && r.depth > 0:
		s.selectLine(s.outer())
	}
}

// outer returns the line of the row that the one with the cursor is in.
func (s *sheet) outer() int {
	at, depth := s.place.tree.Line(), s.current().depth
	for ; at > 0; at-- {
		if r := s.body.lines[at].row; r != nil && r.depth < depth {
			break
		}
	}
	return at
}

// reveal moves the cursor to a row, and opens what it is in.
func (s *sheet) reveal(id string) {
	parts := strings.Split(id, "\x00")
	for n := 1; n < len(parts); n++ {
		if outer := strings.Join(parts[:n], "\x00"); !s.folds.Open(outer, false) {
			s.folds.Set(outer, true)
		}
	}
	s.place.id, s.place.show = id, true
	s.body.shape = shape{} // the next Layout builds the lines and shows the row
}

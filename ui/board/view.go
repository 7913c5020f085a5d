package board

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Layout applies the filter, chooses the columns and scrolls to the selected token.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	if text := s.filter.Text(); text != s.narrow {
		s.narrow = text
		c.Board.Filter(text)
		c.Board.Move(0, c.Now) // there may be one to select again
	}
	s.room = frame.Divide(r, frame.ListPlan(r.W, s.opened, c.Board.Len() == 0))
	s.layoutList(c)
	if !s.opened && c.Board.Selected() != s.pane.Entry() {
		s.pane.Show(c.Board.Selected())
	}
	s.pane.Quiet = !s.opened
	switch room := s.room; {
	case s.opened:
		s.pane.Layout(c, room.Inner(room.First), room.Bordered)
		if room.Shape == frame.Sided {
			s.raw.Layout(c, room.Inner(room.Second), &s.pane)
		}
	case room.Shape == frame.Sided:
		at := room.Inner(room.Second)
		at.H -= len(s.hints(c))
		s.pane.Layout(c, at, room.Bordered)
		s.raw.Layout(c, room.Inner(room.Third), &s.pane)
	}
}

// showsRaw reports whether JSON stands beside the token.
func (s *Screen) showsRaw() bool {
	return s.room.Third.W > 0 || s.opened && s.room.Shape == frame.Sided
}

// layoutList divides the part of the list.
func (s *Screen) layoutList(c *frame.Ctx) {
	in := s.room.Inner(s.room.First)
	s.filter.Layout(c.Env.Theme, in.W)
	if s.filter.Shown() || !s.room.Bordered {
		in.Take(1)
	}
	s.rows = in
	s.list.Select(c.Board.Place(c.Now))
	s.list.Layout(c.Board.Shown(), max(1, in.H-1))
	left, subject := 0, 0
	used := map[string]bool{"KEY": true, "ALG": true, "ISSUED": true, "EXPIRES": true, "FROM": true}
	for _, row := range s.window(c) {
		status := explain.StatusOf(&row.Result, c.Now)
		text, _ := leftOf(c.Env.Theme, row.Entry, status)
		left = max(left, widget.Width(text))
		subject = max(subject, widget.Width(visible.Text(explain.Subject(row.Token))+told(row)))
		used["PERSONA"] = used["PERSONA"] || row.Persona() != ""
		used["LABEL"] = used["LABEL"] || row.Label != ""
	}
	s.cols = newColumns(in.W-2, left, subject, used)
}

// window returns the rows that are visible.
func (s *Screen) window(c *frame.Ctx) []desk.Row {
	return c.Board.Window(s.list.First(), s.rows.H-1, c.Now)
}

// View draws the list and the token.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r := c.Env.Theme, s.room
	if s.opened {
		title, sign := s.pane.Title(c, s.subject())
		first := r.Pane(t, r.First, title, sign, s.pane.View(c), true)
		return frame.Drawing{Lines: r.Join(first, s.viewRaw(c, r.Second), nil), Cursor: s.pane.Cursor(), Zones: s.pane.Zones()}
	}
	title, order := counts(c), ""
	if c.Board.Len() > 0 {
		order = t.Faint.Render(s.where(c) + c.Board.Order().String())
	}
	first := r.Pane(t, r.First, t.Strong.Render(title), order, s.draw(c, title), true)
	d := frame.Drawing{Zones: s.zones(c)}
	switch r.Shape {
	case frame.Sided:
		title, sign := s.pane.Title(c, s.subject())
		lines := append(s.pane.View(c), s.hints(c)...)
		d.Lines = r.Join(first, r.Pane(t, r.Second, title, sign, lines, false), s.viewRaw(c, r.Third))
	case frame.Stacked:
		d.Lines = r.Join(first, s.summary(c), nil)
	default:
		d.Lines = first
	}
	if r.Shape != frame.Single && c.Board.Selected() != nil {
		d.Zones = append(d.Zones, frame.Zone{Rect: r.Second, Do: s.open})
	}
	d.Cursor = s.cursor(c, &d)
	return d
}

// viewRaw draws the JSON into a rectangle, or nothing if it is not shown.
func (s *Screen) viewRaw(c *frame.Ctx, at widget.Rect) []string {
	if !s.showsRaw() {
		return nil
	}
	title, sign := s.raw.Title(c)
	return s.room.Pane(c.Env.Theme, at, title, sign, s.raw.View(c), false)
}

// cursor returns where the terminal's cursor stands: in the filter, or on the selected row.
func (s *Screen) cursor(c *frame.Ctx, d *frame.Drawing) *tea.Cursor {
	in := s.room.Inner(s.room.First)
	if s.filter.Shown() {
		if d.Filter(in.Take(1), &s.filter); s.filter.Typing() {
			return d.Cursor
		}
	}
	if c.Board.Selected() == nil {
		return nil
	}
	return widget.Rect{X: s.rows.X, Y: s.rows.Y + 1 + s.list.Cursor() - s.list.First()}.Cursor()
}

// subject returns that of the token that is shown.
func (s *Screen) subject() string {
	if e := s.pane.Entry(); e != nil {
		return visible.Text(explain.Subject(e.Token))
	}
	return "Token"
}

// counts says how many tokens there are, and how many of them have expired or are marked.
func counts(c *frame.Ctx) string {
	b := c.Board
	text := phrase.Count(b.Len(), "token", "tokens")
	if b.Shown() != b.Len() {
		text = strconv.Itoa(b.Shown()) + " of " + text
	}
	if b.Len() == 0 {
		text = "Board"
	}
	if n := expired(c); n > 0 {
		text += " · " + strconv.Itoa(n) + " expired"
	}
	if n := b.Marks(); n > 0 {
		text += " · " + strconv.Itoa(n) + " marked"
	}
	return text
}

// where says which of the rows is selected, if not all are visible.
func (s *Screen) where(c *frame.Ctx) string {
	if !s.list.Hides() || c.Board.Selected() == nil {
		return ""
	}
	return strconv.Itoa(s.list.Cursor()+1) + " of " + strconv.Itoa(c.Board.Shown()) + " · "
}

// draw draws the filter, the headings and the visible rows.
func (s *Screen) draw(c *frame.Ctx, title string) []string {
	t, width := c.Env.Theme, s.rows.W
	if c.Board.Len() == 0 {
		return s.empty(c)
	}
	var lines []string
	switch {
	case s.filter.Shown():
		lines = append(lines, s.filter.View())
	case !s.room.Bordered:
		lines = append(lines, widget.Spread(t.Strong.Render(title), t.Faint.Render(c.Board.Order().String()), width))
	}
	if c.Board.Shown() == 0 {
		return append(lines, t.Faint.Render("Nothing matches. esc clears the filter."))
	}
	lines = append(lines, "  "+s.cols.heads(t))
	selected := s.list.Cursor() - s.list.First()
	for i, row := range s.window(c) {
		picked := i == selected && c.Board.Selected() != nil
		lines = append(lines, t.Row(s.cols.row(c, row, picked), width, picked))
	}
	if full := s.room.Inner(s.room.First).H; len(lines)+2 <= full && !s.filter.Shown() { // there is room for a hint
		for len(lines) < full-1 {
			lines = append(lines, "")
		}
		lines = append(lines, frame.Hint(t, "/", "filter")+"   "+frame.Hint(t, "s", "sort"))
	}
	return lines
}

// zones returns what a click does: on a row it selects, or opens the selected one; on a
// heading it sorts.
func (s *Screen) zones(c *frame.Ctx) []frame.Zone {
	if c.Board.Shown() == 0 {
		return nil
	}
	var zones []frame.Zone
	list := s.room.First
	for i := range s.window(c) {
		place := s.list.First() + i
		at := widget.Rect{X: list.X, Y: s.rows.Y + 1 + i, W: list.W, H: 1}
		zones = append(zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			if c.Board.Selected() != nil && place == c.Board.Place(c.Now) {
				return s.open(c)
			}
			c.Board.Select(place, c.Now)
			return nil
		}})
	}
	x := s.rows.X + 2
	for _, head := range s.cols.headings() {
		at := widget.Rect{X: x, Y: s.rows.Y, W: head.width, H: 1}
		zones = append(zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			c.Board.Sort(head.order)
			return nil
		}})
		x += head.width
	}
	return zones
}

package ledger

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Layout chooses the columns, scrolls to the selected row and lays out its token.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.room = frame.Divide(r, frame.ListPlan(r.W, s.opened, len(s.search.rows) == 0))
	in := s.room.Inner(s.room.First)
	s.filter.Layout(c.Env.Theme, in.W)
	if s.filter.Shown() || !s.room.Bordered {
		in.Take(1)
	}
	s.rows = in
	s.list.Layout(len(s.search.rows), max(1, in.H-1))
	s.cols = newColumns(c, in.W-2, s.window())
	if !s.opened && s.entry() != s.pane.Entry() {
		s.pane.Show(s.entry())
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
		at.H -= len(painter{s, c}.facts(at.W))
		s.pane.Layout(c, at, room.Bordered)
		s.raw.Layout(c, room.Inner(room.Third), &s.pane)
	}
}

// showsRaw reports whether JSON stands beside the token.
func (s *Screen) showsRaw() bool {
	return s.room.Third.W > 0 || s.opened && s.room.Shape == frame.Sided
}

// window returns the rows that are visible.
func (s *Screen) window() []recorded {
	first := min(s.list.First(), len(s.search.rows))
	return s.search.rows[first:min(len(s.search.rows), first+max(1, s.rows.H-1))]
}

// painter draws a screen.
type painter struct {
	s *Screen
	c *frame.Ctx
}

// View draws the list and the token.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r, p := c.Env.Theme, s.room, painter{s, c}
	if s.opened {
		title, sign := s.pane.Title(c, p.subject())
		first := r.Pane(t, r.First, title, sign, s.pane.View(c), true)
		return frame.Drawing{Lines: r.Join(first, p.viewRaw(r.Second), nil), Cursor: s.pane.Cursor(), Zones: s.pane.Zones()}
	}
	first := r.Pane(t, r.First, t.Strong.Render(p.counts()), t.Faint.Render(p.where()), p.draw(), true)
	out := frame.Drawing{Zones: p.zones()}
	switch r.Shape {
	case frame.Sided:
		title, sign := p.title()
		lines := p.facts(r.Inner(r.Second).W)
		if s.entry() != nil {
			lines = append(s.pane.View(c), lines...)
		}
		out.Lines = r.Join(first, r.Pane(t, r.Second, title, sign, lines, false), p.viewRaw(r.Third))
	case frame.Stacked:
		out.Lines = r.Join(first, p.summary(), nil)
	default:
		out.Lines = first
	}
	if r.Shape != frame.Single && s.entry() != nil {
		out.Zones = append(out.Zones, frame.Zone{Rect: r.Second, Do: s.open})
	}
	out.Cursor = p.cursor(&out)
	return out
}

// title returns the titles of the part about the selected row.
func (d painter) title() (title, sign string) {
	if d.s.row() != nil && d.s.entry() == nil {
		return d.c.Env.Theme.Strong.Render("Batch"), ""
	}
	return d.s.pane.Title(d.c, d.subject())
}

// subject names whom the selected row is about.
func (d painter) subject() string {
	if d.s.row() == nil {
		return "Nothing is selected"
	}
	return visible.Text(who(&d.s.row().Row))
}

// viewRaw draws the JSON into a rectangle, or nothing if it is not shown.
func (d painter) viewRaw(at widget.Rect) []string {
	if !d.s.showsRaw() {
		return nil
	}
	title, sign := d.s.raw.Title(d.c)
	return d.s.room.Pane(d.c.Env.Theme, at, title, sign, d.s.raw.View(d.c), false)
}

// cursor returns where the terminal's cursor stands: in the filter, or on the selected row.
func (d painter) cursor(to *frame.Drawing) *tea.Cursor {
	in := d.s.room.Inner(d.s.room.First)
	if d.s.filter.Shown() {
		if to.Filter(in.Take(1), &d.s.filter); d.s.filter.Typing() {
			return to.Cursor
		}
	}
	if d.s.row() == nil {
		return nil
	}
	return widget.Rect{X: d.s.rows.X, Y: d.s.rows.Y + 1 + d.s.list.Cursor() - d.s.list.First()}.Cursor()
}

// counts says how many rows there are, as far as that is known.
func (d painter) counts() string {
	n := len(d.s.search.rows)
	text := phrase.Count(n, "row", "rows")
	switch {
	case n == 0:
		return "Ledger"
	case !d.s.search.done:
		text = strconv.Itoa(n) + "+ rows"
	case n >= most:
		text = "the newest " + text
	}
	if d.s.search.damaged > 0 {
		text += " · " + strconv.Itoa(d.s.search.damaged) + " damaged"
	}
	return text
}

// where says which of the rows is selected, and which are listed.
func (d painter) where() string {
	what := "issued"
	if d.s.search.all {
		what = "every event"
	}
	if d.s.list.Hides() {
		return strconv.Itoa(d.s.list.Cursor()+1) + " · " + what + " · newest first"
	}
	return what + " · newest first"
}

// draw draws the filter, the headings and the visible rows.
func (d painter) draw() []string {
	t, width := d.c.Env.Theme, d.s.rows.W
	var lines []string
	switch {
	case d.s.filter.Shown():
		lines = append(lines, d.s.filter.View())
	case !d.s.room.Bordered && len(d.s.search.rows) > 0:
		lines = append(lines, widget.Spread(t.Strong.Render(d.counts()), t.Faint.Render(d.where()), width))
	}
	if len(d.s.search.rows) == 0 {
		return append(lines, d.none()...)
	}
	lines = append(lines, "  "+d.s.cols.heads(t))
	for i, row := range d.s.window() {
		picked := d.s.list.First()+i == d.s.list.Cursor()
		lines = append(lines, t.Row(d.s.cols.row(d.c, &row.Row, picked), width, picked))
	}
	if full := d.s.room.Inner(d.s.room.First).H; len(lines)+2 <= full && !d.s.filter.Shown() { // there is room for a hint
		for len(lines) < full-1 {
			lines = append(lines, "")
		}
		lines = append(lines, frame.Hint(t, "/", "filter")+"   "+frame.Hint(t, "s", d.s.keyOfAll().Help().Desc))
	}
	return lines
}

// zones returns what a click does: on a row it selects, or opens the selected one.
func (d painter) zones() []frame.Zone {
	zones := make([]frame.Zone, 0, d.s.rows.H)
	list := d.s.room.First
	for i := range d.s.window() {
		place := d.s.list.First() + i
		at := widget.Rect{X: list.X, Y: d.s.rows.Y + 1 + i, W: list.W, H: 1}
		zones = append(zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			if place == d.s.list.Cursor() && d.s.entry() != nil {
				return d.s.open(c)
			}
			d.s.list.Select(place)
			return d.s.move(c, 0)
		}})
	}
	return zones
}

// none draws what stands in the place of the rows if there are none.
func (d painter) none() []string {
	t, width := d.c.Env.Theme, d.s.rows.W
	switch {
	case d.s.search.err != nil:
		return frame.Problems(t, d.s.search.err, width)
	case d.s.search.job.Busy():
		return []string{t.Faint.Render("Reading the ledger …")}
	case desk.LedgerOf(d.c.Desk) == nil:
		return append([]string{"", t.Strong.Render("The ledger is off.")}, t.Sentence(widget.Note{
			Text: "LEDGER=off is set, so nothing you issue is recorded. Remove that line from the settings to keep a record " +
				"without signatures.",
		}, width, 0)...)
	case d.s.filter.Shown():
		return []string{t.Faint.Render("Nothing matches. esc clears the filter.")}
	}
	return d.example()
}

// examples are what an empty ledger shows that it will have.
func examples() []struct{ sign, when, who, persona, face, key string } {
	return []struct{ sign, when, who, persona, face, key string }{
		{"●", "14:05:12", "ada@example.com", "admin", "console", "3f9a1c07"},
		{"≡", "13:58:40", "1000 tokens", "customer", "batch", "3f9a1c07"},
		{"✗", "26 Nov", "mallory@example.com", "", "issue", "9b1d22e0"},
	}
}

// example shows by an example what will be in the ledger.
func (d painter) example() []string {
	t, width := d.c.Env.Theme, d.s.rows.W
	lines := []string{"", t.Strong.Render("Nothing has been issued yet."), ""}
	about := "Every token that you issue, here or with a command, leaves a row: its subject, its claims, when and with " +
		"which key. The signature is never kept, so nobody can use the record; enter signs a token again."
	lines = append(lines, t.Sentence(widget.Note{Text: about}, min(width, 90), 0)...)
	if d.s.room.Inner(d.s.room.First).H < len(lines)+len(examples())+4 {
		return lines[1:]
	}
	lines = append(lines, "", t.Faint.Render("It will look like this:"), "",
		t.Faint.Render("  WHEN      FOR                  PERSONA    FACE     KEY"))
	for _, e := range examples() {
		line := e.sign + " " + widget.Fit(e.when, 10) + widget.Fit(e.who, 21) + widget.Fit(e.persona, 11) + widget.Fit(e.face, 9) + e.key
		lines = append(lines, widget.Fit(t.Faint.Render(line), width))
	}
	return lines
}

package faults

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// lowest is how high the part below the list is, with its border.
const lowest = 8

// leastText is the least width for what is wrong with a token that says something.
const leastText = 16

// places says where everything is on the screen.
type places struct {
	room       frame.Room
	list, rows widget.Rect // inside the border, and of it the rows
}

// plan divides the room: the list has two fifths of it, and from 160 columns the request
// and the answer of the API have a part of their own.
func plan(width int) frame.Plan {
	return frame.Plan{Left: min(76, max(50, width*2/5)), Third: min(64, width/4), Above: -lowest}
}

// Layout settles where everything is, and which faults are visible.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	p := places{room: frame.Divide(r, plan(r.W))}
	p.list = p.room.Inner(p.room.First)
	p.rows = p.list
	p.rows.Take(1 + len(s.probing.lines(c, &s.catalogue, p.list.W)))
	p.rows.H = max(1, p.rows.H)
	s.places = p
	s.filter.Layout(c.Env.Theme, max(10, min(p.list.W*2/3, p.list.W-len(" 144 of 144 faults"))))
	s.catalogue.layout(p.rows.H)
	s.detail.pane.Quiet = !s.detail.opened
	switch {
	case s.covered():
		s.detail.pane.Layout(c, p.room.Inner(p.room.Body), p.room.Bordered)
	case p.room.Shape == frame.Sided:
		s.detail.pane.Layout(c, p.room.Inner(p.room.Second), p.room.Bordered)
	}
}

// covered reports whether the list gave way to the open token.
func (s *Screen) covered() bool { return s.detail.opened && s.places.room.Shape != frame.Sided }

// painter draws a screen.
type painter struct {
	s *Screen
	c *frame.Ctx
	t *widget.Theme
}

// View draws the catalogue and the selected fault.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	p, r := painter{s, c, c.Env.Theme}, s.places.room
	if s.covered() {
		return frame.Drawing{Lines: p.token(r.Body), Cursor: s.detail.pane.Cursor(), Zones: s.detail.pane.Zones()}
	}
	d := frame.Drawing{Zones: p.zones()}
	switch r.Shape {
	case frame.Sided:
		d.Lines = r.Join(p.list(), p.token(r.Second), p.exchange())
	case frame.Stacked:
		d.Lines = r.Join(p.list(), p.card(r.Second), nil)
	default:
		d.Lines = p.list()
	}
	p.cursor(&d)
	return d
}

// cursor puts the terminal's cursor into the filter or on the selected row.
func (d painter) cursor(to *frame.Drawing) {
	if d.s.detail.opened {
		to.Cursor = d.s.detail.pane.Cursor()
		to.Zones = append(to.Zones, d.s.detail.pane.Zones()...)
		return
	}
	if d.s.filter.Shown() {
		at := d.s.places.list
		if to.Filter(at.Take(1), &d.s.filter); d.s.filter.Typing() {
			return
		}
	}
	rows := &d.s.catalogue.rows
	if at, visible := rows.Places(d.s.places.rows)[rows.Cursor()]; visible {
		to.Cursor = at.Cursor()
	}
}

// zones returns what a click does: on a row it selects, or opens the selected one; on the
// token it opens that.
func (d painter) zones() []frame.Zone {
	p, rows := d.s.places, &d.s.catalogue.rows
	var zones []frame.Zone
	for row, at := range rows.Places(p.rows) {
		at.X, at.W = p.room.First.X, p.room.First.W // with its border
		zones = append(zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			if row == rows.Cursor() {
				return d.s.open(c)
			}
			rows.Select(row)
			return d.s.follow(c)
		}})
	}
	if p.room.Shape != frame.Single && d.s.catalogue.selected() != nil && !d.s.detail.opened {
		zones = append(zones, frame.Zone{Rect: p.room.Second, Do: d.s.open})
	}
	return zones
}

// list draws the list with the address that is or was probed.
func (d painter) list() []string {
	r, sign := d.s.places.room, d.s.probing.address()
	if sign != "" {
		sign = d.t.Faint.Render(sign)
	}
	return r.Pane(d.t, r.First, d.t.Strong.Render("Faults"), sign, d.lines(d.s.places.list.W), !d.s.detail.opened)
}

// lines draws the line above the rows, what there is to say about a probe, and the rows by
// group.
func (d painter) lines(width int) []string {
	t, l := d.t, &d.s.catalogue
	summary := phrase.Count(len(l.all), "fault", "faults")
	if n := len(l.listed); n != len(l.all) {
		summary = strconv.Itoa(n) + " of " + summary
	}
	head := widget.Spread(t.Faint.Render(summary), t.Faint.Render("for "+visible.Text(l.subject)), width)
	if d.s.filter.Shown() {
		head = widget.Spread(d.s.filter.View(), t.Faint.Render(summary), width)
	}
	lines := append([]string{head}, d.s.probing.lines(d.c, l, width)...)
	if len(l.listed) == 0 {
		return append(lines, t.Faint.Render("Nothing matches. esc shows all."))
	}
	names := l.names(width)
	row := func(i int) string { return d.row(i, names, width) }
	group := func(i int) string { return t.Strong.Render(string(l.listed[i].Group)) }
	return append(lines, l.rows.View(t, width, row, group)...)
}

// row draws a fault in a line: its name, its outcome in a probe, and what is wrong
// with the token or why it cannot be made.
func (d painter) row(i, names, width int) string {
	t, f, style := d.t, &d.s.catalogue.listed[i], d.t.Plain
	text, reason := f.Wrong, d.s.catalogue.impossible[f.Name]
	if reason != "" {
		text = explain.Line{Label: "cannot be made", Text: reason}.String()
		if i != d.s.catalogue.rows.Cursor() {
			style = t.Faint
		}
	}
	came := d.s.probing.column(t, f, reason != "")
	rest := width - names - 4 - widget.Width(came)
	if came != "" && rest < leastText { // the part beside or below the list says it
		text = ""
	}
	return style.Render(widget.Fit(f.Name, names)) + "  " + came + t.Faint.Render(widget.Fit(visible.Text(text), rest))
}

package personas

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// places says where everything is on the screen.
type places struct {
	room       frame.Room
	list, rows widget.Rect // inside the border, and of it the rows
	notes      widget.Rect // above what stands beside the list
	cols       []column
}

// The heights of the part below the list, with its border.
const lowest, tallest = 8, 12

// mostForm is the most width of a form.
const mostForm = 84

// plan divides the room: the list has a little more than half of it.
func (s *Screen) plan(r widget.Rect) frame.Plan {
	switch {
	case s.editor != nil:
		return frame.Plan{Left: min(mostForm, r.W/2), Above: -lowest}
	case len(s.people.all) == 0:
		return frame.Plan{Left: r.W}
	}
	return frame.Plan{Left: r.W * 11 / 20, Above: -min(tallest, max(lowest, r.H*11/20))}
}

// Layout applies the filter, chooses the columns, and previews the selected persona.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	l := &s.people
	if l.filter.Text() != l.sought {
		l.narrow()
	}
	p := places{room: frame.Divide(r, s.plan(r))}
	p.list = p.room.Inner(p.room.First)
	l.filter.Layout(c.Env.Theme, p.list.W)
	p.rows = p.list
	if l.filter.Shown() || !p.room.Bordered {
		p.rows.Take(1)
	}
	p.rows.Take(1) // the headings
	p.rows.H = max(1, p.rows.H)
	l.rows.Layout(len(l.listed), p.rows.H)
	all := make([]*facts, 0, len(l.listed))
	for _, persona := range l.listed {
		all = append(all, factsOf(c, persona))
	}
	p.cols = fit(all, p.list.W-2)
	s.side.follow(c, s.previewed())
	at := p.room.Inner(p.room.Second)
	lines := len(s.drawNotes(c, at.W))
	p.notes = at.Take(min(lines, max(0, at.H/2)))
	if s.editor != nil {
		s.editor.layout(c, p.list)
	}
	s.side.pane.Quiet = !s.side.away
	s.side.pane.Layout(c, at, p.room.Bordered)
	s.places = p
}

// previewed returns the persona whose token is previewed: that of the editor, or the selected
// one.
func (s *Screen) previewed() *settings.Persona {
	if s.editor != nil {
		return s.editor.common().persona
	}
	return s.selected()
}

// drawNotes draws what there is to say about the selected persona.
func (s *Screen) drawNotes(c *frame.Ctx, width int) []string {
	if s.side.made != nil {
		return nil
	}
	var lines []string
	for _, note := range s.side.notes {
		lines = append(lines, c.Env.Theme.Sentence(frame.Note(note), width, 0)...)
	}
	return lines
}

// View draws the list and the selected persona.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	r := s.places.room
	if s.editor != nil {
		return s.viewEditor(c)
	}
	if s.side.away && r.Shape == frame.Single {
		return frame.Drawing{Lines: s.drawSide(c), Cursor: s.side.pane.Cursor(), Zones: s.side.pane.Zones()}
	}
	d := frame.Drawing{Zones: s.zones()}
	first := s.drawList(c)
	if r.Shape == frame.Single {
		d.Lines = first
	} else {
		d.Lines = r.Join(first, s.drawSide(c), nil)
		d.Zones = append(d.Zones, s.sideZones()...)
	}
	s.cursor(&d)
	return d
}

// viewEditor draws the editor, and beside or below it what the token would have.
func (s *Screen) viewEditor(c *frame.Ctx) frame.Drawing {
	t, r := c.Env.Theme, s.places.room
	d := s.editor.draw(c)
	sign := ""
	if s.editor.text() != s.editor.common().opened {
		sign = t.Warn.Render("▲ not saved")
	}
	d.Lines = r.Pane(t, r.First, t.Strong.Render(visible.Text(s.editor.title())), sign, d.Lines, true)
	if r.Shape != frame.Single {
		d.Lines = r.Join(d.Lines, s.drawSide(c), nil)
	}
	return d
}

// cursor puts the terminal's cursor into the filter, on the selected row or into the pane.
func (s *Screen) cursor(d *frame.Drawing) {
	l := &s.people
	at := s.places.list
	if l.filter.Shown() {
		d.Filter(at.Take(1), &l.filter)
	}
	switch {
	case s.side.away:
		d.Cursor = s.side.pane.Cursor()
	case !l.filter.Typing():
		if row, visible := l.rows.Places(s.places.rows)[l.rows.Cursor()]; visible && s.selected() != nil {
			d.Cursor = row.Cursor()
		}
	}
}

// zones returns what a click on the list does: it selects a row, or issues for the selected
// one.
func (s *Screen) zones() []frame.Zone {
	l := &s.people
	var zones []frame.Zone
	for row, at := range l.rows.Places(s.places.rows) {
		at.X, at.W = s.places.room.First.X, s.places.room.First.W // with its border
		zones = append(zones, frame.Zone{Rect: at, Do: frame.Just(func() {
			l.rows.Select(row)
			s.toList()
		})})
	}
	return zones
}

// sideZones returns what a click beside the list does: it goes there.
func (s *Screen) sideZones() []frame.Zone {
	if s.selected() == nil {
		return nil
	}
	zones := s.side.pane.Zones()
	for i := range zones {
		do := zones[i].Do
		zones[i].Do = func(c *frame.Ctx) tea.Cmd {
			s.side.away = true
			return do(c)
		}
	}
	return append(zones, frame.Zone{Rect: s.places.room.Second, Do: frame.Just(func() { s.side.away = true })})
}

// drawList draws the filter, the headings and the personas.
func (s *Screen) drawList(c *frame.Ctx) []string {
	t, r, l := c.Env.Theme, s.places.room, &s.people
	title, sign := s.counts(), ""
	if l.file != nil && len(l.all) > 0 {
		sign = t.Faint.Render(visible.Text(fileName(l.file)))
	}
	return r.Pane(t, r.First, t.Strong.Render(title), sign, s.lines(c, title), !s.side.away)
}

func (s *Screen) lines(c *frame.Ctx, title string) []string {
	t, l, width := c.Env.Theme, &s.people, s.places.list.W
	var lines []string
	switch {
	case l.err != nil:
		return s.wrong(c)
	case len(l.all) == 0 && l.job.Busy():
		return nil
	case len(l.all) == 0:
		return s.empty(c)
	case l.filter.Shown():
		lines = append(lines, l.filter.View())
	case !s.places.room.Bordered:
		lines = append(lines, t.Strong.Render(title))
	}
	if len(l.listed) == 0 {
		return append(lines, t.Faint.Render("Nothing matches. esc clears the filter."))
	}
	lines = append(lines, "  "+heads(t, s.places.cols))
	row := func(i int) string {
		f := factsOf(c, l.listed[i])
		f.selected = i == l.rows.Cursor()
		return f.draw(s.places.cols)
	}
	return append(lines, l.rows.View(t, width, row, nil)...)
}

// counts says how many personas there are.
func (s *Screen) counts() string {
	l := &s.people
	if len(l.all) == 0 {
		return "Personas"
	}
	text := phrase.Count(len(l.all), "persona", "personas")
	if len(l.listed) != len(l.all) {
		text = strconv.Itoa(len(l.listed)) + " of " + text
	}
	off := 0
	for _, p := range l.all {
		if p.Disabled {
			off++
		}
	}
	if off > 0 {
		text += " · " + strconv.Itoa(off) + " disabled"
	}
	return text
}

// drawSide draws what stands beside the list.
func (s *Screen) drawSide(c *frame.Ctx) []string {
	t, r, p := c.Env.Theme, s.places.room, s.previewed()
	switch {
	case p == nil && s.editor != nil:
		return r.Pane(t, r.Second, t.Faint.Render("Preview"), "", nil, false)
	case p == nil:
		return r.Pane(t, r.Second, t.Faint.Render("nothing is selected"), "", nil, false)
	}
	title, sign := t.Strong.Render(visible.Text(p.Name)+" · not signed"), t.Faint.Render(where(p))
	if s.editor != nil {
		title, sign = t.Strong.Render("Preview: not signed"), ""
	}
	if s.side.made != nil {
		title, sign = s.side.pane.Title(c, visible.Text(s.side.made.Token.Subject()))
	}
	lines := append(s.drawNotes(c, s.places.notes.W), make([]string, s.places.notes.H)...)[:s.places.notes.H]
	return r.Pane(t, r.Second, title, sign, append(lines, s.side.pane.View(c)...), s.side.away)
}

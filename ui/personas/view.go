package personas

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
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
const lowest, tallest = 8, 11

// threeParts is the width from which on the text of a persona stands beside its preview.
const threeParts = 160

// mostForm is the most width of a form.
const mostForm = 84

// plan divides the room: the list has half of it or a little more, and a form not more than
// it needs.
func (s *Screen) plan(r widget.Rect) frame.Plan {
	switch {
	case s.editor != nil:
		return frame.Plan{Left: min(mostForm, r.W/2), Above: -lowest}
	case len(s.people.all) == 0:
		return frame.Plan{Left: r.W}
	}
	if r.W >= threeParts {
		return frame.Plan{Left: r.W / 2, Third: r.W / 5}
	}
	return frame.Plan{Left: r.W * 3 / 5, Above: -min(tallest, max(lowest, r.H*11/20))}
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
		all = append(all, s.people.facts(c, persona))
	}
	p.cols = fit(all, p.list.W-2)
	s.side.follow(c, s.previewed(), l.secret)
	if p.room.Third.W > 0 {
		s.side.text.follow(l.file, s.selected())
	}
	at := p.room.Inner(p.room.Second)
	lines := len(painter{s, c, c.Env.Theme}.notes(at.W))
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

// painter draws a screen.
type painter struct {
	s *Screen
	c *frame.Ctx
	t *widget.Theme
}

// View draws the list and the selected persona, or the editor and what it makes.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	p, r := painter{s, c, c.Env.Theme}, s.places.room
	if s.editor != nil {
		return p.editor()
	}
	if s.side.away && r.Shape == frame.Single {
		return frame.Drawing{Lines: p.side(), Cursor: s.side.pane.Cursor(), Zones: s.side.pane.Zones()}
	}
	d := frame.Drawing{Lines: p.list(), Zones: p.zones()}
	if r.Shape != frame.Single {
		d.Lines = r.Join(d.Lines, p.side(), p.text())
		d.Zones = append(d.Zones, p.sideZones()...)
	}
	p.cursor(&d)
	return d
}

// editor draws the editor, and beside or below it what the token would have.
func (p painter) editor() frame.Drawing {
	e, r := p.s.editor, p.s.places.room
	d := e.draw(p.c)
	sign := ""
	if e.text() != e.common().opened {
		sign = p.t.Warn.Render("▲ not saved")
	}
	d.Lines = r.Pane(p.t, r.First, p.t.Strong.Render(visible.Text(e.title())), sign, d.Lines, true)
	if r.Shape != frame.Single {
		d.Lines = r.Join(d.Lines, p.side(), nil)
	}
	return d
}

// cursor puts the terminal's cursor into the filter, on the selected row or into the pane.
func (p painter) cursor(d *frame.Drawing) {
	l, at := &p.s.people, p.s.places.list
	if l.filter.Shown() && len(l.all) > 0 {
		d.Filter(at.Take(1), &l.filter)
	}
	switch {
	case p.s.side.away:
		d.Cursor = p.s.side.pane.Cursor()
	case !l.filter.Typing():
		if row, visible := l.rows.Places(p.s.places.rows)[l.rows.Cursor()]; visible && p.s.selected() != nil {
			d.Cursor = row.Cursor()
		}
	}
}

// zones returns what a click on the list does: it selects a row.
func (p painter) zones() []frame.Zone {
	l, first := &p.s.people, p.s.places.room.First
	places := l.rows.Places(p.s.places.rows)
	zones := make([]frame.Zone, 0, len(places))
	for row, at := range places {
		at.X, at.W = first.X, first.W // with its border
		zones = append(zones, frame.Zone{Rect: at, Do: frame.Just(func() {
			l.rows.Select(row)
			p.s.toList()
		})})
	}
	return zones
}

// sideZones returns what a click beside the list does: it goes there.
func (p painter) sideZones() []frame.Zone {
	if p.s.selected() == nil {
		return nil
	}
	there := frame.Just(func() { p.s.side.away = true })
	zones := p.s.side.pane.Zones()
	for i := range zones {
		do := zones[i].Do
		zones[i].Do = func(c *frame.Ctx) tea.Cmd { return tea.Batch(there(c), do(c)) }
	}
	return append(zones, frame.Zone{Rect: p.s.places.room.Second, Do: there})
}

// list draws the filter, the headings and the personas.
func (p painter) list() []string {
	r, l := p.s.places.room, &p.s.people
	sign := ""
	if l.file != nil && len(l.all) > 0 {
		sign = p.t.Faint.Render(visible.Text(fileName(l.file)))
	}
	title := p.t.Strong.Render(l.counts())
	return r.Pane(p.t, r.First, title, sign, p.lines(title), !p.s.side.away)
}

func (p painter) lines(title string) []string {
	l, places := &p.s.people, p.s.places
	var lines []string
	switch {
	case l.err != nil:
		return p.wrong()
	case len(l.all) == 0 && l.job.Busy():
		return nil
	case len(l.all) == 0:
		return p.empty()
	case l.filter.Shown():
		lines = append(lines, l.filter.View())
	case !places.room.Bordered:
		lines = append(lines, title)
	}
	if len(l.listed) == 0 {
		return append(lines, p.t.Faint.Render("Nothing matches. esc clears the filter."))
	}
	lines = append(lines, "  "+heads(p.t, places.cols))
	row := func(i int) string {
		f := l.facts(p.c, l.listed[i])
		f.selected = i == l.rows.Cursor()
		return f.draw(places.cols)
	}
	return append(lines, l.rows.View(p.t, places.list.W, row, nil)...)
}

// counts says how many personas there are.
func (l *people) counts() string {
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
		text += " · " + strconv.Itoa(off) + " " + disabledWord
	}
	if n := len(l.secret); n > 0 {
		text += " · " + widget.Warn.Sign() + " " + phrase.Count(n, secretWord, "secrets")
	}
	return text
}

// notes draws what there is to say about the persona that is previewed.
func (p painter) notes(width int) []string {
	if p.s.side.made != nil {
		return nil
	}
	var lines []string
	for _, note := range p.s.side.notes {
		lines = append(lines, p.t.Sentence(frame.Note(note), width, 0)...)
	}
	return lines
}

// side draws what stands beside the list or the editor.
func (p painter) side() []string {
	r, of := p.s.places.room, p.s.previewed()
	editing := p.s.editor != nil
	switch {
	case of == nil && editing:
		return r.Pane(p.t, r.Second, p.t.Faint.Render("Preview"), "", nil, false)
	case of == nil:
		return r.Pane(p.t, r.Second, p.t.Faint.Render("nothing is selected"), "", nil, false)
	}
	title, sign := visible.Text(of.Name)+" · not signed", p.t.Faint.Render(where(of))
	if editing {
		title, sign = "Preview: not signed", ""
	}
	title = p.t.Strong.Render(title)
	if made := p.s.side.made; made != nil {
		title, sign = p.s.side.pane.Title(p.c, token.Whom(made))
	}
	at := p.s.places.notes
	lines := widget.Fill(p.notes(at.W), at.W, at.H)
	return r.Pane(p.t, r.Second, title, sign, append(lines, p.s.side.pane.View(p.c)...), p.s.side.away)
}

// text draws the persona as its text in the file, with the numbers of its lines there.
func (p painter) text() []string {
	r, of := p.s.places.room, p.s.selected()
	if r.Third.W == 0 || of == nil {
		return nil
	}
	in := r.Inner(r.Third)
	var lines []string
	for i, line := range p.s.side.text.lines {
		number := p.t.Faint.Render(fmt.Sprintf("%3d ", p.s.side.text.line+i))
		for _, part := range widget.Chop(visible.Text(line), in.W-widget.Width(number)) {
			lines = append(lines, number+colored(p.t, part))
			number = "    "
		}
	}
	if room := max(1, in.H); len(lines) > room {
		lines = append(lines[:room-1], p.t.Faint.Render(phrase.Count(len(lines)-room+1, "more line", "more lines")+" ↓"))
	}
	key := p.t.HelpKey.Render("t") + p.t.HelpText.Render(" edits it")
	return r.Pane(p.t, r.Third, p.t.Strong.Render(visible.Text(filepath.Base(of.File))), key, lines, false)
}

// colored draws a line of YAML in its colours.
func colored(t *widget.Theme, line string) string {
	var out strings.Builder
	for _, part := range yamlParts(t, line) {
		out.WriteString(part.Style.Render(line[:part.Length]))
		line = line[part.Length:]
	}
	return out.String() + line
}

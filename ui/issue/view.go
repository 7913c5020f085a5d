package issue

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// The widths of the form beside the token.
const (
	leastLeft, mostLeft = 40, 56
)

// Layout makes the preview, and divides the room between the form and what stands beside it.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	t, f := c.Env.Theme, &s.form
	if s.preview.update(c, f) {
		s.hold(c)
		if s.preview.err == nil {
			s.sketch.Preview(s.preview.report, s.preview.Notes...)
			s.sketch.Say(warnings(c)...)
		}
	}
	look := s.look()
	plan := frame.Plan{Left: min(mostLeft, max(leastLeft, r.W*2/5))}
	width := plan.Left
	if width > r.W/2 {
		width = r.W
	}
	f.explain(c, width-4, look)
	if r.W > plan.Left {
		plan.Third = (r.W - plan.Left) * 46 / 100
	}
	folded := f.needs(t, r.W-2, true)
	plan.Above = foldedHeight(folded, r.H*6/10)
	s.room = frame.Divide(r, plan)
	switch s.room.Shape {
	case frame.Stacked:
		s.room.Second.Y, s.room.Second.H = s.room.First.Y+s.room.First.H, r.H-s.room.First.H
		f.layout(t, fold(s.room.First, folded))
	case frame.Single:
		s.single(t, r)
	default:
		in := s.room.Inner(s.room.First)
		f.layout(t, long(in, f.needs(t, in.W, false)))
	}
	s.side().Quiet, s.pane.Uses = !f.away, uses(f.away)
	s.side().Layout(c, s.room.Inner(s.room.Second), s.room.Bordered)
	s.raw.Layout(c, s.room.Inner(s.room.Third), s.side())
}

// warnings returns what is wrong with the settings, and what was recognised in them.
func warnings(c *frame.Ctx) []explain.Line {
	set := c.Desk.Settings()
	lines := make([]explain.Line, 0, len(set.Warnings))
	for _, w := range set.Warnings {
		lines = append(lines, explain.Warning(w))
	}
	return lines
}

// single lays the screen out where there is room for one thing: the form, or the token with
// the subject on one line above it.
func (s *Screen) single(t *widget.Theme, r widget.Rect) {
	f := &s.form
	if s.showsForm() {
		in := s.room.Inner(r)
		f.layout(t, long(in, f.needs(t, in.W, false)))
		return
	}
	if !f.away {
		line := s.room.Second.Take(1)
		line.X, line.W = line.X+1, line.W-2
		f.layout(t, long(line, needs{}))
	}
	s.room.Bordered = s.room.Second.H >= 13
}

// showsForm reports whether the form is visible where there is room for one thing.
func (s *Screen) showsForm() bool {
	return !s.form.away && (s.pane.Entry() == nil || s.form.focus != subjectField || s.form.err != nil)
}

// look returns what the form shows besides what it holds.
func (s *Screen) look() formLook {
	look := formLook{header: headerLine(s.preview.Preview), refused: s.preview.Refused}
	if s.signed() {
		if exp, ok := s.pane.Entry().Token.Date("exp"); ok {
			look.expiry, _ = exp.Time()
		}
	}
	return look
}

// View draws the form and what stands beside it.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r, f := c.Env.Theme, s.room, &s.form
	d := frame.Drawing{Cursor: f.cursor()}
	if f.away {
		d.Cursor = s.side().Cursor()
	}
	switch {
	case r.Shape == frame.Single && s.showsForm():
		d.Lines = s.viewForm(c, r.First)
		d.Zones, d.Short = formZones(s, c), cutNotes(f, t)
		return d
	case r.Shape == frame.Single:
		d.Lines = s.viewSide(c)
		if !f.away {
			line := widget.Rect{X: r.Body.X, Y: r.Body.Y, W: r.Body.W, H: 1}
			d.Lines = append(f.view(c, line, s.look()), d.Lines...)
			d.Zones = fieldZones(f)
		}
		d.Zones = append(d.Zones, sideZones(s)...)
		return d
	}
	first, second := s.viewForm(c, r.First), s.viewSide(c)
	var third []string
	if r.Third.W > 0 {
		third = viewThird(s, c)
	}
	d.Lines = r.Join(first, second, third)
	d.Short = cutNotes(f, t)
	d.Zones = append(formZones(s, c), sideZones(s)...)
	return d
}

// viewForm draws the form in its part of the room.
func (s *Screen) viewForm(c *frame.Ctx, at widget.Rect) []string {
	t, r, f := c.Env.Theme, s.room, &s.form
	if f.places.folded {
		return widget.Fill(f.view(c, at, s.look()), at.W, at.H)
	}
	sign := ""
	if of := about(f); of != "" {
		sign = t.Faint.Render(visible.Text(of))
	}
	in := r.Inner(at)
	content := f.view(c, in, s.look())
	if rest := f.places.rest; rest.H > 0 {
		copy(content[rest.Y-in.Y:], viewPeople(s, c, rest))
	}
	return r.Pane(t, at, t.Strong.Render("New token"), sign, content, !f.away)
}

// viewSide draws the token, or the preview.
func (s *Screen) viewSide(c *frame.Ctx) []string {
	t, r, pane := c.Env.Theme, s.room, s.side()
	name := ""
	if e := pane.Entry(); e != nil {
		name = token.Whom(e)
	}
	title, sign := pane.Title(c, name)
	content := pane.View(c)
	if pane == &s.sketch {
		if of := about(&s.form); of != "" {
			sign = t.Faint.Render(visible.Text(of))
		}
		if without := missing(&s.form); without != "" {
			sign = t.Warn.Render("▲ " + without)
		}
		if s.preview.err != nil {
			content = frame.Problems(t, s.preview.err, r.Inner(r.Second).W)
		}
	}
	return r.Pane(t, r.Second, title, sign, content, s.form.away)
}

// sideZones returns the zones of what stands beside the form: a click goes there.
func sideZones(s *Screen) []frame.Zone {
	zones := s.side().Zones()
	for i := range zones {
		do := zones[i].Do
		zones[i].Do = func(c *frame.Ctx) tea.Cmd {
			s.form.give(true)
			return do(c)
		}
	}
	return append(zones, frame.Zone{Rect: s.room.Second, Do: frame.Just(func() { s.form.give(true) })})
}

// viewThird draws the JSON of what stands beside the form.
func viewThird(s *Screen, c *frame.Ctx) []string {
	title, sign := s.raw.Title(c)
	return s.room.Pane(c.Env.Theme, s.room.Third, title, sign, s.raw.View(c), false)
}

// formZones returns the zones of the form.
func formZones(s *Screen, c *frame.Ctx) []frame.Zone {
	f := &s.form
	zones := append(fieldZones(f), frame.Zone{Rect: f.places.button, Do: s.submit})
	return slices.Concat(zones, usualZones(f, c), peopleZones(s, c))
}

// uses says what can be done with the token that was issued, with the keys of the part that has
// the focus.
func uses(away bool) []token.Way {
	if away {
		return []token.Way{
			{Key: "y", Text: "copy"}, {Key: "c", Text: "as curl or code"}, {Key: "w", Text: "to a file"}, {Key: "e", Text: "edit"},
		}
	}
	return []token.Way{
		{Key: "ctrl+y", Text: "copy"}, {Key: "esc, c", Text: "as curl or code"}, {Key: "esc, w", Text: "to a file"},
	}
}

package inspect

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// places are the rectangles of the list, inside its border.
type places struct {
	field, rows widget.Rect
	each        int // the lines of a row
}

// plan divides the room: the list, the token, and its JSON where there is room.
func plan(width int) frame.Plan { return frame.Plan{Left: max(38, width/5), Third: width / 3} }

// Layout gives the list its place, and the token the rest. Below 100 columns one of them has
// the whole room.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.learn(c)
	s.room = frame.Divide(r, plan(r.W))
	in := s.room.Inner(s.room.First)
	in.Take(1)
	s.places = places{field: in.Take(1), each: 2}
	in.Take(min(in.H, 1))
	if s.places.rows = in; in.H < 10 {
		s.places.each = 1
	}
	s.input.Layout(c.Env.Theme, s.places.field.W)
	s.list.Layout(len(s.seen), max(1, in.H/s.places.each))
	s.pane.Quiet = !s.onToken
	s.pane.Layout(c, s.room.Inner(s.room.Second), s.room.Bordered)
	if s.room.Third.W > 0 {
		s.raw.Layout(c, s.room.Inner(s.room.Third), &s.pane)
	}
}

// View draws the list, the token and its JSON.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	r := s.room
	shown := s.pane.Entry() != nil
	if r.Shape == frame.Single && s.onToken && shown {
		d := frame.Drawing{Lines: s.viewToken(c), Cursor: s.pane.Cursor(), Zones: s.pane.Zones()}
		return d
	}
	d := s.viewList(c)
	if r.Shape == frame.Single {
		return d
	}
	second, third := viewExample(c, r), viewExampleJSON(c, r)
	if shown {
		title, sign := s.raw.Title(c)
		second, third = s.viewToken(c), r.Pane(c.Env.Theme, r.Third, title, sign, s.raw.View(c), false)
		d.Zones = append(d.Zones, frame.Zone{Rect: r.Second, Do: frame.Just(s.toToken)})
		for _, zone := range s.pane.Zones() {
			do := zone.Do
			zone.Do = func(c *frame.Ctx) tea.Cmd {
				s.toToken()
				return do(c)
			}
			d.Zones = append(d.Zones, zone)
		}
	}
	d.Lines = r.Join(d.Lines, second, third)
	if s.onToken && shown {
		d.Cursor = s.pane.Cursor()
	}
	return d
}

// viewToken draws the token.
func (s *Screen) viewToken(c *frame.Ctx) []string {
	name, of := "Token", 1
	switch now := s.selected(); {
	case now == nil:
	case now.nothing:
		name = "Not a token"
	case now.of > 1:
		name, of = "Token "+strconv.Itoa(now.at)+" of "+strconv.Itoa(now.of), now.of
	}
	if s.room.Shape == frame.Single && len(s.seen) > of {
		name += " · " + strconv.Itoa(s.list.Cursor()+1) + "/" + strconv.Itoa(len(s.seen)) + " read"
	}
	title, sign := s.pane.Title(c, name)
	return s.room.Pane(c.Env.Theme, s.room.Second, title, sign, s.pane.View(c), s.onToken)
}

// viewList draws the field with what was read below it, or with what can be pasted.
func (s *Screen) viewList(c *frame.Ctx) frame.Drawing {
	t, r, p := c.Env.Theme, s.room, s.places
	prompt := t.Strong.Render("Paste anything that holds a token")
	if widget.Width(prompt) > p.field.W {
		prompt = t.Strong.Render("Paste a token")
	}
	if s.job.Busy() {
		prompt = t.Strong.Render("Reading…")
	}
	lines := []string{prompt, s.input.View(), ""}
	if why := s.input.Note(); why != "" {
		lines[2] = t.Warn.Render(widget.Clip("▲ "+why, p.field.W))
	}
	d := frame.Drawing{
		Cursor: p.field.Shift(s.input.Cursor()), Zones: []frame.Zone{{Rect: p.field, Text: &s.input, Do: frame.Just(s.toField)}},
	}
	count := ""
	if len(s.seen) > 0 {
		count = t.Faint.Render(strconv.Itoa(len(s.seen)))
		lines = append(lines, s.rows(c, &d)...)
	} else {
		lines = append(lines, understood(t, p.rows.W)...)
	}
	d.Lines = r.Pane(t, r.First, t.Strong.Render("Read here"), count, lines, !s.onToken || s.pane.Entry() == nil)
	return d
}

// rows draws what was read, and adds the zones.
func (s *Screen) rows(c *frame.Ctx, d *frame.Drawing) []string {
	p := s.places
	lines := make([]string, p.rows.H)
	for i, at := range s.list.Places(widget.Rect{W: p.rows.W}) {
		top := at.Y * p.each
		for n, line := range rowLines(c, s.seen[i], p.rows.W-2) {
			if n < p.each && top+n < len(lines) {
				lines[top+n] = s.row(c, line, i == s.list.Cursor(), n == 0)
			}
		}
		place := widget.Rect{X: p.rows.X, Y: p.rows.Y + top, W: p.rows.W, H: p.each}
		d.Zones = append(d.Zones, frame.Zone{Rect: place, Do: func(c *frame.Ctx) tea.Cmd {
			s.list.Select(i)
			return s.show(c)
		}})
	}
	return lines
}

// row draws a line of what was read. While the token has the keys, a sign says which one it is,
// since the selection is in the token.
func (s *Screen) row(c *frame.Ctx, line string, current, first bool) string {
	t, width := c.Env.Theme, s.places.rows.W
	if current && first && s.onToken && s.room.Shape != frame.Single {
		return t.Accent.Render("›") + " " + widget.Fit(line, width-2)
	}
	return t.Row(line, width, current && (!s.onToken || s.room.Shape == frame.Single))
}

// rowLines draws what was read in two lines: its state, its subject and the time left, then its
// algorithm and who issued it.
func rowLines(c *frame.Ctx, each seen, width int) []string {
	t := c.Env.Theme
	result := &each.entry.Result
	status := explain.StatusOf(result, c.Now)
	sign := t.Tone(status.Tone).Render(status.Sign) + " "
	if each.nothing {
		why := status.Word
		if len(result.Failures) > 0 {
			why = result.Failures[0].Reason
		}
		return []string{sign + t.Plain.Render("not a token"), "  " + t.Faint.Render(widget.Clip(visible.Text(why), width-2))}
	}
	inner := result.Innermost().Token
	left := t.Faint.Render(status.Short)
	name := t.Plain.Render(widget.Clip(visible.Text(explain.Subject(inner)), max(4, width-3-widget.Width(left))))
	about := visible.Text(string(inner.Algorithm()))
	if iss, ok := inner.Claims.String("iss"); ok {
		about += " · " + visible.Text(host(iss))
	}
	return []string{widget.Spread(sign+name, left, width), "  " + t.Faint.Render(widget.Clip(about, width-2))}
}

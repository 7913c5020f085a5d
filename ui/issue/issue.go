// Package issue is the screen with the form for a new token, and the token that was
// issued last.
package issue

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen is the form, and beside it the token that was issued last.
type Screen struct {
	frame.Passive

	form    form
	pane    token.Pane
	issuing frame.Job
	room    frame.Room
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with an empty form for the desk.
func New(d *desk.Desk) *Screen {
	s := &Screen{form: newForm(d.Settings().Lifetime)}
	s.pane.Owner = token.Owner{
		New:  true,
		Fail: s.Fail,
		Leave: frame.Just(func() {
			s.form.moveTo(subjectField)
			s.form.subject.SelectAll() // the next name replaces it
		}),
	}
	return s
}

// Renew keeps the input.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	s.form.renew(c.Desk.Settings().Lifetime)
	s.hold(c)
	return nil
}

// Accept takes a token that was just made.
func (s *Screen) Accept(c *frame.Ctx, i frame.Intent) (tea.Cmd, bool) {
	if fill, ok := i.(frame.Fill); ok {
		return s.fill(c, fill.Persona), true
	}
	show, ok := i.(frame.Show)
	if !ok {
		return nil, false
	}
	c.Board.Add(show.Entry)
	s.pane.Show(show.Entry)
	s.form.tried = false
	s.form.give(true)
	return nil, true
}

// Typing reports whether a field of the form has the cursor.
func (s *Screen) Typing() bool { return s.form.typing() || s.form.away && s.pane.Typing() }

// Update types into the form.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	switch {
	case frame.Wheel(msg) != 0, s.form.away && s.pane.Typing():
		return s.pane.Update(c, msg)
	case pasted:
		return dialog.Pasted(c, paste, s.Typing(), s.form.update)
	case !s.form.away:
		s.form.update(msg)
	}
	return nil
}

// hold keeps the draft of the form for the other screens, or none if it has an error.
func (s *Screen) hold(c *frame.Ctx) {
	c.Env.Form, _, _ = s.form.check(c.Desk, c.Now)
}

// submit issues a token from the form, or moves to the first field with an error.
func (s *Screen) submit(c *frame.Ctx) tea.Cmd {
	f := &s.form
	if s.issuing.Busy() {
		return nil
	}
	f.tried, f.err = true, nil
	f.claims.text.Say("") // the error in the claims comes before the note
	draft, wrong, err := f.check(c.Desk, c.Now)
	if err != nil {
		f.moveTo(wrong)
		return nil
	}
	issue := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Issue(ctx, draft) }
	return frame.Do(c, &s.issuing, issue, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return s.Fail(c, err)
		}
		return token.Issued(c, made)
	})
}

// Fail says why no token was issued: in the form if it is visible, else in a message.
func (s *Screen) Fail(c *frame.Ctx, err error) tea.Cmd {
	s.form.err = err
	return frame.FailIn(c, s, err)
}

// Layout divides the room between form and token.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.room = frame.Divide(r, frame.Plan{Left: 38})
	s.form.layout(c, s.room.Inner(s.room.First))
	s.pane.Quiet = !s.form.away
	s.pane.Layout(c, s.room.Inner(s.room.Second), s.room.Bordered)
	s.hold(c)
}

// View draws the form and the token, beside each other or one of them.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	r, f := s.room, &s.form
	d := frame.Drawing{Cursor: f.cursor()}
	if r.Shape == frame.Sided || !f.away {
		title := "New token"
		if f.persona != nil {
			title += " · " + visible.Text(f.persona.Name)
		}
		content := f.view(c, r.Inner(r.First))
		d.Lines = r.Pane(c.Env.Theme, r.First, c.Env.Theme.Strong.Render(title), "", content, !f.away)
		d.Zones, d.Short = s.formZones(), f.short(c.Env.Theme)
	}
	if r.Shape == frame.Sided || f.away {
		right := s.viewToken(c)
		if f.away {
			d.Cursor, d.Zones = s.pane.Cursor(), append(d.Zones, s.pane.Zones()...)
		} else if s.pane.Entry() != nil {
			d.Zones = append(d.Zones, frame.Zone{Rect: r.Second, Do: frame.Just(func() { f.give(true) })})
		}
		if r.Shape != frame.Sided {
			d.Lines = right
			return d
		}
		d.Lines = widget.Beside(d.Lines, right)
	}
	return d
}

// viewToken draws the token, or that there is none.
func (s *Screen) viewToken(c *frame.Ctx) []string {
	r, t, in := s.room, c.Env.Theme, s.room.Inner(s.room.Second)
	title, sign := s.pane.Title(c, "Token")
	content := s.pane.View(c)
	if s.pane.Entry() == nil {
		content = widget.Centered(t, in.W, in.H, "No token yet.", "Type its subject and press enter.")
		content = append(append(content, ""), frame.Warnings(t, c.Desk.Settings().Warnings, in.W)...)
	}
	return r.Pane(t, r.Second, title, sign, content, s.form.away)
}

// formZones returns the zones of the fields and the button.
func (s *Screen) formZones() []frame.Zone {
	f := &s.form
	var zones []frame.Zone
	for i, at := range f.rects.fields {
		focus := frame.Just(func() { f.moveTo(stop(i)) })
		click := f.inputs()[i].Click
		zones = append(zones, frame.Zone{Rect: at.label, Do: focus}, frame.Zone{Rect: at.text, Do: focus, At: click})
	}
	return append(zones, frame.Zone{Rect: f.rects.button, Do: func(c *frame.Ctx) tea.Cmd {
		f.moveTo(buttonField)
		return s.submit(c)
	}})
}

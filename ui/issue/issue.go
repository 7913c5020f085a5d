// Package issue is the screen with the form for a new token. Beside it is the token that was
// issued from it, or a preview of what would be.
package issue

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// Screen is the form, and beside it the token that was issued from it.
type Screen struct {
	frame.Passive

	form     form
	pane     token.Pane // the token that was issued last
	sketch   token.Pane // the preview
	raw      token.Raw  // of either
	preview  preview
	personas []*settings.Persona // that the form can be filled from
	issuing  frame.Job
	room     frame.Room

	// made is what the form said when the token in the pane was issued, and own the entry
	// that the form itself made last.
	made typed
	own  *desk.Entry
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with an empty form for the desk.
func New(d *desk.Desk) *Screen {
	s := &Screen{form: newForm(d.Settings().Lifetime)}
	s.pane.Owner = token.Owner{New: true, Fail: s.Fail, Leave: frame.Just(s.next)}
	return s
}

// next goes to the subject, which the next name replaces.
func (s *Screen) next() {
	s.form.moveTo(subjectField)
	s.form.subject.SelectAll()
}

// Enter reads the personas, which the form shows.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	read := func(_ context.Context, d *desk.Desk) ([]*settings.Persona, error) { return d.Personas() }
	return frame.Do(c, nil, read, func(c *frame.Ctx, personas []*settings.Persona, _ error) tea.Cmd {
		s.personas, c.Env.Personas = personas, personas // what is wrong with the file is said where one is chosen
		return nil
	})
}

// Renew keeps the input and the token, which is judged again if keys of its profile were
// replaced.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	if e, now := s.pane.Entry(), c.Desk.Keyring(); e != nil && now.Replaces(e) {
		e.VerifyWith(now, c.Now)
	}
	s.form.renew(c.Desk.Settings().Lifetime)
	s.hold(c)
	return nil
}

// Accept takes a token that was just made. If the form has not made it, the form becomes the one
// that makes it.
func (s *Screen) Accept(c *frame.Ctx, i frame.Intent) (tea.Cmd, bool) {
	if fill, ok := i.(frame.Fill); ok {
		if fill.Shape != nil {
			return s.takeShape(c, fill.Shape), true
		}
		return s.fill(c, fill.Persona), true
	}
	show, ok := i.(frame.Show)
	if !ok {
		return nil, false
	}
	c.Board.Add(show.Entry)
	s.pane.Show(show.Entry)
	s.form.tried = false
	if show.Entry != s.own {
		s.form.fill(desk.FormOf(show.Entry.Draft))
		s.made = s.form.typed()
		s.form.recent.add(used{s.form.subject.Value(), show.Entry.Persona(), c.Now})
		s.form.give(true)
	}
	return nil, true
}

// Typing reports whether a field of the form has the cursor, or the search beside it.
func (s *Screen) Typing() bool { return s.form.typing() || s.form.away && s.side().Typing() }

// sideOf returns what stands beside the form: the token that it issued, or the preview.
func (s *Screen) side() *token.Pane {
	if s.signed() {
		return &s.pane
	}
	return &s.sketch
}

// signed reports whether the token in the pane is what the form issued.
func (s *Screen) signed() bool { return s.pane.Entry() != nil && s.form.typed() == s.made }

// Update types into the form.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	switch {
	case frame.Wheel(msg) != 0, s.form.away && s.side().Typing():
		return s.side().Update(c, msg)
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
	if s.preview.Refused != nil { // the field says why
		f.moveTo(subjectField)
		return nil
	}
	f.tried, f.err = true, nil
	f.claims.Text.Say("") // the error in the claims comes before the note
	draft, wrong, err := f.check(c.Desk, c.Now)
	if err != nil {
		f.moveTo(wrong)
		return nil
	}
	said := f.typed()
	issue := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Issue(ctx, draft) }
	return frame.Do(c, &s.issuing, issue, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return s.Fail(c, err)
		}
		s.own, s.made = made, said
		f.recent.add(used{said.subject, made.Persona(), c.Now})
		if f.typed() == said && f.focus == subjectField {
			f.subject.SelectAll() // the next name replaces it
		}
		shown, _ := s.Accept(c, frame.Show{Entry: made}) // whatever the user has opened meanwhile stays
		return tea.Batch(shown, token.SayIssued(c, made))
	})
}

// Fail says why no token was issued: in the form if it is visible, else in a message.
func (s *Screen) Fail(c *frame.Ctx, err error) tea.Cmd {
	s.form.err = err
	return frame.FailIn(c, s, err)
}

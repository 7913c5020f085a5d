package edit

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// signing is the work of signing the document: with an RSA key it takes milliseconds.
type signing struct {
	job  frame.Job
	of   string // the text that was or is being signed last
	keep bool   // the user wants to keep its result
}

// answer is the result of signing a text.
type answer struct {
	desk.Edited

	header, claims []explain.Compared // in which the new token differs
	err            error
}

// work returns the work of signing the document.
func (s *Screen) work(kept bool) func(context.Context, *desk.Desk) (answer, error) {
	text, was := s.text.Value(), s.was
	return func(_ context.Context, d *desk.Desk) (answer, error) {
		made, err := desk.SignDocument(d, text, kept)
		a := answer{Edited: made, err: err}
		if made.Entry != nil {
			a.header, a.claims = changed(was, made.Entry, d.Now())
		}
		return a, nil // a question is asked when the token is kept
	}
}

// sign signs the document if it has changed.
func (s *Screen) sign(c *frame.Ctx) tea.Cmd {
	if s.text.Value() == s.signing.of {
		return nil
	}
	s.signing.of, s.signing.keep = s.text.Value(), false
	return frame.Do(c, &s.signing.job, s.work(false), func(c *frame.Ctx, a answer, _ error) tea.Cmd {
		s.take(a)
		if s.signing.keep {
			s.signing.keep = false
			return s.keep(c)
		}
		return nil
	})
}

// take shows what came of signing the document.
func (s *Screen) take(a answer) {
	err := a.err
	s.result = result{place: token.PlaceOf(err), fresh: a.Fresh, header: a.header, claims: a.claims}
	if locked, ok := errors.AsType[*desk.Locked](err); ok {
		s.result.locked, err = locked, nil // it could be signed
	}
	s.result.err, s.pane.Stale = err, err != nil
	if a.Entry != nil {
		s.pane.Renew(a.Entry)
	}
}

// signKept signs the document once more, with fresh values for its placeholders, and keeps
// the token.
func (s *Screen) signKept(c *frame.Ctx) tea.Cmd {
	return frame.Do(c, &s.signing.job, s.work(true), func(c *frame.Ctx, a answer, _ error) tea.Cmd {
		s.take(a)
		if a.Entry == nil {
			return nil // the note below the document says why
		}
		return s.kept(c, a.Entry)
	})
}

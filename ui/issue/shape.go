package issue

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// take makes the tokens of the form look like those of a shape, or of none if it is nil. A
// lifetime that the user has not typed becomes the one of the shape.
func take(f *form, shape *settings.Shape) {
	was := lasts(f)
	f.like = shape
	if f.lifetime.Value() == was {
		f.lifetime.Set(lasts(f))
	}
	f.err = nil
}

// lasts returns the lifetime that the form has by itself, as a user types it: that of its
// persona, of the shape or of the settings. A shape whose tokens do not expire has none.
func lasts(f *form) string {
	switch {
	case f.persona != nil && f.persona.Lifetime != "":
		return f.persona.Lifetime
	case f.like == nil:
		return f.usual
	case f.like.Lifetime > 0:
		return desk.LifetimeText(f.like.Lifetime)
	case endless(f):
		return ""
	}
	return f.usual
}

// endless reports whether the tokens of the shape have no exp.
func endless(f *form) bool { return f.like != nil && !f.like.Uses("expires") }

// aboutNobody reports whether the tokens of the shape have no subject.
func aboutNobody(f *form) bool { return f.like != nil && !f.like.NeedsSubject(nil) }

// checkLifetime returns why the lifetime cannot be used, or nil.
func checkLifetime(f *form, d *desk.Desk, now time.Time) error {
	if f.lifetime.Value() == "" && endless(f) {
		return nil
	}
	_, err := d.Lifetime(f.lifetime.Value(), now)
	return err
}

// takeShape makes the tokens of the form look like those of a shape.
func (s *Screen) takeShape(c *frame.Ctx, shape *settings.Shape) tea.Cmd {
	take(&s.form, shape)
	s.next()
	return c.Say(widget.Good, "the form now makes tokens like those of "+explain.Shape(shape).Maker())
}

// plainAction takes the form out of its shape.
func plainAction(f *form) frame.Action {
	if f.like == nil {
		return frame.Action{Hidden: true}
	}
	return frame.Named("no shape: make tokens without "+f.like.Name, "", frame.Just(func() { take(f, nil) }))
}

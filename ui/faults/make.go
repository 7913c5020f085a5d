package faults

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// nobody is the subject of faulty tokens while the form has none.
const nobody = "test-user"

// draft returns the draft of the faulty tokens: that of the form, if a token can be
// issued from it.
func draft(c *frame.Ctx) desk.Draft {
	from := c.Env.Form
	if _, err := c.Desk.Lifetime(from.Lifetime, c.Now); err == nil && from.For() != "" {
		return from
	}
	return desk.Draft{Subject: nobody, Lifetime: desk.LifetimeText(c.Desk.Settings().Lifetime)}
}

// detail is the token of the selected fault.
type detail struct {
	pane   token.Pane
	opened bool // it has the keys

	following frame.Job // makes the token that is shown beside the list
	making    frame.Job // makes one that the user asked for
}

// of returns the token of a fault if it is the one that is shown, or nil.
func (d *detail) of(f *fault.Fault) *desk.Entry {
	if e := d.pane.Entry(); f != nil && e != nil && e.Fault.Name == f.Name {
		return e
	}
	return nil
}

// follow makes the token of the selected fault and shows it, unless the user must be asked
// first.
func (s *Screen) follow(c *frame.Ctx) tea.Cmd {
	chosen, d := s.catalogue.selected(), &s.detail
	switch {
	case d.opened || d.of(chosen) != nil:
		return nil
	case chosen == nil || s.catalogue.impossible[chosen.Name] != "" || c.Desk.Ready() != nil:
		d.following.Drop()
		d.pane.Show(nil)
		return nil
	}
	d.pane.Show(nil)
	return frame.Do(c, &d.following, maker(c, *chosen), func(_ *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err == nil && !d.opened {
			s.show(made)
		}
		return nil
	})
}

// maker returns the work that makes the token of a fault.
func maker(c *frame.Ctx, f fault.Fault) func(context.Context, *desk.Desk) (*desk.Entry, error) {
	from := draft(c)
	return func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Faults(from).Make(ctx, f) }
}

// show puts a token into the pane, with the outcome of its fault in a probe.
func (s *Screen) show(made *desk.Entry) {
	made.Probed = s.probing.answered(made.Fault.Name)
	s.detail.pane.Show(made)
}

// make makes a fresh token of the selected fault, shows it and hands it to then. One must
// be selected.
func (s *Screen) make(c *frame.Ctx, then func(*frame.Ctx, *desk.Entry) tea.Cmd) tea.Cmd {
	chosen := s.catalogue.selected()
	if reason := s.catalogue.impossible[chosen.Name]; reason != "" {
		return frame.Fail(c, &fault.ImpossibleError{Fault: chosen.Name, Reason: reason})
	}
	return frame.Do(c, &s.detail.making, maker(c, *chosen), func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		s.detail.following.Drop()
		s.show(made)
		return then(c, made)
	})
}

// open gives the token of the selected fault the keys.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	return s.make(c, func(*frame.Ctx, *desk.Entry) tea.Cmd {
		s.detail.opened = true
		return nil
	})
}

// taken returns an action that does something with a fresh token of the selected fault.
func (s *Screen) taken(then func(*frame.Ctx, *desk.Entry) tea.Cmd) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		return s.make(c, func(c *frame.Ctx, made *desk.Entry) tea.Cmd {
			if made.Token.Compact == "" {
				return c.Say(widget.Quiet, "the token of this fault is empty, so there is nothing to copy")
			}
			return then(c, made)
		})
	}
}

// copied sends the token of a fault to the clipboard.
func copied(c *frame.Ctx, made *desk.Entry) tea.Cmd {
	return frame.Copy(c, made.Token.Compact, "the token with the fault "+made.Fault.Name)
}

// written asks for the file to write the token of a fault to.
func written(c *frame.Ctx, made *desk.Entry) tea.Cmd {
	return dialog.Write(c, made.Token.Compact+"\n", "the token", "token.txt")
}

package faults

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// nobody is the subject of faulty tokens as long as the form names none.
const nobody = "test-user"

// draft is what faulty tokens hold besides their fault: what the form says, as
// long as a token can be issued from it.
func draft(c *frame.Ctx) desk.Draft {
	from := c.Env.Form
	if _, err := c.Desk.Lifetime(from.Lifetime, c.Now); err == nil && from.For() != "" {
		return from
	}
	return desk.Draft{Subject: nobody, Lifetime: desk.LifetimeText(c.Desk.Settings().Lifetime)}
}

// open shows the token of the selected fault.
func (s *Screen) open(c *frame.Ctx) tea.Cmd { return s.make(c, s.show) }

// copied sends the token of the selected fault to the clipboard.
func (s *Screen) copied(c *frame.Ctx) tea.Cmd {
	return s.make(c, func(c *frame.Ctx, made *desk.Entry) tea.Cmd {
		if made.Token.Compact == "" {
			return c.Say(widget.Quiet, "the token of this fault is empty: there is nothing to copy")
		}
		return frame.Copy(c, made.Token.Compact, "the token with the fault "+made.Fault.Name)
	})
}

// make makes the token of the selected fault and hands it to then.
func (s *Screen) make(c *frame.Ctx, then func(*frame.Ctx, *desk.Entry) tea.Cmd) tea.Cmd {
	chosen := s.catalogue.selected()
	if chosen == nil {
		return nil
	}
	if reason := s.catalogue.impossible[chosen.Name]; reason != "" {
		return c.Say(widget.Bad, (&fault.ImpossibleError{Fault: chosen.Name, Reason: reason}).Error())
	}
	from := draft(c)
	work := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Faults(from).Make(ctx, *chosen) }
	return frame.Do(c, &s.making, work, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return c.Say(widget.Bad, err.Error())
		}
		return then(c, made)
	})
}

// show puts a token into the pane, with what an API made of its fault.
func (s *Screen) show(_ *frame.Ctx, made *desk.Entry) tea.Cmd {
	made.Probed, _ = s.probing.outcome(made.Fault)
	s.pane.Show(made)
	s.opened = true
	return nil
}

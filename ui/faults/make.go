package faults

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/ui/frame"
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

// open shows the token of the selected fault.
func (s *Screen) open(c *frame.Ctx) tea.Cmd { return s.make(c, s.show) }

// copied sends the token of the selected fault to the clipboard.
func (s *Screen) copied(c *frame.Ctx) tea.Cmd {
	return s.make(c, func(c *frame.Ctx, made *desk.Entry) tea.Cmd {
		if made.Token.Compact == "" {
			return c.Say(widget.Quiet, "the token of this fault is empty, so there is nothing to copy")
		}
		return frame.Copy(c, made.Token.Compact, "the token with the fault "+made.Fault.Name)
	})
}

// make makes the token of the selected fault and hands it to then. One must be selected.
func (s *Screen) make(c *frame.Ctx, then func(*frame.Ctx, *desk.Entry) tea.Cmd) tea.Cmd {
	chosen := s.catalogue.selected()
	if reason := s.catalogue.impossible[chosen.Name]; reason != "" {
		return frame.Fail(c, &fault.ImpossibleError{Fault: chosen.Name, Reason: reason})
	}
	from := draft(c)
	work := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Faults(from).Make(ctx, *chosen) }
	return frame.Do(c, &s.making, work, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		return then(c, made)
	})
}

// show puts a token into the pane, with the outcome of its fault in a probe.
func (s *Screen) show(_ *frame.Ctx, made *desk.Entry) tea.Cmd {
	made.Probed = s.probing.outcome(made.Fault.Name)
	s.browser.Show(made)
	return nil
}

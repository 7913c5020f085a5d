package board

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// keepAction returns the action that keeps tokens alive: the marked ones, or the selected
// one. If all of them are kept alive, it ends that.
func keepAction(c *frame.Ctx) frame.Action {
	row, k := c.Board.SelectedRow(), keys().keep
	switch {
	case c.Board.Marks() > 0:
		return frame.On(k, true, keep)
	case row.Entry == nil:
		return frame.Unless(k, noneChosen, keep)
	case row.Kept:
		return frame.On(frame.Described(k, "let it expire"), true, keep)
	}
	return frame.Unless(k, notKept(c, row.Entry), keep)
}

// notKept returns why a token cannot be kept alive, or nothing.
func notKept(c *frame.Ctx, e *desk.Entry) string {
	if _, ok := e.Token.Date("exp"); !ok {
		return "it never expires"
	}
	if !token.CanRepeat(c, e) {
		return "it cannot be issued again"
	}
	return ""
}

// keep keeps tokens alive, or no longer. What the desk must be asked, a protected profile
// above all, is asked now: later nobody may be there to answer.
func keep(c *frame.Ctx) tea.Cmd {
	var fit []*desk.Entry
	meant := c.Board.Meant(c.Now)
	on := false
	for _, row := range meant {
		if notKept(c, row.Entry) == "" {
			fit = append(fit, row.Entry)
			on = on || !row.Kept
		}
	}
	if len(fit) == 0 {
		return c.Say(widget.Warn, "none of them can be issued again before it expires")
	}
	if !on {
		for _, e := range fit {
			c.Board.Keep(e, nil, c.Now)
		}
		return c.Say(widget.Good, those(fit)+" not kept alive any more")
	}
	ready := func(_ context.Context, d *desk.Desk) (*desk.Desk, error) { return d, d.Ready() }
	return frame.Do(c, nil, ready, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		for _, e := range fit {
			c.Board.Keep(e, d, c.Now)
		}
		return c.Say(widget.Good, those(fit)+" kept alive: issued again before expiry")
	})
}

// those names one token and counts several, as the subject of a sentence.
func those(entries []*desk.Entry) string {
	if len(entries) == 1 {
		return name(entries[0]) + " is"
	}
	return phrase.Count(len(entries), "token", "tokens are")
}

// KeepAlive issues the tokens again that are kept alive and are about to expire, whichever
// screen is in front. Each is issued with the desk that was asked to, or with a newer one of
// the same profile.
func KeepAlive(c *frame.Ctx) tea.Cmd {
	due := c.Board.Renewals(c.Now)
	all := make([]tea.Cmd, len(due))
	for i, r := range due {
		all[i] = renew(c, r)
	}
	return tea.Batch(all...)
}

func renew(c *frame.Ctx, r desk.Renewal) tea.Cmd {
	with, from := r.Desk, r.Entry.Draft
	if c.Desk.Name() == with.Name() && c.Desk.Ready() == nil {
		with = c.Desk
	}
	issue := func(ctx context.Context, _ *desk.Desk) (*desk.Entry, error) { return with.Issue(ctx, from) }
	return frame.Do(c, nil, issue, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			if !r.Stop() {
				return nil
			}
			why := explain.Lines(err)[0]
			why.Text = name(r.Entry) + " is not kept alive any more: " + why.Text
			return frame.Tell(c, why)
		}
		switch wanted, done := r.Done(made, c.Now); {
		case done:
			return c.Say(widget.Good, name(made)+" was issued again, before the old one expired")
		case wanted:
			return c.Say(widget.Bad, name(r.Entry)+" is not kept alive any more: its lifetime ends at a fixed time")
		}
		return nil
	})
}

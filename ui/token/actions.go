package token

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Actions returns the actions for the token, and those that scroll it.
func (p *Pane) Actions(c *frame.Ctx) []frame.Group {
	e, k := p.entry, Keys()
	read, text := e.Token.Claims != nil, e.Token.Compact != ""
	back := frame.DefaultKeys().Back
	if p.Owner.New {
		back = k.New
	}
	about := frame.Group{Title: "Token", Actions: []frame.Action{
		frame.On(k.Copy, text, func(c *frame.Ctx) tea.Cmd { return Copy(c, e) }),
		frame.On(k.CopyAs, read || e.Fault != nil && text, func(c *frame.Ctx) tea.Cmd { return CopyAs(c, e) }),
		frame.On(back, true, p.Owner.Leave),
		frame.On(k.Edit, CanEdit(c, e), func(c *frame.Ctx) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) }),
		frame.On(k.Again, CanRepeat(c, e), func(c *frame.Ctx) tea.Cmd { return Again(c, e, p.Owner.Fail) }),
		frame.On(k.Watch, read && !c.Board.Has(e), func(c *frame.Ctx) tea.Cmd { return watch(c, e) }),
		frame.On(k.Other, p.Text.Others > 0, p.Owner.Next),
		frame.On(k.Write, text, func(c *frame.Ctx) tea.Cmd {
			return dialog.Write(c, e.Token.Compact+"\n", "the token", "token.txt")
		}),
		frame.On(k.Whole, p.lines.foldable, frame.Just(func() { p.whole = !p.whole })),
		frame.On(k.Local, read, func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}),
	}}
	page := p.area.H - 3
	if !p.bare {
		page += 2 // the border
	}
	moves := frame.Moves(true, max(1, page), len(p.lines.rows), func(_ *frame.Ctx, step int) { p.scroll.By(step) })
	return []frame.Group{about, {Title: "Scroll", Actions: moves}}
}

// CanEdit reports whether a token can be edited as a new one.
func CanEdit(c *frame.Ctx, e *desk.Entry) bool {
	key := c.Desk.Key()
	return e.Token.Claims != nil && key != nil && key.CanSign()
}

// CanRepeat reports whether a token can be issued again.
func CanRepeat(c *frame.Ctx, e *desk.Entry) bool { return CanEdit(c, e) && e.Draft.For() != "" }

// Copy sends the bare token to the clipboard.
func Copy(c *frame.Ctx, e *desk.Entry) tea.Cmd { return frame.Copy(c, e.Token.Compact, "the token") }

// CopyAs asks for the form in which to copy a token.
func CopyAs(c *frame.Ctx, e *desk.Entry) tea.Cmd { return dialog.CopyAs(c, e.Token) }

// Again issues a token from the draft of another one, or says with fail why not.
func Again(c *frame.Ctx, e *desk.Entry, fail func(*frame.Ctx, error) tea.Cmd) tea.Cmd {
	from := e.Draft
	return frame.Do(c, nil, func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Issue(ctx, from) },
		func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
			if err != nil {
				return fail(c, err)
			}
			return Issued(c, made)
		})
}

// Issued shows a token that was just issued, on the board and beside the form.
func Issued(c *frame.Ctx, made *desk.Entry) tea.Cmd {
	return tea.Batch(c.Hand(frame.Show{Entry: made}), c.Say(widget.Good, "issued a token for "+made.Token.Subject()))
}

// watch adds the token in a pane to the board.
func watch(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	c.Board.Add(e)
	return c.Say(widget.Good, "added to the board")
}

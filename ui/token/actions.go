package token

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Actions returns the actions for the token, and those that move the cursor. While the
// search is open, they are those of the search.
func (p *Pane) Actions(c *frame.Ctx) []frame.Group {
	if p.search.open {
		return []frame.Group{p.searching()}
	}
	page := p.sheet.place.area.H - 3
	if !p.sheet.place.bare {
		page += 2 // the border
	}
	k, some := Keys(), p.shown.report != nil
	moves := frame.Moves(some, max(1, page), len(p.sheet.body.lines), func(_ *frame.Ctx, step int) { p.Move(step) })
	moves = append(moves, frame.Hide(
		frame.On(k.Unfold, p.sheet.canFold(true), frame.Just(func() { p.sheet.open(true) })),
		frame.On(k.Close, some, frame.Just(func() { p.sheet.open(false) })),
	)...)
	about := frame.Group{Title: "Token", Actions: p.about(c)}
	if p.shown.preview {
		about.Title = "Preview"
	}
	return []frame.Group{about, {Title: "Move", Actions: moves}}
}

// about returns the actions for what is shown.
func (p *Pane) about(c *frame.Ctx) []frame.Action {
	k, reading := Keys(), p.reading()
	if p.shown.preview {
		return reading
	}
	e := p.shown.entry
	text := ""
	if e.Token.Compact == "" && !e.Unsigned() {
		text = "there is no token"
	}
	back := frame.DefaultKeys().Back
	if p.Owner.New {
		back = k.New
	}
	all := []frame.Action{
		frame.Unless(k.Copy, text, p.whole(Copy)),
		frame.Unless(k.CopyAs, whyNotCopied(e), p.whole(CopyAs)),
	}
	all = append(all, reading[:2]...)
	all = append(all, frame.On(back, true, p.Owner.Leave))
	all = append(all, p.helps(c)...)
	all = append(all,
		frame.Unless(k.Edit, WhyNotEdited(c, e), func(c *frame.Ctx) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) }),
		frame.Unless(k.Again, WhyNotRepeated(c, e), func(c *frame.Ctx) tea.Cmd { return Again(c, e, p.Owner.Fail) }),
		frame.Unless(k.Watch, WhyNotWatched(c, e), func(c *frame.Ctx) tea.Cmd { return Watch(c, e) }),
	)
	if p.Owner.Next != nil {
		not := ""
		if p.Text.Others == 0 {
			not = "the text holds no other token"
		}
		all = append(all, frame.Unless(k.Other, not, p.Owner.Next))
	}
	all = append(all, frame.Unless(k.Write, text, p.whole(Write)))
	return append(all, reading[2:]...)
}

// reading returns the actions for what is read: first those that copy.
func (p *Pane) reading() []frame.Action {
	k := Keys()
	value, fold, claims := "", "", ""
	if p.sheet.current() == nil {
		value = "no claim is selected"
	}
	if !p.sheet.canFold(false) {
		fold = "nothing folds here"
	}
	if p.shown.innermost().Token.Claims == nil {
		claims = unread
	}
	return []frame.Action{
		frame.Unless(k.Value, value, p.copyValue),
		frame.Unless(k.Claims, claims, p.copyClaims),
		frame.Unless(k.Fold, fold, frame.Just(p.sheet.fold)),
		frame.Unless(k.Search, value, frame.Just(p.startSearch)),
		frame.Unless(k.Local, claims, func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}),
	}
}

// helps returns the actions that only some screens have.
func (p *Pane) helps(c *frame.Ctx) []frame.Action {
	k := Keys()
	var all []frame.Action
	for _, of := range []struct {
		what What
		key  key.Binding
		run  func(c *frame.Ctx) tea.Cmd
	}{
		{Key, k.Key, p.Owner.Key}, {Check, k.Check, p.Owner.Check}, {Compare, k.Compare, p.Owner.Compare},
	} {
		if of.run == nil {
			continue
		}
		not := ""
		if p.Owner.Not != nil {
			not = p.Owner.Not(c, of.what)
		}
		all = append(all, frame.Unless(of.key, not, of.run))
	}
	return all
}

// searching returns the actions of the search.
func (p *Pane) searching() frame.Group {
	k := frame.DefaultKeys()
	end := frame.Just(func() { p.search = search{} })
	return frame.Group{Title: "Search", Actions: append([]frame.Action{
		frame.On(frame.Described(k.Choose, "next"), true, frame.Just(func() { p.step(1) })),
		frame.On(frame.Described(k.Back, "end the search"), true, end),
	}, frame.Steps(frame.Described(k.Up, "previous and next"), k.Down, true, 1, func(_ *frame.Ctx, step int) { p.step(step) })...)}
}

// whyNotCopied returns why a token has no forms to copy it in, or nothing.
func whyNotCopied(e *desk.Entry) string {
	if e.Token.Claims == nil && (e.Fault == nil || e.Token.Compact == "") {
		return unread
	}
	return ""
}

// WhyNotEdited returns why a token cannot be edited as a new one, or nothing.
func WhyNotEdited(c *frame.Ctx, e *desk.Entry) string {
	if row, unsigned := e.Row(); unsigned && row.Payload == nil {
		return "its claims were not kept"
	}
	return whyNotSigned(c, e)
}

// whyNotSigned returns why no token like another one can be signed, or nothing.
func whyNotSigned(c *frame.Ctx, e *desk.Entry) string {
	key := c.Desk.Key()
	switch {
	case e.Token.Claims == nil:
		return unread
	case key == nil:
		return "there is no key to sign with"
	case !key.CanSign():
		return "the key can only verify"
	}
	return ""
}

// WhyNotRepeated returns why a token cannot be issued again, or nothing.
func WhyNotRepeated(c *frame.Ctx, e *desk.Entry) string {
	if why := whyNotSigned(c, e); why != "" {
		return why
	}
	if !e.Draft.Whole() {
		return "the token has no subject"
	}
	return ""
}

const unread = "the claims could not be read"

// CanEdit reports whether a token can be edited as a new one.
func CanEdit(c *frame.Ctx, e *desk.Entry) bool { return WhyNotEdited(c, e) == "" }

// CanRepeat reports whether a token can be issued again.
func CanRepeat(c *frame.Ctx, e *desk.Entry) bool { return WhyNotRepeated(c, e) == "" }

// WhyNotWatched returns why a token cannot be added to the board, or nothing.
func WhyNotWatched(c *frame.Ctx, e *desk.Entry) string {
	switch {
	case e.Token.Claims == nil:
		return unread
	case c.Board.Has(e):
		return "the token is on the board"
	}
	return ""
}

// whole returns the action that does something with the token of the pane, which is signed
// again first if it is not here.
func (p *Pane) whole(do func(c *frame.Ctx, e *desk.Entry) tea.Cmd) func(c *frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		old := p.shown.entry
		return frame.Whole(c, old, func(c *frame.Ctx, e *desk.Entry) tea.Cmd {
			if p.shown.entry == old && e != old {
				p.Renew(e)
			}
			return do(c, e)
		})
	}
}

// Copy sends the bare token to the clipboard.
func Copy(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	return frame.Whole(c, e, func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return frame.Copy(c, e.Token.Compact, "the token") })
}

// CopyAs asks for the form in which to copy a token.
func CopyAs(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	return frame.Whole(c, e, func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return dialog.CopyAs(c, e.Token) })
}

// Write asks for the file to write the bare token to.
func Write(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	return frame.Whole(c, e, func(c *frame.Ctx, e *desk.Entry) tea.Cmd {
		return dialog.Write(c, e.Token.Compact+"\n", "the token", "token.txt")
	})
}

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
	return tea.Batch(c.Hand(frame.Show{Entry: made}), SayIssued(c, made))
}

// SayIssued says that a token was issued.
func SayIssued(c *frame.Ctx, made *desk.Entry) tea.Cmd {
	return c.Say(widget.Good, "issued for "+Whom(made)+", and on the board")
}

// Whom names who a token is about.
func Whom(e *desk.Entry) string {
	if subject := visible.Text(e.Token.Subject()); subject != "" {
		return subject
	}
	return "nobody"
}

// Watch adds a token to the board.
func Watch(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	c.Board.Add(e)
	return c.Say(widget.Good, "added to the board")
}

package frame

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/ui/widget"
)

// Whole hands an entry with its token to then. The ledger keeps no signature, so the token of
// an entry from there is signed again first, and takes its place on the board. If that cannot
// be, it says why. Every part that needs the text of a token gets it here.
func Whole(c *Ctx, e *desk.Entry, then func(c *Ctx, e *desk.Entry) tea.Cmd) tea.Cmd {
	return Sign(c, e, func(c *Ctx, e *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return Fail(c, err)
		}
		return then(c, e)
	})
}

// Sign is [Whole] for a part that goes on with the entry as it is if its token cannot be
// signed again: the error says why.
func Sign(c *Ctx, e *desk.Entry, then func(c *Ctx, e *desk.Entry, err error) tea.Cmd) tea.Cmd {
	if !e.Unsigned() {
		return then(c, e, nil)
	}
	sign := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.SignAgain(ctx, e) }
	return Do(c, nil, sign, func(c *Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return then(c, e, err)
		}
		c.Board.Replace(e, made, c.Now)
		return then(c, made, nil)
	})
}

// WholeAll is [Whole] for several entries. Those whose tokens cannot be signed again are left
// out, and it says how many.
func WholeAll(c *Ctx, all []*desk.Entry, then func(c *Ctx, all []*desk.Entry) tea.Cmd) tea.Cmd {
	type signed struct {
		whole, old, made []*desk.Entry
		why              error
	}
	sign := func(ctx context.Context, d *desk.Desk) (signed, error) {
		var out signed
		for _, e := range all {
			if !e.Unsigned() {
				out.whole = append(out.whole, e)
				continue
			}
			made, err := d.SignAgain(ctx, e)
			if _, locked := errors.AsType[*desk.Locked](err); locked {
				return out, err
			}
			if err != nil {
				out.why = err
				continue
			}
			out.whole, out.old, out.made = append(out.whole, made), append(out.old, e), append(out.made, made)
		}
		return out, nil
	}
	return Do(c, nil, sign, func(c *Ctx, s signed, err error) tea.Cmd {
		if err != nil {
			return Fail(c, err)
		}
		for i, old := range s.old {
			c.Board.Replace(old, s.made[i], c.Now)
		}
		if len(s.whole) == 0 {
			return Fail(c, s.why)
		}
		out := then(c, s.whole)
		if missing := len(all) - len(s.whole); missing > 0 {
			c.Say(widget.Warn, phrase.Count(missing, "token", "tokens")+" cannot be signed again and "+isAre(missing)+" left out")
		}
		return out
	})
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

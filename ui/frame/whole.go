package frame

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
	"tokendesk/ui/widget"
)

// Whole hands an entry with its token to then. The ledger keeps no signature, so the token of
// an entry from there is signed again first, and takes its place on the board. If that cannot
// be, it says why. Every part that needs the text of a token gets it here.
func Whole(c *Ctx, e *desk.Entry, then func(c *Ctx, e *desk.Entry) tea.Cmd) tea.Cmd {
	return Sign(c, e, func(c *Ctx, e *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return Tell(c, NotSigned(err))
		}
		return then(c, e)
	})
}

// NotSigned explains why a token was not signed again, with the key that issues another one.
func NotSigned(err error) explain.Line {
	line := explain.Lines(err)[0]
	if _, ok := errors.AsType[*desk.NotAgain](err); ok {
		line.Text = "it cannot be signed again: " + line.Text
		line.Do = strings.Replace(line.Do, desk.IssueAgain, "press r for a fresh one like it", 1)
	}
	return line
}

// Again says what becomes of an entry that is not signed: the key that signs it again, or why
// that cannot be. It is empty for any other entry.
func Again(c *Ctx, e *desk.Entry) explain.Line {
	if e == nil || !e.Unsigned() {
		return explain.Line{}
	}
	if err := desk.WhyNotAgain(c.Desk.At(c.Now), e); err != nil {
		line := NotSigned(err)
		line.Tone = explain.Warn
		return line
	}
	return explain.Line{Tone: explain.Quiet, Text: "y signs the very same token again and copies it"}
}

// Sign is [Whole] for a part that goes on with the entry as it is if its token cannot be
// signed again: the error says why.
func Sign(c *Ctx, e *desk.Entry, then func(c *Ctx, e *desk.Entry, err error) tea.Cmd) tea.Cmd {
	if !e.Unsigned() {
		return then(c, e, nil)
	}
	sign := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return desk.SignAgain(ctx, d, e) }
	return Do(c, nil, sign, func(c *Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return then(c, e, err)
		}
		desk.Replace(c.Board, e, made, c.Now)
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
			made, err := desk.SignAgain(ctx, d, e)
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
			desk.Replace(c.Board, old, s.made[i], c.Now)
		}
		if len(s.whole) == 0 {
			return Tell(c, NotSigned(s.why))
		}
		out := then(c, s.whole)
		if missing := len(all) - len(s.whole); missing > 0 {
			const one, many = "token cannot be signed again and is left out", "tokens cannot be signed again and are left out"
			c.Say(widget.Warn, phrase.Count(missing, one, many))
		}
		return out
	})
}

// Record records a later event of tokens of the board, off the loop.
func Record(c *Ctx, event ledger.Event, entries ...*desk.Entry) tea.Cmd {
	write := desk.RecordLater(c.Desk, event, entries...)
	return func() tea.Msg {
		write()
		return nil
	}
}

package board

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// keyMap holds the keys of the list, without those of one token.
type keyMap struct{ file, mark, markAll, remove, expired, undo, keep, label, sort key.Binding }

func keys() keyMap {
	return keyMap{
		file:    frame.Bind("o", "open a file", "o"),
		mark:    frame.Bind("space", "mark", "space"),
		markAll: frame.Bind("a", "mark all", "a"),
		remove:  frame.Bind("x", "remove", "x", "delete"),
		expired: frame.Bind("d", "clear expired", "d"),
		undo:    frame.Bind("u", "undo", "u"),
		keep:    frame.Bind("k", "keep alive", "k"),
		label:   frame.Bind("n", "label", "n"),
		sort:    frame.Bind("s", "sort", "s"),
	}
}

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	switch {
	case s.opened:
		groups := s.pane.Actions(c)
		if s.showsRaw() && !s.pane.Typing() {
			groups[0].Actions = append(groups[0].Actions, s.raw.Action())
		}
		return groups
	case s.filter.Typing():
		return []frame.Group{frame.Filtering(frame.Just(s.filter.Keep), frame.Just(s.filter.Clear), move)}
	}
	return []frame.Group{
		{Title: "Board", Actions: s.boardActions(c)},
		{Title: "Token", Actions: s.tokenActions(c)},
		{Title: "List", Actions: append(s.listActions(c), s.moves(c)...)},
	}
}

// The reasons why something cannot be done now.
const (
	isEmpty    = "the board is empty"
	noneChosen = "no token is selected"
)

// boardActions returns the actions that are used most.
func (s *Screen) boardActions(c *frame.Ctx) []frame.Action {
	k, of, b := keys(), token.Keys(), c.Board
	e := b.Selected()
	none := frame.When(e == nil, noneChosen)
	mark := frame.Unless(k.mark, none, func(c *frame.Ctx) tea.Cmd {
		c.Board.Mark()
		move(c, 1)
		return nil
	})
	again := frame.Unless(of.Again, cannot(c, token.CanRepeat, "it has no subject, or there is no key that signs"),
		func(c *frame.Ctx) tea.Cmd { return token.Again(c, e, frame.Fail) })
	return []frame.Action{
		frame.Unless(frame.DefaultKeys().Open, none, s.open),
		frame.Unless(of.Copy, none, func(c *frame.Ctx) tea.Cmd { return token.Copy(c, e) }),
		frame.Titled("Mark the token, or take its mark away", mark),
		frame.Titled("Compare two marked tokens", frame.Unless(frame.Described(of.Compare, "compare 2"), s.not(c, token.Compare), s.compare)),
		again,
		frame.Titled("Label the token", frame.Unless(k.label, none, dialog.Label)),
		frame.Titled("Remove from the board", frame.Unless(k.remove, frame.When(e == nil && b.Marks() == 0, noneChosen), remove)),
		frame.Titled("Undo the last removal, label or file", frame.Unless(k.undo, frame.When(!b.CanUndo(), "nothing was changed"), undo)),
		frame.Titled("Open a file of tokens",
			frame.Unless(k.file, frame.When(s.adder.job.Busy(), "another file is being read"), s.adder.openFile)),
		frame.Titled("Clear the expired tokens", frame.Unless(k.expired, frame.When(expired(c) == 0, "none has expired"), clearExpired)),
	}
}

// tokenActions returns the other actions for the selected token.
func (s *Screen) tokenActions(c *frame.Ctx) []frame.Action {
	of, e := token.Keys(), c.Board.Selected()
	none := frame.When(e == nil, noneChosen)
	all := []frame.Action{
		frame.Unless(of.CopyAs, none, func(c *frame.Ctx) tea.Cmd { return token.CopyAs(c, e) }),
		frame.Unless(of.Check, s.not(c, token.Check), s.check),
		frame.Titled("Keep the token alive: issue it again before it expires", keepAction(c)),
		frame.Unless(of.Write, frame.When(e == nil && c.Board.Marks() == 0, noneChosen), writeThem),
		frame.Unless(of.Edit, cannot(c, token.CanEdit, "there is no key that signs"),
			func(c *frame.Ctx) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) }),
		frame.Unless(of.Local, none, func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}),
	}
	if s.showsRaw() {
		all = append(all, s.raw.Action())
	}
	return all
}

// listActions returns the actions for the list as a whole.
func (s *Screen) listActions(c *frame.Ctx) []frame.Action {
	k, shared, empty := keys(), frame.DefaultKeys(), frame.When(c.Board.Len() == 0, isEmpty)
	all := frame.Unless(k.markAll, empty, func(c *frame.Ctx) tea.Cmd {
		c.Board.MarkShown()
		return nil
	})
	sort := frame.Unless(k.sort, empty, func(c *frame.Ctx) tea.Cmd {
		c.Board.Sort(c.Board.Order().Next())
		return nil
	})
	return []frame.Action{
		frame.Titled("Mark all that are shown", all),
		frame.Titled("Sort another way", sort),
		frame.Titled("Filter the board", frame.Unless(shared.Filter, empty, frame.Just(s.filter.Open))),
		frame.On(shared.Clear, s.filter.Shown(), frame.Just(s.filter.Clear)),
		frame.On(frame.Bind("esc", "unmark all", "esc"), c.Board.Marks() > 0, func(c *frame.Ctx) tea.Cmd {
			c.Board.Unmark()
			return nil
		}),
	}
}

// cannot returns the reason if something cannot be done with the selected token.
func cannot(c *frame.Ctx, can func(*frame.Ctx, *desk.Entry) bool, reason string) string {
	e := c.Board.Selected()
	if e == nil {
		return noneChosen
	}
	return frame.When(!can(c, e), reason)
}

// moves returns the actions that move the selection, without k, which has another meaning
// here, and j.
func (s *Screen) moves(c *frame.Ctx) []frame.Action {
	some, page := c.Board.Shown() > 0, max(1, s.rows.H-2)
	bind := frame.Bind
	moves := frame.Steps(bind("↑/↓", "move", "up"), bind("", "", "down"), some, 1, move)
	moves = append(moves, frame.Steps(bind("pgup", "page up", "pgup"), bind("pgdn", "page down", "pgdown"), some, page, move)...)
	moves = append(moves, frame.Steps(bind("home", "first", "home", "g"), bind("end", "last", "end"), some, c.Board.Shown(), move)...)
	return frame.Hide(moves...)
}

// remove removes the marked tokens, or the selected one.
func remove(c *frame.Ctx) tea.Cmd {
	return removed(c, entriesOf(c.Board.Meant(c.Now)), c.Board.Remove(c.Now), "removed from the board")
}

func clearExpired(c *frame.Ctx) tea.Cmd {
	return removed(c, desk.ExpiredOf(c.Board, c.Now), c.Board.ClearExpired(c.Now), "expired and removed from the board")
}

func entriesOf(rows []desk.Row) []*desk.Entry {
	entries := make([]*desk.Entry, len(rows))
	for i, row := range rows {
		entries[i] = row.Entry
	}
	return entries
}

func removed(c *frame.Ctx, gone []*desk.Entry, n int, how string) tea.Cmd {
	c.Say(widget.Good, phrase.Count(n, "token", "tokens")+" "+how+" · "+undoing(n, "puts it back", "puts them back"))
	return frame.Record(c, ledger.Removed, gone...)
}

// undoing says what undo does with that many tokens.
func undoing(n int, one, several string) string {
	if n == 1 {
		several = one
	}
	return keys().undo.Help().Key + " " + several
}

// undo undoes the latest change and says what that was.
func undo(c *frame.Ctx) tea.Cmd {
	change := c.Board.Undo(c.Now)
	says := ""
	switch {
	case change.Labelled != nil && change.Labelled.Label != "":
		c.Say(widget.Good, fmt.Sprintf("the label is %s again", change.Labelled.Label))
		return frame.Record(c, ledger.Labelled, change.Labelled)
	case change.Labelled != nil:
		c.Say(widget.Good, "the token has no label again")
		return frame.Record(c, ledger.Labelled, change.Labelled)
	case change.Added > 0:
		says = phrase.Count(change.Added, "token was", "tokens were") + " taken away again"
	case change.Removed > 0:
		says = phrase.Count(change.Removed, "token is", "tokens are") + " on the board again"
	default:
		return c.Say(widget.Quiet, "they are on the board already")
	}
	return c.Say(widget.Good, says)
}

// writeThem writes the marked tokens to a file, one a line, or the selected one.
func writeThem(c *frame.Ctx) tea.Cmd {
	meant := c.Board.Meant(c.Now)
	if c.Board.Marks() == 0 {
		return token.Write(c, meant[0].Entry)
	}
	return frame.WholeAll(c, entriesOf(meant), func(c *frame.Ctx, all []*desk.Entry) tea.Cmd {
		var text strings.Builder
		for _, e := range all {
			text.WriteString(e.Token.Compact + "\n")
		}
		return dialog.Write(c, text.String(), phrase.Count(len(all), "token", "tokens"), "tokens.txt")
	})
}

// name returns the name of a token in a sentence.
func name(e *desk.Entry) string { return "the token for " + explain.Subject(e.Token) }

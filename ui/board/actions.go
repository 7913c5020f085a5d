package board

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// keyMap holds the keys of the list, without those of one token.
type keyMap struct{ sort, label, remove key.Binding }

func keys() keyMap {
	return keyMap{
		sort:   frame.Bind("s", "sort", "s"),
		label:  frame.Bind("n", "label", "n"),
		remove: frame.Bind("x", "remove", "x", "delete"),
	}
}

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	move := func(c *frame.Ctx, step int) { c.Board.Move(step, c.Now) }
	switch {
	case s.opened:
		return s.pane.Actions(c)
	case s.filtering:
		return []frame.Group{frame.Filtering(frame.Just(s.keepFilter), s.clearFilter, move)}
	}
	moves := frame.Moves(c.Board.Len() > 0, max(1, s.room.Body.H-3), c.Board.Shown(), move)
	return []frame.Group{{Title: "Board", Actions: append(s.listActions(c), moves...)}}
}

// listActions returns the actions for the list and the selected token.
func (s *Screen) listActions(c *frame.Ctx) []frame.Action {
	k, all, of := keys(), frame.DefaultKeys(), token.Keys()
	e := c.Board.Selected()
	some, picked := c.Board.Len() > 0, e != nil
	with := func(do func(*frame.Ctx, *desk.Entry) tea.Cmd) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return do(c, e) }
	}
	return []frame.Action{
		frame.On(all.Open, picked, s.open),
		frame.On(all.Clear, s.filter.Value() != "", s.clearFilter),
		frame.On(all.Filter, some, frame.Just(func() {
			s.filtering = true
			s.filter.Focus()
		})),
		frame.On(k.sort, some, func(c *frame.Ctx) tea.Cmd {
			c.Board.Sort(c.Board.Order().Next())
			return nil
		}),
		frame.On(of.Copy, picked, with(token.Copy)),
		frame.On(of.CopyAs, picked, with(token.CopyAs)),
		frame.On(of.Again, picked && token.CanRepeat(c, e), with(func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return token.Again(c, e, nil) })),
		frame.On(of.Edit, picked && token.CanEdit(c, e), with(func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) })),
		frame.On(k.label, picked, dialog.Label),
		frame.On(k.remove, picked, func(c *frame.Ctx) tea.Cmd {
			c.Board.Remove(c.Now)
			return nil
		}),
	}
}

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
	some := c.Board.Len() > 0
	rows := token.Rows{Filters: some, Moves: some, Opens: c.Board.Selected() != nil, Shown: c.Board.Shown()}
	return s.browser.Actions(c, rows, listActions(c))
}

// listActions returns the actions for the list and the selected token.
func listActions(c *frame.Ctx) []frame.Action {
	k, of := keys(), token.Keys()
	e := c.Board.Selected()
	some, picked := c.Board.Len() > 0, e != nil
	again := func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return token.Again(c, e, frame.Fail) }
	with := func(do func(*frame.Ctx, *desk.Entry) tea.Cmd) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return do(c, e) }
	}
	return []frame.Action{
		frame.On(k.sort, some, func(c *frame.Ctx) tea.Cmd {
			c.Board.Sort(c.Board.Order().Next())
			return nil
		}),
		frame.On(of.Copy, picked, with(token.Copy)),
		frame.On(of.CopyAs, picked, with(token.CopyAs)),
		frame.On(of.Again, picked && token.CanRepeat(c, e), with(again)),
		frame.On(of.Edit, picked && token.CanEdit(c, e), with(func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) })),
		frame.On(k.label, picked, dialog.Label),
		frame.On(k.remove, picked, func(c *frame.Ctx) tea.Cmd {
			c.Board.Remove(c.Now)
			return nil
		}),
	}
}

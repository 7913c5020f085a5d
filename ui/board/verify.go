package board

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// owner returns what the open token asks of the board.
func (s *Screen) owner() token.Owner {
	return token.Owner{
		Leave: frame.Just(func() { s.opened = false }), Fail: frame.Fail,
		Key: s.another, Check: s.check, Compare: s.compare, Not: s.not,
	}
}

// not says why something cannot be done with the token now, or nothing.
func (s *Screen) not(c *frame.Ctx, what token.What) string {
	e := c.Board.Selected()
	switch {
	case e == nil:
		return noneChosen
	case what == token.Key:
		return dialog.NoOtherKey(e)
	case what == token.Check:
		return dialog.NoClaimsToCheck(c, e)
	case s.opened:
		return frame.When(c.Board.Len() < 2, "there is no other token on the board")
	}
	return frame.When(len(pair(c)) != 2, "two tokens must be marked, or one besides the selected one")
}

// another asks for another key of the token, which verifies tokens until the user quits.
func (s *Screen) another(c *frame.Ctx) tea.Cmd {
	e := c.Board.Selected()
	return dialog.AnotherKey(c, e, func(*frame.Ctx) tea.Cmd {
		s.pane.Renew(e)
		return nil
	})
}

// check turns the check of iss and aud of the token on or off.
func (s *Screen) check(c *frame.Ctx) tea.Cmd {
	e := c.Board.Selected()
	said := dialog.CheckClaims(c, e)
	s.pane.Renew(e)
	return said
}

// compare compares two marked tokens, or the open one with another one.
func (s *Screen) compare(c *frame.Ctx) tea.Cmd {
	if two := pair(c); len(two) == 2 {
		return dialog.Compare(c, two[0], two[1])
	}
	e := c.Board.Selected()
	return dialog.PickToken(c, "Compare with", others(c), func(c *frame.Ctx, other *desk.Entry) tea.Cmd {
		return dialog.CompareWith(c, other, e, others)
	})
}

// pair returns the two tokens that are meant: the marked ones, or the one that is marked and the
// selected one.
func pair(c *frame.Ctx) []*desk.Entry {
	n := c.Board.Marks()
	if n != 1 && n != 2 {
		return nil
	}
	var all []*desk.Entry
	for _, row := range c.Board.Meant(c.Now) {
		all = append(all, row.Entry)
	}
	if e := c.Board.Selected(); n == 1 && e != nil && e != all[0] {
		all = append(all, e)
	}
	return all
}

// mostOffered is how many tokens of the board are offered to compare with.
const mostOffered = 500

// others returns the tokens to compare the selected one with.
func others(c *frame.Ctx) []*desk.Entry {
	var all []*desk.Entry
	for _, row := range c.Board.Window(0, mostOffered, c.Now) {
		if row.Entry != c.Board.Selected() {
			all = append(all, row.Entry)
		}
	}
	return all
}

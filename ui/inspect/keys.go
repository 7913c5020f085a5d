package inspect

import (
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// keys are the keys that verify the tokens here, and the job that fetches more.
type keys struct {
	ring *desk.Keyring // as of the last Layout
	job  frame.Job
}

// fetch fetches the published keys, and newer ones if they lack the token's key, or if that key
// may have been replaced.
func (s *Screen) fetch(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	from := "the keys from " + c.Desk.Settings().JWKSURL
	if c.Desk.Settings().JWKSURL == "" {
		from = "the published keys"
	}
	s.pane.Say(explain.Line{Text: "fetching " + from + " …"})
	then := func(c *frame.Ctx, err error) tea.Cmd {
		s.pane.Say()
		if err != nil {
			e.Unfetched()
			s.pane.Renew(e)
			s.pane.Say(explain.Unfetched(err))
			return nil
		}
		if e.Result.Innermost().Key == nil {
			e.VerifyWith(c.Desk.Keyring(), c.Now)
			s.pane.Renew(e)
		}
		if e.Outdated(c.Now) {
			return s.askAgain(c)
		}
		return nil
	}
	return frame.Fetch(c, &s.keys.job, then, e.Result.Innermost().Token.KeyID())
}

// askAgain fetches the published keys again: one of them may have been replaced.
func (s *Screen) askAgain(c *frame.Ctx) tea.Cmd {
	return frame.Do(c, &s.keys.job, desk.FetchAgain, func(c *frame.Ctx, got desk.Fetched, err error) tea.Cmd {
		if err == nil {
			c.Learn(got.To(c.Desk))
		}
		return nil
	})
}

// learn verifies the tokens with the keys that the desk has by now, whoever fetched or added
// them, unless a key that it had before has signed the token.
func (s *Screen) learn(c *frame.Ctx) {
	ring := c.Desk.Keyring()
	if ring == s.keys.ring {
		return
	}
	s.keys.ring = ring
	if set := ring.Published(); set != nil {
		s.pane.Say(explain.Published(set, c.Now)...)
	}
	for _, each := range s.seen {
		if !each.nothing && each.entry.Result.Innermost().Key == nil {
			each.entry.VerifyWith(ring, c.Now)
		}
	}
	if e := s.pane.Entry(); e != nil {
		s.pane.Renew(e)
		s.offer(c)
	}
}

// another asks for another key of the token.
func (s *Screen) another(c *frame.Ctx) tea.Cmd {
	e := s.pane.Entry()
	return dialog.AnotherKey(c, e, func(*frame.Ctx) tea.Cmd {
		s.keys.ring = nil // so that the next Layout verifies the others too
		s.pane.Renew(e)
		return nil
	})
}

// check turns the check of iss and aud on or off, for all tokens here.
func (s *Screen) check(c *frame.Ctx) tea.Cmd {
	e := s.pane.Entry()
	s.checks = e.Checked() == ""
	said := dialog.CheckClaims(c, e)
	for _, each := range s.seen {
		switch {
		case each.entry == e, each.nothing:
		case s.checks:
			each.entry.Check(desk.Expected(c.Desk), c.Now)
		default:
			each.entry.Check(desk.Checks{}, c.Now)
		}
	}
	s.pane.Renew(e)
	s.offer(c)
	return said
}

// offer says below the verdict what can be done about it.
func (s *Screen) offer(c *frame.Ctx) {
	e := s.pane.Entry()
	var ways []token.Way
	if e.Result.Innermost().Key == nil && dialog.NothingPublished(c) == "" {
		ways = append(ways, token.Way{Key: "d", Text: "fetch the published keys again"})
	}
	if dialog.NoOtherKey(e) == "" {
		ways = append(ways, token.Way{Key: "a", Text: "another key: paste it, choose a file, or " + someURL(e)})
	}
	if dialog.NoClaimsToCheck(c, e) == "" {
		names, state := desk.Expected(c.Desk).Names(), "off"
		if e.Checked() != "" {
			state = "on"
		}
		file := visible.Text(filepath.Base(c.Desk.Settings().File))
		ways = append(ways, token.Way{Key: "i", Text: "check " + names + " as " + file + " has them (" + state + ")"})
	}
	s.pane.Offer(ways...)
}

// someURL names the issuer of a token if its keys could be fetched.
func someURL(e *desk.Entry) string {
	if url := dialog.IssuerURL(e); url != "" {
		return visible.Text(url)
	}
	return "a URL"
}

// compare compares the token with the one that was read before, or with another one.
func (s *Screen) compare(c *frame.Ctx) tea.Cmd {
	e := s.pane.Entry()
	others := s.others(c)
	if slices.ContainsFunc(s.seen, func(o seen) bool { return !o.nothing && o.entry != e }) {
		return dialog.CompareWith(c, others[0], e, s.others)
	}
	if len(others) == 0 {
		return c.Say(widget.Warn, "no other token was read, and none is on the board")
	}
	return dialog.PickToken(c, "Compare with", others, func(c *frame.Ctx, other *desk.Entry) tea.Cmd {
		return dialog.CompareWith(c, other, e, s.others)
	})
}

// mostOffered is how many tokens of the board are offered to compare with.
const mostOffered = 500

// others returns the tokens to compare with: those that were read, from the next in the list
// on, and those on the board.
func (s *Screen) others(c *frame.Ctx) []*desk.Entry {
	now := s.pane.Entry()
	var all []*desk.Entry
	at := s.list.Cursor()
	for i := range s.seen {
		if each := s.seen[(at+i)%len(s.seen)]; each.entry != now && !each.nothing {
			all = append(all, each.entry)
		}
	}
	for _, e := range c.Board.Window(0, mostOffered, c.Now) {
		if e.Entry != now && e.Token.Compact != now.Token.Compact {
			all = append(all, e.Entry)
		}
	}
	return all
}

// not says why another key, the check of the claims or the comparison is impossible now.
func (s *Screen) not(c *frame.Ctx, what token.What) string {
	e := s.pane.Entry()
	switch what {
	case token.Key:
		return dialog.NoOtherKey(e)
	case token.Check:
		return dialog.NoClaimsToCheck(c, e)
	default:
	}
	switch {
	case e.Result.Innermost().Token.Claims == nil:
		return "the token has no claims that can be read"
	case len(s.seen) < 2 && c.Board.Len() == 0:
		return "no other token was read, and none is on the board"
	}
	return ""
}

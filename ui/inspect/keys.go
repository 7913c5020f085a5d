package inspect

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ui/frame"
)

// keys are the keys that verify the tokens here, and the job that fetches more.
type keys struct {
	ring *desk.Keyring // as of the last Layout
	job  frame.Job
}

// fetch fetches the published keys, and newer ones if they lack the token's key.
func (s *Screen) fetch(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	s.pane.Say(explain.Line{Text: "fetching the keys from " + c.Desk.Settings().JWKSURL + " …"})
	return frame.Fetch(c, &s.keys.job, func(_ *frame.Ctx, err error) tea.Cmd {
		s.pane.Say()
		if err != nil {
			e.Unfetched()
			s.pane.Renew(e)
			s.pane.Say(explain.Unfetched(err))
		}
		return nil
	}, e.Token.KeyID())
}

// learn verifies the token with the keys that the desk has by now, whoever fetched
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
	if e := s.pane.Entry(); e != nil && s.reading.Err == nil && e.Result.Key == nil {
		e.VerifyWith(ring, c.Now)
		s.pane.Renew(e)
	}
}

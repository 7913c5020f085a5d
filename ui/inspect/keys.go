package inspect

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// keys is what the tokens here are verified with, and the fetching of more.
type keys struct {
	ring *desk.Keyring // when it was last looked at
	job  frame.Job
}

// fetch fetches the published keys, newer ones if they do not have the token's.
func (s *Screen) fetch(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	s.pane.Note = widget.Note{Text: "fetching the keys of " + c.Desk.Settings().JWKSURL + " …"}
	return frame.Fetch(c, &s.keys.job, func(_ *frame.Ctx, err error) tea.Cmd {
		s.pane.Note = widget.Note{}
		if err != nil {
			s.pane.Note = widget.Note{Tone: widget.Bad, Text: "the published keys were not looked at: " + err.Error()}
		}
		return nil
	}, e.Token.KeyID())
}

// learn verifies the token with the keys that the desk has by now, whoever fetched
// them, unless one that it had before signed it.
func (s *Screen) learn(c *frame.Ctx) {
	ring := c.Desk.Keyring()
	if ring == s.keys.ring {
		return
	}
	s.keys.ring = ring
	if set := ring.Published(); set != nil && set.Problem != nil {
		s.pane.Note = widget.Note{Tone: widget.Warn, Text: "the published keys are those of an earlier time: " + set.Problem.Error()}
	}
	if e := s.pane.Entry(); e != nil && s.reading.Err == nil && e.Result.Key == nil {
		e.VerifyWith(ring, c.Now)
		s.pane.Renew(e)
	}
}

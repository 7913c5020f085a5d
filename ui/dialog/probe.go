package dialog

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/probe"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Probe asks for the URL of an API, which is kept in typed for the next time, and
// for the name of its host when somebody else may own that. The target with both
// is handed to begin after the dialog was closed. The tokens are for the subject.
func Probe(c *frame.Ctx, target probe.Target, subject string, typed *string, begin func(*frame.Ctx, probe.Target) tea.Cmd) {
	about := "a good token first, then every fault, for " + visible.Text(subject) + "; nothing is sent to any other host"
	c.Push(NewPrompt(Question{
		Title: "Probe an API of yours", Group: "Probe", Verb: "probe it", Placeholder: "http://localhost:8000/users/me",
		Kept: typed, Hint: widget.Note{Text: about}, Waiting: "Looking for the host…",
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			at := target
			at.URL = strings.TrimSpace(text)
			switch {
			case p.Job.Busy():
				return nil
			case at.URL == "":
				return p.Fail(errors.New("type the URL of an API of yours"))
			}
			look := func(ctx context.Context, _ *desk.Desk) (string, error) { return at.Public(ctx, nil) }
			return frame.Do(c, &p.Job, look, func(c *frame.Ctx, host string, err error) tea.Cmd {
				switch {
				case err != nil:
					return p.Fail(err)
				case c.Top() != frame.Part(p):
					return nil // it was left, or help lies over it
				case host == "":
					return tea.Batch(c.Close(p), begin(c, at))
				}
				closed := c.Close(p)
				c.Push(newHostPrompt(at, host, begin))
				return closed
			})
		},
	}))
}

// newHostPrompt returns the dialog that asks for the name of a host.
func newHostPrompt(target probe.Target, host string, begin func(*frame.Ctx, probe.Target) tea.Cmd) *Prompt {
	const about = "it is not on this machine or in a private network: probe only what is yours, and type its name to go on"
	return NewPrompt(Question{
		Title: host, Group: "Probe", Verb: "probe it", Placeholder: "the host's name",
		Hint: widget.Note{Tone: widget.Warn, Text: about},
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			if !strings.EqualFold(strings.TrimSpace(text), host) {
				return p.Fail(errors.New("that is not its name, and nothing was sent: type " + visible.Text(host)))
			}
			at := target
			at.AllowPublic = true
			return tea.Batch(c.Close(p), begin(c, at))
		},
	})
}

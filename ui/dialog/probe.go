package dialog

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/probe"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Probe asks for the URL of an API, and for the name of its host if that may belong to
// somebody else. It keeps the URL in typed for the next time, closes the dialog and
// hands the target to begin. The tokens are for the subject.
func Probe(c *frame.Ctx, target probe.Target, subject string, typed *string, begin func(*frame.Ctx, probe.Target) tea.Cmd) tea.Cmd {
	about := "sends a valid token and then every fault, for " + visible.Text(subject) + "; nothing goes to any other host"
	return c.Push(NewPrompt(Question{
		Title: "Probe one of your APIs", Group: "Probe", Verb: "probe it", Placeholder: "http://localhost:8000/users/me",
		Text: typed, Hint: widget.Note{Text: about}, Waiting: "Looking up the host…",
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			at := target
			at.URL = strings.TrimSpace(text)
			switch {
			case p.Job.Busy():
				return nil
			case at.URL == "":
				return p.Fail(c, errors.New("type the URL of one of your APIs"))
			}
			look := func(ctx context.Context, _ *desk.Desk) (string, error) { return at.Public(ctx, nil) }
			return frame.Do(c, &p.Job, look, func(c *frame.Ctx, host string, err error) tea.Cmd {
				switch {
				case err != nil:
					return p.Fail(c, err)
				case c.Top() != frame.Part(p):
					return nil // the user has left it, or help lies over it
				case host == "":
					return tea.Batch(c.Close(p), begin(c, at))
				}
				return tea.Batch(c.Close(p), c.Push(newHostPrompt(at, host, begin)))
			})
		},
	}))
}

// newHostPrompt returns the dialog that asks for the name of a host.
func newHostPrompt(target probe.Target, host string, begin func(*frame.Ctx, probe.Target) tea.Cmd) *Prompt {
	const about = "it is neither on this machine nor in a private network: probe only your own systems, and type its name to continue"
	return NewPrompt(Question{
		Title: host, Group: "Probe", Verb: "probe it", Placeholder: "the host's name",
		Hint: widget.Note{Tone: widget.Warn, Text: about},
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			if !strings.EqualFold(strings.TrimSpace(text), host) {
				return p.Fail(c, explain.Line{Text: "the name is wrong, so nothing was sent", Do: "type " + host})
			}
			at := target
			at.AllowPublic = true
			return tea.Batch(c.Close(p), begin(c, at))
		},
	})
}

package dialog

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ui/frame"
)

// newKeyCommand returns the dialog that asks whether to run the program that prints the key.
// One that the user has agreed to before is run again with enter alone.
func newKeyCommand(l *desk.Locked, answered func(*frame.Ctx, *Prompt, *desk.Desk, error) tea.Cmd) *Prompt {
	about := explain.Command(l.Command)
	about.Tone, about.Do = explain.Quiet, l.Text
	q := Question{
		Title: "Run this program?", Group: "Program", Verb: "run it", Placeholder: "type " + desk.Yes, Alarm: true,
		Hint: frame.Note(about), Waiting: "running " + l.Command.Words[0] + " …",
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			if p.Job.Busy() {
				return nil
			}
			run := func(context.Context, *desk.Desk) (*desk.Desk, error) { return l.Answer(text) }
			return frame.Do(c, &p.Job, run, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd { return answered(c, p, d, err) })
		},
	}
	if l.Trusted {
		q.Title, q.Placeholder, q.Alarm = "The program that prints the key", "enter runs it again", false
	}
	return NewPrompt(q)
}

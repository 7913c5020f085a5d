package dialog

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Locked returns the dialog that asks for what a desk needs first. It closes the
// dialog and hands the desk that has the answer to then.
func Locked(l *desk.Locked, then func(c *frame.Ctx, d *desk.Desk) tea.Cmd) frame.Dialog {
	answered := func(c *frame.Ctx, p *Prompt, d *desk.Desk, err error) tea.Cmd {
		if err != nil {
			return p.Fail(c, err)
		}
		return tea.Batch(c.Close(p), then(c, d))
	}
	if l.Asks == desk.SecretName {
		return newSecretName(l, then)
	}
	if l.Asks == desk.KeyCommand {
		return newKeyCommand(l, answered)
	}
	if l.Asks == desk.ProfileName {
		return NewPrompt(Question{
			Title: l.Profile + " is protected", Group: "Protected", Verb: "sign", Placeholder: "the profile's name",
			Hint: widget.Note{Text: l.Text}, Alarm: true,
			Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
				d, err := l.Answer(text)
				return answered(c, p, d, err)
			},
		})
	}
	return NewPrompt(Question{
		Title: "Passphrase", Group: "Passphrase", Verb: "decrypt it", Placeholder: "the passphrase",
		Hint: widget.Note{Text: l.Text}, Secret: true,
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			switch {
			case text == "":
				return p.Fail(c, errors.New("type the passphrase"))
			case p.Job.Busy():
				return nil
			}
			decrypt := func(context.Context, *desk.Desk) (*desk.Desk, error) { return l.Answer(text) }
			return frame.Do(c, &p.Job, decrypt, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
				p.Clear()
				return answered(c, p, d, err)
			})
		},
	})
}

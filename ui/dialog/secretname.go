package dialog

import (
	"context"
	"path/filepath"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// secretName has the user choose the name of the secret.
type secretName struct {
	picker
	about *desk.Locked
	then  func(c *frame.Ctx, d *desk.Desk) tea.Cmd
	job   frame.Job
	err   error
}

// OtherSecrets offers the other secrets of the settings file. It does nothing if there is none.
func OtherSecrets(c *frame.Ctx) tea.Cmd {
	question := desk.OtherSecrets(c.Desk)
	if question == nil {
		return nil
	}
	return c.Push(newSecretName(question, func(c *frame.Ctx, d *desk.Desk) tea.Cmd {
		signs := d.Settings().KeyName + " signs from now on"
		return tea.Batch(c.Replace(d), c.Say(widget.Good, visible.Text(signs)))
	}))
}

// newSecretName returns the dialog that asks for the name of the secret.
func newSecretName(l *desk.Locked, then func(c *frame.Ctx, d *desk.Desk) tea.Cmd) *secretName {
	d, n := &secretName{about: l, then: then}, len(l.Choices)
	d.picker = picker{
		title: "Which secret signs tokens?", group: "Secret", verb: "use it", rows: n, most: n,
		row: d.name, below: d.notes, choose: d.choose, close: d.leave,
		more: []frame.Action{frame.On(frame.Bind("s", "use and keep it", "s"), true, d.keep)},
	}
	return d
}

// leave leaves the question open.
func (d *secretName) leave(c *frame.Ctx) tea.Cmd {
	d.job.Drop()
	return c.Close(d)
}

// choose uses the name for this run.
func (d *secretName) choose(c *frame.Ctx, i int) tea.Cmd {
	return d.answer(c, d.about.Answer, d.about.Choices[i].Name, "")
}

// keep writes the name into the settings file and uses it.
func (d *secretName) keep(c *frame.Ctx) tea.Cmd {
	name := d.about.Choices[d.list.Cursor()].Name
	return d.answer(c, d.about.Keep, name, "wrote SECRET_KEY_NAME="+name+" into the settings file")
}

// answer goes on with the desk that has the name, and says what was done.
func (d *secretName) answer(c *frame.Ctx, ask func(string) (*desk.Desk, error), name, done string) tea.Cmd {
	if d.job.Busy() {
		return nil
	}
	d.err = nil
	open := func(context.Context, *desk.Desk) (*desk.Desk, error) { return ask(name) }
	return frame.Do(c, &d.job, open, func(c *frame.Ctx, opened *desk.Desk, err error) tea.Cmd {
		if d.err = err; err != nil {
			return nil
		}
		cmd := tea.Batch(c.Close(d), d.then(c, opened))
		if done != "" {
			return tea.Batch(cmd, c.Say(widget.Good, done))
		}
		return cmd
	})
}

// name draws a name with the place where it is set.
func (d *secretName) name(c *frame.Ctx, i, width int) string {
	choice := d.about.Choices[i]
	names := 0
	for _, each := range d.about.Choices {
		names = max(names, widget.Width(visible.Text(each.Name)))
	}
	where := "environment"
	if choice.Line > 0 {
		where = "line " + strconv.Itoa(choice.Line)
	}
	room := width - widget.Width("  "+where)
	return c.Env.Theme.Plain.Render(widget.Fit(visible.Text(choice.Name), max(1, min(names, room)))) + "  " + c.Env.Theme.Faint.Render(where)
}

// notes say why the selected name is likely or not and, where there is room, why the question
// is asked; or why an answer failed. The names come before both reasons.
func (d *secretName) notes(c *frame.Ctx, width, room int) []string {
	t := c.Env.Theme
	switch {
	case d.job.Busy():
		return t.Sentence(widget.Note{Text: "Reading…"}, width, 0)
	case d.err != nil:
		return t.Sentence(frame.Fault(d.err), width, 0)
	}
	file := visible.Text(filepath.Base(c.Desk.Settings().File))
	why := t.Sentence(widget.Note{Text: file + ": " + d.about.Text + "."}, width, 0)
	choice := d.about.Choices[d.list.Cursor()]
	left := room - len(d.about.Choices)
	if left < 1 {
		return nil
	}
	reason := t.Sentence(widget.Note{Text: visible.Text(choice.Name) + ": " + choice.Reason + "."}, width, left)
	if len(reason)+len(why) > left {
		return reason
	}
	return append(reason, why...)
}

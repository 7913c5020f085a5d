// Package dialog holds everything that opens over a screen: questions with a field,
// lists to choose from, the copy menu and the help. Each has a function that opens
// it.
package dialog

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// width is the greatest width of a dialog, with its border.
const width = 64

// Question says what a prompt asks and what it does with the answer.
type Question struct {
	Title       string
	Group       string // above its keys in the help; empty is "Question"
	Verb        string // what enter does
	Placeholder string
	Text        *string     // that the field starts with, and what the user makes of it; nil is empty
	Hint        widget.Note // below the field, as long as nothing is wrong
	Waiting     string      // instead of the hint while the job of the prompt is busy
	Secret      bool        // the field shows dots instead of characters
	Alarm       bool        // the answer allows something dangerous
	Finishes    bool        // esc does not cancel the job, which reports how it ended
	// Answer takes the text of the field. It closes the prompt, or says with Fail what
	// is wrong with the text.
	Answer func(c *frame.Ctx, p *Prompt, text string) tea.Cmd
}

// Prompt asks for a line of text.
type Prompt struct {
	// Job is for the work that an answer begins.
	Job frame.Job

	ask   Question
	field widget.Field
	err   error
	outer int      // its width
	hint  []string // the lines of the note
}

// NewPrompt returns the dialog for a question.
func NewPrompt(q Question) *Prompt {
	p := &Prompt{ask: q, field: widget.NewField(q.Placeholder)}
	if q.Secret {
		p.field.Hide()
	}
	if q.Text != nil {
		p.propose(*q.Text)
	}
	p.field.Focus()
	return p
}

// Fail says what is wrong with an answer. The prompt stays. If the user has left it,
// a message says so.
func (p *Prompt) Fail(c *frame.Ctx, err error) tea.Cmd {
	p.err = err
	return frame.FailIn(c, p, err)
}

// Do does the work of an answer off the loop, unless it is being done already. Then it
// closes the prompt and says that the work is done, or it says why not.
func (p *Prompt) Do(c *frame.Ctx, work func() error, done string) tea.Cmd {
	if p.Job.Busy() {
		return nil
	}
	off := func(context.Context, *desk.Desk) (struct{}, error) { return struct{}{}, work() }
	return frame.Do(c, &p.Job, off, func(c *frame.Ctx, _ struct{}, err error) tea.Cmd {
		if err != nil {
			return p.Fail(c, err)
		}
		return tea.Batch(c.Close(p), c.Say(widget.Good, done))
	})
}

// propose puts a text into the field, selected, so that typing replaces it.
func (p *Prompt) propose(text string) {
	p.field.Set(text)
	p.field.SelectAll()
}

// Clear empties the field.
func (p *Prompt) Clear() { p.field.Set("") }

// leave closes the prompt. The answer of its job does nothing from then on, unless
// the job has to finish.
func (p *Prompt) leave(c *frame.Ctx) tea.Cmd {
	if !p.ask.Finishes {
		p.Job.Drop()
	}
	return c.Close(p)
}

// Actions returns enter and esc.
func (p *Prompt) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	return []frame.Group{{Title: cmp.Or(p.ask.Group, "Question"), Actions: []frame.Action{
		frame.On(frame.Described(k.Choose, p.ask.Verb), true, func(c *frame.Ctx) tea.Cmd {
			return p.ask.Answer(c, p, p.field.Value())
		}),
		frame.On(k.Back, true, p.leave),
	}}}
}

// Typing reports that the field has the cursor.
func (p *Prompt) Typing() bool { return true }

// Asks marks the prompt as a question.
func (p *Prompt) Asks() {}

// Update types.
func (p *Prompt) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if frame.Wheel(msg) != 0 {
		return nil
	}
	if paste, ok := msg.(tea.PasteMsg); ok && p.ask.Secret && Tokens(paste.Content) > 0 {
		return c.Hand(frame.Read{Text: paste.Content}) // reading needs no passphrase
	}
	p.err = nil
	p.field.Update(msg)
	if p.ask.Text != nil {
		*p.ask.Text = p.field.Value()
	}
	return nil
}

// note is the sentence below the field.
func (p *Prompt) note() widget.Note {
	switch {
	case p.Job.Busy() && p.ask.Waiting != "":
		return widget.Note{Tone: widget.Quiet, Text: p.ask.Waiting}
	case p.err != nil:
		return frame.Fault(p.err)
	case p.field.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: p.field.Note()}
	default:
		return p.ask.Hint
	}
}

// Layout sets the width.
func (p *Prompt) Layout(c *frame.Ctx, r widget.Rect) {
	p.outer = min(r.W, width)
	inner := p.outer - 4
	p.field.Layout(c.Env.Theme, inner)
	p.hint = c.Env.Theme.Sentence(p.note(), inner, max(2, r.H-3))
}

// View draws the field with the sentence below it.
func (p *Prompt) View(c *frame.Ctx) frame.Drawing {
	t := c.Env.Theme
	border, title := t.BorderFocus, t.Strong.Render(visible.Text(p.ask.Title))
	if p.ask.Alarm {
		border, title = t.Bad, t.Banner.Render("▲ "+visible.Text(p.ask.Title))
	}
	lines := append([]string{p.field.View()}, p.hint...)
	at := widget.Rect{X: 2, Y: 1, W: p.outer - 4, H: 1}
	return frame.Drawing{
		Lines:  widget.Box(border, title, "", lines, p.outer, len(lines)+2),
		Cursor: at.Shift(p.field.Cursor()),
		Zones:  []frame.Zone{{Rect: at, Text: &p.field}},
	}
}

// Package inspect is the screen that reads a token from any text that holds one.
package inspect

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen is a field to paste into, or the token that was found.
type Screen struct {
	frame.Passive

	input   widget.Field
	pane    token.Pane
	reading desk.Reading
	index   int // of the token that is shown, among those found
	job     frame.Job
	keys    keys

	room frame.Room
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with an empty field, for the keys of the desk.
func New(d *desk.Desk) *Screen {
	s := &Screen{input: widget.NewField("eyJhbGciOi… or anything that holds a token"), keys: keys{ring: d.Keyring()}}
	s.input.Focus()
	s.pane.Owner = token.Owner{
		New:   true,
		Next:  s.next,
		Fail:  frame.Fail,
		Leave: frame.Just(func() { s.pane.Show(nil) }),
	}
	return s
}

// Renew verifies the token with the keys of the new desk. On the board and beside the
// form a token keeps its old keys, but here the question is whether the desk accepts
// it.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	s.keys.ring = c.Desk.Keyring()
	s.keys.job.Drop() // it fetches keys for the other desk
	if s.pane.Entry() == nil {
		return nil
	}
	return s.show(c)
}

// Accept takes a text to read.
func (s *Screen) Accept(c *frame.Ctx, i frame.Intent) (tea.Cmd, bool) {
	read, ok := i.(frame.Read)
	if !ok {
		return nil, false
	}
	return s.read(c, read.Text), true
}

// Actions returns the keys of the token, or of the field.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	if s.pane.Entry() != nil {
		return s.pane.Actions(c)
	}
	read := frame.Bind("enter", "read it", "enter")
	return []frame.Group{{Title: "Inspect", Actions: []frame.Action{
		frame.On(read, s.input.Value() != "", func(c *frame.Ctx) tea.Cmd { return s.read(c, s.input.Value()) }),
	}}}
}

// Typing reports whether the field has the cursor.
func (s *Screen) Typing() bool { return s.pane.Entry() == nil || s.pane.Typing() }

// Update reads pasted text, even over a token, and types into the field.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	switch {
	case pasted && !s.pane.Typing():
		return s.read(c, paste.Content)
	case s.pane.Entry() == nil:
		s.input.Update(msg)
	default:
		return s.pane.Update(c, msg)
	}
	return nil
}

// read looks for tokens in a text and shows the likeliest.
func (s *Screen) read(c *frame.Ctx, text string) tea.Cmd {
	look := func(context.Context, *desk.Desk) (desk.Reading, error) { return desk.Read(text, find.MaxPasted), nil }
	return frame.Do(c, &s.job, look, func(c *frame.Ctx, found desk.Reading, _ error) tea.Cmd {
		s.reading, s.index = found, 0
		s.input.Set("")
		return s.show(c)
	})
}

// next shows the next token of the text.
func (s *Screen) next(c *frame.Ctx) tea.Cmd {
	s.index = (s.index + 1) % len(s.reading.Found)
	return s.show(c)
}

// show shows the token at the index. If no known key has signed it, show fetches the
// published ones.
func (s *Screen) show(c *frame.Ctx) tea.Cmd {
	s.keys.job.Drop() // its answer is about the token before
	e := c.Desk.Inspect(s.reading, s.index, c.Now)
	s.pane.Show(e)
	if s.reading.Err == nil {
		s.pane.Text = token.Text{Others: len(s.reading.Found) - 1}
	}
	if !c.Desk.Fetches(e) {
		return nil
	}
	return s.fetch(c, e)
}

package dialog

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/file"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Write asks for the file to write a text to, which sentences call what. It proposes the
// name, or one with a number if there is such a file, and never replaces a file.
func Write(c *frame.Ctx, text, what, name string) tea.Cmd {
	p := newWrite(text, what, name)
	c.Push(p)
	look := func(context.Context, *desk.Desk) (string, error) { return file.Free(name), nil }
	return frame.Do(c, nil, look, func(_ *frame.Ctx, free string, _ error) tea.Cmd {
		if free != name && p.field.Value() == name { // the user has not typed yet
			p.propose(free)
		}
		return nil
	})
}

// newWrite returns the prompt of [Write].
func newWrite(text, what, name string) *Prompt {
	return NewPrompt(Question{
		Title: "Write " + what + " to a file", Verb: "write it", Placeholder: "token.txt", Text: &name,
		Hint: widget.Note{Text: "written with mode 0600; an existing file is not replaced"}, Finishes: true,
		Answer: func(c *frame.Ctx, p *Prompt, typed string) tea.Cmd {
			path := file.ExpandHome(typed, frame.Lookup(c.Env.Environ, "HOME"))
			if strings.TrimSpace(path) == "" {
				return p.Fail(c, errors.New("type a file name"))
			}
			return p.Do(c, func() error { return file.New(path, []byte(text)) }, "wrote "+what+" to "+path+", which only you can read")
		},
	})
}

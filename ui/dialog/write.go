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

// Write asks for the file to write a text to, which sentences call what. It never
// replaces a file.
func Write(c *frame.Ctx, text, what, name string) tea.Cmd {
	return c.Push(NewPrompt(Question{
		Title: "Write " + what + " to a file", Verb: "write it", Placeholder: "token.txt", Text: name,
		Hint: widget.Note{Text: "written with mode 0600; an existing file is not replaced"}, Finishes: true,
		Answer: func(c *frame.Ctx, p *Prompt, typed string) tea.Cmd {
			path := file.ExpandHome(typed, frame.Lookup(c.Env.Environ, "HOME"))
			switch {
			case strings.TrimSpace(path) == "":
				return p.Fail(c, errors.New("type a file name"))
			case p.Job.Busy():
				return nil
			}
			write := func(context.Context, *desk.Desk) (string, error) {
				return path, file.New(path, []byte(text))
			}
			return frame.Do(c, &p.Job, write, func(c *frame.Ctx, path string, err error) tea.Cmd { return wrote(c, p, what, path, err) })
		},
	}))
}

func wrote(c *frame.Ctx, p *Prompt, what, path string, err error) tea.Cmd {
	if err != nil {
		return p.Fail(c, err)
	}
	return tea.Batch(c.Close(p), c.Say(widget.Good, "wrote "+what+" to "+path+", which only you can read"))
}

package dialog

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/file"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Write asks for the file to write a text to, which sentences call what. It never
// replaces a file.
func Write(c *frame.Ctx, text, what, name string) tea.Cmd {
	return c.Push(NewPrompt(Question{
		Title: "Write " + what + " to a file", Verb: "write it", Placeholder: "token.txt", Text: &name,
		Hint: widget.Note{Text: "written with mode 0600; an existing file is not replaced"}, Finishes: true,
		Answer: func(c *frame.Ctx, p *Prompt, typed string) tea.Cmd {
			path := file.ExpandHome(typed, frame.Lookup(c.Env.Environ, "HOME"))
			if strings.TrimSpace(path) == "" {
				return p.Fail(c, errors.New("type a file name"))
			}
			return p.Do(c, func() error { return file.New(path, []byte(text)) }, "wrote "+what+" to "+path+", which only you can read")
		},
	}))
}

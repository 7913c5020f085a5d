package dialog

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// SavePersona asks for the name of a persona and adds it to the personas of the
// desk.
func SavePersona(c *frame.Ctx, persona settings.Persona) tea.Cmd {
	path := c.Desk.Settings().PersonasFile
	return c.Push(NewPrompt(Question{
		Title: "Save as persona", Verb: "save it", Placeholder: "such as admin",
		Hint: widget.Note{Text: "added at the end of " + path}, Finishes: true,
		Answer: func(c *frame.Ctx, p *Prompt, name string) tea.Cmd {
			switch {
			case name == "":
				return p.Fail(c, errors.New("type a name"))
			case p.Job.Busy():
				return nil
			}
			persona.Name = name
			save := func(context.Context, *desk.Desk) (string, error) { return name, settings.SavePersona(path, &persona) }
			return frame.Do(c, &p.Job, save, func(c *frame.Ctx, name string, err error) tea.Cmd { return saved(c, p, name, path, err) })
		},
	}))
}

func saved(c *frame.Ctx, p *Prompt, name, path string, err error) tea.Cmd {
	if err != nil {
		return p.Fail(c, err)
	}
	return tea.Batch(c.Close(p), c.Say(widget.Good, "the persona "+name+" was added to "+path))
}

package dialog

import (
	"errors"

	tea "charm.land/bubbletea/v2"

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
			if name == "" {
				return p.Fail(c, errors.New("type a name"))
			}
			named := persona
			named.Name = name
			c.Env.Wrote = append(c.Env.Wrote, path)
			return p.Do(c, func() error { return settings.SavePersona(path, &named) }, "the persona "+name+" was added to "+path)
		},
	}))
}

package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// personas asks for one of the personas.
type personas struct {
	picker
	all, left []*settings.Persona
}

// Personas asks for one of the personas, closes the dialog and hands the persona to
// choose. There must be at least one.
func Personas(c *frame.Ctx, all []*settings.Persona, choose func(*frame.Ctx, *settings.Persona) tea.Cmd) tea.Cmd {
	filter := widget.NewField("type to filter")
	filter.Focus()
	d := &personas{all: all, left: all}
	d.picker = picker{
		title: "Personas", group: "Personas", verb: "use it", rows: len(all), most: len(all),
		filter: &filter, empty: "no name or subject matches",
		row: d.persona, narrow: d.narrow,
		choose: func(c *frame.Ctx, i int) tea.Cmd { return tea.Batch(c.Close(d), choose(c, d.left[i])) },
		close:  func(c *frame.Ctx) tea.Cmd { return c.Close(d) },
	}
	return c.Push(d)
}

// narrow shows the personas whose name or subject contains the text.
func (d *personas) narrow(text string) {
	wanted := strings.ToLower(strings.TrimSpace(text))
	d.left = nil
	for _, persona := range d.all {
		if strings.Contains(strings.ToLower(persona.Name+" "+persona.Subject), wanted) {
			d.left = append(d.left, persona)
		}
	}
	d.rows = len(d.left)
}

func (d *personas) persona(c *frame.Ctx, i, width int) string {
	persona := d.left[i]
	line := c.Env.Theme.Plain.Render(widget.Fit(visible.Text(persona.Name), min(20, width-2)))
	if width >= 40 {
		about := visible.Text(strings.TrimSpace(explain.Persona(persona).For() + "  " + persona.Lifetime))
		line += " " + c.Env.Theme.Faint.Render(widget.Fit(about, width-23))
	}
	return line
}

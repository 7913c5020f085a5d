package dialog

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Command is something that the palette finds and does.
type Command struct {
	Group string // the heading above it
	Title string
	About string // behind the title
	Key   string // that does the same
	Not   string // why it cannot be done now
	Far   bool   // it leads to another screen first
	More  string // below the list while it is selected
	Run   func(c *frame.Ctx) tea.Cmd
}

// Palette finds everything that the console can do. It has the current commands, of which
// those of the first group may be preferred.
type Palette struct {
	picker
	commands func(c *frame.Ctx) []Command
	prefers  string // the group whose commands come first when they match
	all      []Command
	left     []found // what the text of the filter leaves
	job      frame.Job
	waiting  bool  // enter was pressed before the personas were read
	err      error // why there are no personas
	refused  bool  // the selected command was chosen and cannot be done
}

// OpenPalette opens the palette for the commands of the moment. If the user types a part of
// the name of a command in the preferred group, it comes before all others.
func OpenPalette(c *frame.Ctx, commands func(c *frame.Ctx) []Command, prefers string) (*Palette, tea.Cmd) {
	const wide = 84
	filter := widget.NewField("type to find anything")
	filter.Focus()
	p := &Palette{commands: commands, prefers: prefers}
	p.picker = picker{
		title: "Find", group: "Find", verb: "do it", wide: wide, filter: &filter, empty: "nothing matches",
		row: p.row, head: p.head, below: p.notes, choose: p.choose,
		close:  func(c *frame.Ctx) tea.Cmd { return c.Close(p) },
		narrow: func(string) { p.refused = false },
	}
	c.Push(p)
	return p, p.read(c)
}

// known are the personas, the shapes and the profiles that there are by now.
type known struct {
	personas []*settings.Persona
	shapes   []*settings.Shape
	profiles []settings.Profile
}

// read reads the personas, the shapes and the profiles, which may have changed.
func (p *Palette) read(c *frame.Ctx) tea.Cmd {
	look := func(_ context.Context, d *desk.Desk) (known, error) {
		personas, err := d.Personas()
		return known{personas, desk.Shapes(d), d.Profiles()}, err
	}
	return frame.Do(c, &p.job, look, func(c *frame.Ctx, got known, err error) tea.Cmd {
		c.Env.Personas, c.Env.Shapes, c.Env.Profiles, p.err = got.personas, got.shapes, got.profiles, err
		if !p.waiting {
			return nil
		}
		p.waiting = false
		p.find(c)
		return p.choose(c, p.list.Cursor())
	})
}

// Actions returns those of a picker. As the palette is opened with ctrl+p, that moves up.
func (p *Palette) Actions(c *frame.Ctx) []frame.Group {
	groups := p.picker.Actions(c)
	if p.job.Busy() {
		groups[0].Actions[0].SetEnabled(true) // it waits
	}
	turn := func(step int) func(*frame.Ctx) tea.Cmd { return frame.Just(func() { p.turn(step) }) }
	groups[0].Actions = append(groups[0].Actions, frame.Hide(
		frame.On(frame.Bind("", "", "ctrl+p"), true, turn(-1)),
		frame.On(frame.Bind("", "", "ctrl+n"), true, turn(1)),
	)...)
	return groups
}

func (p *Palette) turn(step int) {
	p.refused = false
	p.list.Turn(step)
}

// choose does a command and closes the palette, or says why it cannot be done.
func (p *Palette) choose(c *frame.Ctx, i int) tea.Cmd {
	if p.job.Busy() && p.prefers != "" && p.filter.Value() != "" {
		p.waiting = true
		return nil
	}
	if i >= len(p.left) {
		return nil
	}
	command := p.left[i]
	if command.Not != "" {
		p.refused = true
		return nil
	}
	return tea.Batch(c.Close(p), command.Run(c))
}

// Layout finds what the filter leaves.
func (p *Palette) Layout(c *frame.Ctx, r widget.Rect) {
	p.find(c)
	p.picker.Layout(c, r)
}

// find takes the commands of the moment. The selection stays where it is, or at the top.
func (p *Palette) find(c *frame.Ctx) {
	const most = 20 // lines of the list
	at, was := p.list.Cursor(), Command{}
	if at < len(p.left) {
		was = p.left[at].Command
	}
	p.all = p.commands(c)
	p.left = p.matches()
	same := func(f found) bool { return f.Group == was.Group && f.Title == was.Title }
	if i := slices.IndexFunc(p.left, same); at > 0 && i >= 0 {
		p.list.Select(i)
	}
	p.rows, p.most, p.heads = len(p.left), most, nil
	if p.filter.Value() != "" {
		return
	}
	for i, f := range p.left {
		if i == 0 || f.Group != p.left[i-1].Group {
			p.heads = append(p.heads, i)
		}
	}
}

// notes say why the selected command cannot be done, or more about it.
func (p *Palette) notes(c *frame.Ctx, width, room int) []string {
	const lines, least = 2, 9
	note := widget.Note{}
	if at := p.list.Cursor(); at < len(p.left) {
		selected := p.left[at]
		note.Text = selected.More
		if selected.Not != "" {
			done := "done"
			if selected.Group == PersonaGroup {
				done = "used"
			}
			note.Text = sentence(selected.Title + " cannot be " + done + " now: " + selected.Not)
		}
		if p.refused {
			note.Tone = widget.Warn
		}
	}
	switch {
	case note.Text != "":
	case p.err != nil:
		note = frame.Fault(p.err)
	case p.prefers == PersonaGroup && len(c.Env.Personas) == 0 && !p.job.Busy():
		note = frame.Note(explain.Line{Text: "there are no personas", Do: "ctrl+r saves the form as one"})
	}
	switch {
	case room >= least:
		return widget.Fill(c.Env.Theme.Sentence(note, width, lines), width, lines)
	case note.Text == "" || !p.refused:
		return nil
	}
	return c.Env.Theme.Sentence(note, width, room-1)
}

// sentence ends a text like one.
func sentence(text string) string { return strings.TrimRight(text, ".") + "." }

func (p *Palette) head(c *frame.Ctx, i int) string { return c.Env.Theme.Faint.Render(p.left[i].Group) }

// row draws a command: its title and what is behind it at the left, its key or why it cannot
// be done at the right.
func (p *Palette) row(c *frame.Ctx, i, width int) string {
	t, f := c.Env.Theme, p.left[i]
	style, about, right := t.Plain, f.About, t.HelpKey.Render(f.Key)
	if about == "" && p.filter.Value() != "" {
		about = f.Group
	}
	if f.Not != "" {
		style, about = t.Faint, ""
		right = t.Faint.Render(widget.Clip(f.Not, max(0, width-widget.Width(f.Title)-3)))
	}
	left := lettered(t, f.Title, f.at, 0, style)
	if room := width - widget.Width(left) - widget.Width(right) - 4; about != "" && room > 3 {
		left += "  " + widget.Clip(lettered(t, about, f.at, utf8.RuneCountInString(f.Title)+1, t.Faint), room)
	}
	return widget.Spread(widget.Clip(left, width), right, width)
}

// ActionCommand returns an action as a command of the palette, or none if it has no place
// there. The key is how it is reached.
func ActionCommand(group string, a frame.Action, key string) (Command, bool) {
	title := capital(cmp.Or(a.Title, a.Help().Desc))
	isNamed := len(a.Keys()) == 0 && a.Title != ""
	if a.Hidden || title == "" || !a.Enabled() && !isNamed && a.Not == "" {
		return Command{}, false
	}
	return Command{Group: group, Title: title, Key: key, Not: a.Not, Run: a.Run}, true
}

// capital returns a text with a capital letter at its start.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// PersonaCommand returns a persona as a command, which chooses it.
func PersonaCommand(persona *settings.Persona, choose func(*frame.Ctx, *settings.Persona) tea.Cmd) Command {
	not := ""
	if persona.Disabled {
		not = "it is disabled: z on the screen Personas enables it"
	}
	return Command{
		Group: PersonaGroup, Title: visible.Text(persona.Name), Not: not,
		About: visible.Text(strings.TrimSpace(persona.Subject + "  " + persona.Lifetime)),
		More:  visible.Text(explain.Persona(persona).Holds()),
		Run:   func(c *frame.Ctx) tea.Cmd { return choose(c, persona) },
	}
}

// ShapeCommand returns a shape as a command, which chooses it.
func ShapeCommand(shape *settings.Shape, choose func(*frame.Ctx, *settings.Shape) tea.Cmd) Command {
	facts := explain.Shape(shape)
	return Command{
		Group: "Shapes", Title: visible.Text(shape.Name), About: visible.Text(facts.Maker()),
		More: visible.Text(facts.Summary()),
		Run:  func(c *frame.Ctx) tea.Cmd { return choose(c, shape) },
	}
}

// PersonaGroup is the heading above the personas.
const PersonaGroup = "Personas"

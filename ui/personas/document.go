package personas

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// document edits a persona as its text in the file, with its comments.
type document struct {
	editing

	area  widget.Area
	in    widget.Rect // the text
	notes widget.Rect // below it
}

// maxDocument is the largest text, in characters: a file has no more bytes.
const maxDocument = 64 << 10

// newDocument returns the editor for the text of a persona.
func newDocument(p *settings.Persona, text string) *document {
	d := &document{editing: editing{was: p.Name, base: p.Own()}, area: widget.NewArea("name:", maxDocument)}
	d.area.Indents = true
	d.area.Set(strings.TrimRight(text, "\n"))
	d.area.Focus()
	return d
}

func (d *document) common() *editing { return &d.editing }

func (d *document) text() string { return d.area.Value() }

func (d *document) title() string { return d.was + " as YAML" }

func (d *document) inRows() bool { return true }

func (d *document) try() func(*settings.PersonasFile) (*settings.Persona, error) {
	was, text := d.was, d.text()+"\n"
	return func(f *settings.PersonasFile) (*settings.Persona, error) { return f.CheckYAML(was, text) }
}

// wrong goes to the error, if one is known.
func (d *document) wrong(c *frame.Ctx, f *settings.PersonasFile) bool {
	d.area.Say("")
	if _, d.err = d.try()(f); d.err == nil {
		return false
	}
	d.area.Go(d.at())
	c.Say(widget.Bad, "fix this first, then save it")
	return true
}

func (d *document) write(*settings.Own) func(*settings.PersonasFile) (*settings.PersonasFile, error) {
	was, text := d.was, d.text()+"\n"
	return func(f *settings.PersonasFile) (*settings.PersonasFile, error) { return f.SetYAML(was, text) }
}

// name returns the name that the text gives the persona.
func (d *document) name() string {
	if d.persona != nil {
		return d.persona.Name
	}
	return d.was
}

// at returns where the error is, or nothing.
func (d *document) at() widget.Place {
	problems, is := errors.AsType[settings.Problems](d.err)
	if !is || len(problems) == 0 {
		return widget.Place{}
	}
	return widget.Place{Line: problems[0].Line, Column: problems[0].Column}
}

func (d *document) update(msg tea.Msg) {
	if step := frame.Wheel(msg); step != 0 {
		d.area.Scroll(step)
		return
	}
	d.area.Update(msg)
}

func (d *document) actions(*frame.Ctx) []frame.Action {
	not := frame.When(d.at() == (widget.Place{}), "no error has a known place")
	return []frame.Action{
		frame.Titled("Go to the error", frame.Unless(frame.Bind("tab", "go to the error", "tab"), not, frame.Just(func() { d.area.Go(d.at()) }))),
	}
}

// note says what is wrong with the text.
func (d *document) note() widget.Note {
	switch {
	case d.area.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: d.area.Note()}
	case d.err != nil:
		return frame.Note(reason(d.err))
	case d.text() == d.opened:
		return widget.Note{Text: "the text from the file, with its comments"}
	}
	return widget.Note{Tone: widget.Good, Text: "the text is valid"}
}

func (d *document) layout(c *frame.Ctx, in widget.Rect) {
	lines := max(1, min(in.H/2, len(c.Env.Theme.Sentence(d.note(), in.W, 0))))
	d.notes = in
	d.in = d.notes.Take(max(1, in.H-lines))
	look := widget.Numbered(&d.area, c.Env.Theme, d.in, d.at())
	look.Color = func(line string) []widget.Part { return yamlParts(c.Env.Theme, line) }
	d.area.Layout(look)
}

func (d *document) draw(c *frame.Ctx) frame.Drawing {
	lines := append(strings.Split(d.area.View(), "\n"), c.Env.Theme.Sentence(d.note(), d.notes.W, d.notes.H)...)
	return frame.Drawing{
		Lines: lines, Cursor: d.in.Shift(d.area.Cursor()), Zones: []frame.Zone{{Rect: d.in, Text: &d.area}},
	}
}

// yamlParts returns the parts of a line of YAML with their colours: the name of a member, what
// follows it, and a comment.
func yamlParts(t *widget.Theme, line string) []widget.Part {
	rest := strings.TrimLeft(line, " ")
	indent := len(line) - len(rest)
	if strings.HasPrefix(rest, "#") {
		return []widget.Part{{Length: len(line), Style: &t.Faint}}
	}
	name, value, found := strings.Cut(rest, ":")
	if !found || strings.ContainsAny(name, "\"'[{ ") {
		return []widget.Part{{Length: len(line), Style: &t.Str}}
	}
	parts := make([]widget.Part, 0, 4)
	parts = append(parts, widget.Part{Length: indent + len(name), Style: &t.Name}, widget.Part{Length: 1, Style: &t.Faint})
	comment := strings.Index(value, " #")
	if comment < 0 || strings.ContainsAny(value[:comment], "\"'") {
		comment = len(value)
	}
	style, text := &t.Str, strings.TrimSpace(value[:comment])
	if text != "" && strings.Trim(text, "0123456789.-") == "" || text == "true" || text == "false" {
		style = &t.Number
	}
	return append(parts, widget.Part{Length: comment, Style: style}, widget.Part{Length: len(value) - comment, Style: &t.Faint})
}

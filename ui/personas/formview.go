package personas

import (
	"slices"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// place says where the parts of the form are.
type place struct {
	in     widget.Rect
	fields [fields]fieldPlace
	button widget.Rect
	error  widget.Rect
	notes  [fields]widget.Note
}

// fieldPlace says where a field is: its label, its text, and the sentence below it.
type fieldPlace struct{ label, text, note widget.Rect }

// The sizes of the form, in cells.
const (
	labelWidth  = 11
	signWidth   = 2 // before the rows of the claims
	roomyForm   = 26
	buttonWidth = 13
	leastClaims = 3
)

// labels are the names of the fields.
var labels = [fields]string{"Name", "For", "Good for", "Extends", "Shape", "Key", "Claims", "Disabled"}

// layout gives every field its place. Where there is no room for all of them, those around
// the one with the focus are visible.
func (f *form) layout(c *frame.Ctx, in widget.Rect) {
	f.usual = desk.LifetimeText(c.Desk.Settings().Lifetime)
	f.check(c, f.file)
	f.suggest()
	f.place = place{in: in, notes: f.notes(c)}
	t, p := c.Env.Theme, &f.place
	gap := 0
	if in.H >= roomyForm {
		gap = 1
	}
	heights := [fields]int{}
	wrong := 0
	if f.unplaced() != nil {
		wrong = len(frame.Problems(t, f.unplaced(), in.W))
	}
	total := 1 + wrong + gap // the button, and the error above it
	for i := range heights {
		heights[i] = 1
		if p.notes[i].Text != "" {
			heights[i] += len(t.Sentence(p.notes[i], max(1, in.W-labelWidth), 0))
		}
		total += heights[i] + gap
	}
	rows := max(1, f.claims.Text.Rows())
	if f.focus == claimsField && total < in.H {
		rows++
	}
	more := max(0, min(rows-1, max(in.H-total, min(rows-1, leastClaims-1))))
	y := gap
	starts := [stops]int{}
	for i := range p.fields {
		lines := 1
		if stop(i) == claimsField {
			lines += more
		}
		starts[i] = y
		p.fields[i] = fieldPlace{
			label: widget.Rect{X: in.X, Y: y, W: labelWidth - signWidth, H: 1},
			text:  widget.Rect{X: in.X + labelWidth, Y: y, W: max(4, in.W-labelWidth), H: lines},
			note:  widget.Rect{X: in.X + labelWidth, Y: y + lines, W: max(4, in.W-labelWidth), H: heights[i] - 1},
		}
		y += lines + heights[i] - 1 + gap
	}
	p.error = widget.Rect{X: in.X, Y: y, W: in.W, H: wrong}
	y += wrong
	starts[buttonField] = y
	p.button = widget.Rect{X: in.X + labelWidth, Y: y, W: min(buttonWidth, in.W-labelWidth), H: 1}
	end := y + 1
	if f.focus < fields {
		at := p.fields[f.focus]
		end = at.note.Y + at.note.H
	}
	offset := max(0, min(end-in.H, starts[f.focus]))
	if f.focus == buttonField {
		offset = max(0, y+1-in.H)
	}
	p.shift(in.Y - offset)
	f.size(t)
}

// unplaced returns why the persona cannot be written, unless a field says so.
func (f *form) unplaced() error {
	if slices.ContainsFunc(f.errs[:], func(err error) bool { return err != nil }) {
		return nil
	}
	return f.err
}

// suggest says in empty fields what the persona inherits or gets from the settings.
func (f *form) suggest() {
	subject, lifetime := "such as sam@shop.example", f.usual+" from the settings"
	parent := f.parent()
	if parent != nil && parent.Subject != "" {
		subject = parent.Subject + " from " + parent.Name
	}
	if parent != nil && parent.Lifetime != "" {
		lifetime = parent.Lifetime + " from " + parent.Name
	}
	f.texts.subject.Suggest(visible.Text(subject))
	f.texts.lifetime.Suggest(visible.Text(lifetime))
}

// parent returns the persona that is extended, or nil.
func (f *form) parent() *settings.Persona {
	if f.file == nil {
		return nil
	}
	return settings.FindPersona(f.file.Personas(), f.choices.extends.Value())
}

// shift moves everything down.
func (p *place) shift(by int) {
	for i := range p.fields {
		p.fields[i].label.Y += by
		p.fields[i].text.Y += by
		p.fields[i].note.Y += by
	}
	p.button.Y += by
	p.error.Y += by
}

// size tells the fields how wide they are.
func (f *form) size(t *widget.Theme) {
	p := &f.place
	f.texts.name.Layout(t, p.fields[nameField].text.W)
	f.texts.subject.Layout(t, p.fields[subjectField].text.W)
	f.texts.lifetime.Layout(t, p.fields[lifetimeField].text.W)
	f.choices.extends.Layout(t, p.fields[extendsField].text.W)
	f.choices.shape.Layout(t, p.fields[shapeField].text.W)
	f.choices.key.Layout(t, p.fields[keyField].text.W)
	f.choices.disabled.Layout(t, p.fields[disabledField].text.W)
	f.claims.Text.Layout(f.claims.Look(t, f.rows()))
}

// rows returns where the claims are, with the cells before their text.
func (f *form) rows() widget.Rect {
	r := f.place.fields[claimsField].text
	r.X, r.W = r.X-signWidth, r.W+signWidth
	return r
}

// at returns where a field is drawn.
func (f *form) at(i stop) widget.Rect {
	if i == claimsField {
		return f.rows()
	}
	return f.place.fields[i].text
}

// notes returns the sentences below the fields: what is wrong, or what the one with the focus
// means.
func (f *form) notes(c *frame.Ctx) [fields]widget.Note {
	var notes [fields]widget.Note
	for i, field := range f.inputs() {
		switch {
		case field.Note() != "":
			notes[i] = widget.Note{Tone: widget.Warn, Text: field.Note()}
		case f.errs[i] != nil:
			notes[i] = frame.Fault(f.errs[i])
		case stop(i) == f.focus:
			notes[i] = widget.Note{Text: f.hint(c, stop(i))}
		}
	}
	return notes
}

// hint says what a field means.
func (f *form) hint(c *frame.Ctx, of stop) string {
	parent := f.choices.extends.Value()
	switch of {
	case nameField:
		return "what you type after --persona"
	case subjectField:
		if f.texts.subject.Value() == "" {
			if parent != "" {
				return "empty: inherited from " + parent
			}
			return "empty: you type it when you issue"
		}
		return "becomes sub; {{n}} and {{uuid}} are filled in"
	case lifetimeField:
		if strings.TrimSpace(f.texts.lifetime.Value()) == "" {
			return "such as 30m, 8h, 7d or until 18:00"
		}
		if d, err := c.Desk.Lifetime(f.texts.lifetime.Value(), c.Now); err == nil {
			clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
			return "now until " + clock.Moment(c.Now.Add(d))
		}
		return ""
	case extendsField:
		return "inherits everything that is not set here · ←→ or a letter"
	case shapeField:
		if f.choices.shape.Value() == "" && parent != "" {
			return "none: inherited from " + parent + ", if it has one"
		}
		return "the header and claims of a vendor's tokens · ←→ or a letter"
	case keyField:
		return "←→ or a letter"
	case claimsField:
		if note := f.claims.Note(); note.Tone == widget.Quiet {
			return strings.Replace(note.Text, " · -name leaves it out", "", 1)
		}
		return ""
	default:
		return "←→ changes it"
	}
}

// draw draws the form.
func (f *form) draw(c *frame.Ctx) frame.Drawing {
	t, p := c.Env.Theme, &f.place
	canvas := widget.NewCanvas(p.in)
	d := frame.Drawing{}
	views := [fields]string{
		f.texts.name.View(), f.texts.subject.View(), f.texts.lifetime.View(), f.choices.extends.View(), f.choices.shape.View(),
		f.choices.key.View(), f.claims.Text.View(), f.choices.disabled.View(),
	}
	for i, at := range p.fields {
		style := t.Faint
		if stop(i) == f.focus {
			style = t.Strong
		}
		canvas.Put(at.label, style.Render(labels[i]))
		canvas.Put(f.at(stop(i)), views[i])
		canvas.Note(at.note, t, p.notes[i])
		if !p.in.Contains(at.text.X, at.text.Y) {
			continue
		}
		focus := frame.Just(func() { f.moveTo(stop(i)) })
		d.Zones = append(d.Zones,
			frame.Zone{Rect: at.label, Do: focus}, frame.Zone{Rect: f.at(stop(i)), Do: focus, Text: f.inputs()[i]})
	}
	if err := f.unplaced(); err != nil {
		canvas.Put(p.error, strings.Join(frame.Problems(t, err, p.error.W), "\n"))
	}
	style := t.Button
	if f.focus == buttonField {
		style = t.ButtonFocus
	}
	d.Zones = append(d.Zones, frame.Zone{Rect: p.button, Do: f.save})
	canvas.Put(p.button, style.Render(widget.Fit("   Save ⏎", p.button.W)))
	d.Cursor = p.button.Cursor()
	if f.focus < fields {
		d.Cursor = f.at(f.focus).Shift(f.inputs()[f.focus].Cursor())
	}
	d.Lines = canvas.Lines()
	return d
}

package issue

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// layout places the parts of the form. Each sentence gets as many lines as it needs.
func (f *form) layout(c *frame.Ctx, in widget.Rect) {
	t := c.Env.Theme
	f.notes = [...]widget.Note{f.subjectNote(), f.lifetimeNote(c), f.claimsNote()}
	var lines formNotes
	for i, field := range f.inputs() {
		if why := field.Note(); why != "" {
			f.notes[i] = widget.Note{Tone: widget.Warn, Text: why}
		}
		lines[i] = len(t.Sentence(f.notes[i], in.W, 0))
	}
	f.rects = newFormRects(in, lines)
	r := f.rects.fields
	f.subject.Layout(t, r[subjectField].text.W)
	f.lifetime.Layout(t, r[lifetimeField].text.W-2)
	f.claims.text.Layout(f.claims.look(t, r[claimsField].text))
}

// view draws the form into the rectangle.
func (f *form) view(c *frame.Ctx, in widget.Rect) []string {
	t := c.Env.Theme
	names := [...]string{"Subject", "Lifetime", "Claims"}
	if !f.rects.compact {
		names = [...]string{"Email or user name", "Lifetime", "Claims  " + f.claims.shape()}
	}
	texts := [...]string{f.subject.View(), f.lifetime.View() + t.Faint.Render("›"), f.claims.text.View()}
	canvas := widget.NewCanvas(in)
	for i, at := range f.rects.fields {
		style := t.Faint
		if f.at(stop(i)) {
			style = t.Strong
		}
		canvas.Put(at.label, style.Render(names[i]))
		canvas.Put(at.text, texts[i])
		canvas.Note(at.note, t, f.notes[i])
	}
	canvas.Put(f.rects.button, f.button(t))
	return canvas.Lines()
}

// button draws the button in the middle of its line.
func (f *form) button(t *widget.Theme) string {
	style := t.Button
	if f.at(buttonField) {
		style = t.ButtonFocus
	}
	text := "[ Issue token ]"
	indent := max(0, (f.rects.button.W-len(text))/2)
	if f.rects.compact {
		indent = 0
	}
	return strings.Repeat(" ", indent) + style.Render(text)
}

// cursor returns where the cursor is on the screen, if a field has it.
func (f *form) cursor() *tea.Cursor {
	if !f.typing() {
		return nil
	}
	return f.rects.fields[f.focus].text.Shift(f.inputs()[f.focus].Cursor())
}

// short returns the sentences that have no room.
func (f *form) short(t *widget.Theme) []widget.Note {
	var short []widget.Note
	for i, at := range f.rects.fields {
		if t.Cuts(f.notes[i], at.note) {
			short = append(short, f.notes[i])
		}
	}
	return short
}

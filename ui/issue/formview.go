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
	f.notes = [3]widget.Note{f.subjectNote(), f.lifetimeNote(c), f.claimsNote()}
	lines := func(i int) int { return len(t.Sentence(f.notes[i], in.W, 0)) }
	f.rects = newFormRects(in, formNotes{lines(0), lines(1), lines(2)})
	r := f.rects
	f.subject.Layout(t, r.subject.W)
	f.lifetime.Layout(t, r.lifetime.W-2)
	f.claims.text.Layout(t, f.claims.prompt(t), max(4, r.claims.W), max(1, r.claims.H))
}

// view draws the form into the rectangle.
func (f *form) view(c *frame.Ctx, in widget.Rect) []string {
	t, r := c.Env.Theme, f.rects
	canvas := widget.NewCanvas(in)
	label := func(at widget.Rect, wide, short string, s stop) {
		text, style := wide, t.Faint
		if r.compact {
			text = short
		}
		if f.at(s) {
			style = t.Strong
		}
		canvas.Put(at, style.Render(text))
	}
	label(r.subjectLabel, "Email or user name", "Subject", subjectField)
	canvas.Put(r.subject, f.subject.View())
	canvas.Note(r.subjectNote, t, f.notes[0])
	label(r.lifetimeLabel, "Lifetime", "Lifetime", lifetimeField)
	canvas.Put(r.lifetime, f.lifetime.View()+t.Faint.Render("›"))
	canvas.Note(r.expiryNote, t, f.notes[1])
	shape := "rows"
	if f.claims.asJSON {
		shape = "JSON"
	}
	label(r.claimsLabel, "Claims  "+shape, "Claims", claimsField)
	canvas.Put(r.claims, f.claims.text.View())
	canvas.Note(r.claimsNote, t, f.notes[2])
	canvas.Put(r.btn, f.button(t))
	return canvas.Lines()
}

// button draws the button in the middle of its line.
func (f *form) button(t *widget.Theme) string {
	style := t.Button
	if f.at(buttonField) {
		style = t.ButtonFocus
	}
	text := "[ Issue token ]"
	indent := max(0, (f.rects.btn.W-len(text))/2)
	if f.rects.compact {
		indent = 0
	}
	return strings.Repeat(" ", indent) + style.Render(text)
}

// cursor returns where the cursor is on the screen, if a field has it.
func (f *form) cursor() *tea.Cursor {
	switch {
	case f.away:
		return nil
	case f.focus == subjectField:
		return f.rects.subject.Shift(f.subject.Cursor())
	case f.focus == lifetimeField:
		return f.rects.lifetime.Shift(f.lifetime.Cursor())
	case f.focus == claimsField:
		return f.rects.claims.Shift(f.claims.text.Cursor())
	default:
		return nil
	}
}

// short returns the sentences that have no room.
func (f *form) short(t *widget.Theme) []widget.Note {
	var short []widget.Note
	for i, r := range []widget.Rect{f.rects.subjectNote, f.rects.expiryNote, f.rects.claimsNote} {
		if t.Cuts(f.notes[i], r) {
			short = append(short, f.notes[i])
		}
	}
	return short
}

package issue

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// view draws the form into the rectangle.
func (f *form) view(c *frame.Ctx, in widget.Rect, look formLook) []string {
	t, p := c.Env.Theme, f.places
	canvas := widget.NewCanvas(in)
	names := [...]string{"For", "Good for", "Claims", "Header"}
	for i, at := range p.fields {
		if at.text.W == 0 || p.boxed && stop(i) == f.focus {
			continue
		}
		style := t.Faint
		if f.at(stop(i)) {
			style = t.Strong
		}
		canvas.Put(at.label, style.Render(labelOf(f, stop(i), names[i])))
		text := at.text
		if !p.folded && f.hasRows(stop(i)) {
			text = f.rowsAt(stop(i))
		}
		if at.side.W > 0 && text.Y > at.label.Y { // the label has the line
			canvas.Put(at.side, widget.Spread("", sideOf(f, t, stop(i)), at.side.W))
		}
		canvas.Put(text, f.text(t, stop(i), look))
		if at.side.W > 0 && text.Y == at.label.Y {
			canvas.Put(at.side, widget.Spread("", sideOf(f, t, stop(i)), at.side.W))
		}
		canvas.Note(at.note, t, f.notes[i])
	}
	if shown := usuals(f, c); len(shown) > 0 {
		canvas.Put(p.usual, viewUsuals(t, shown))
	}
	if at := p.shape; f.like != nil && at.text.W > 0 {
		canvas.Put(at.label, t.Faint.Render("Shape"))
		canvas.Put(at.text, t.Accent.Render(visible.Text(f.like.Name)))
		canvas.Put(at.side, widget.Spread("", t.HelpKey.Render("ctrl+p")+t.HelpText.Render(" changes"), at.side.W))
	}
	if !p.boxed || p.button.Y < p.box.Y {
		canvas.Put(p.button, f.button(t, p.button.W))
	}
	lines := canvas.Lines()
	if p.boxed {
		for i, line := range viewBox(f, t) {
			lines[p.box.Y-in.Y+i] = line
		}
	}
	return lines
}

// viewBox draws the field of several lines that has the focus, in a box.
func viewBox(f *form, t *widget.Theme) []string {
	title, sign := "Header", ""
	if f.focus == claimsField {
		title, sign = "Claims · "+f.shape(), t.HelpKey.Render("ctrl+t")+" "+t.HelpText.Render(f.nextShape())
	}
	at := f.places.fields[f.focus]
	area := &f.header.Text
	if f.focus == claimsField {
		area = f.area()
	}
	lines := strings.Split(area.View(), "\n")
	note := t.Sentence(f.notes[f.focus], at.note.W-signWidth, at.note.H)
	for i := range note {
		note[i] = strings.Repeat(" ", signWidth) + note[i]
	}
	return widget.Box(t.BorderFocus, t.Strong.Render(title), sign, append(lines, note...), f.places.box.W, f.places.box.H)
}

// text draws the text of a field.
func (f *form) text(t *widget.Theme, s stop, look formLook) string {
	switch p := &f.places; {
	case f.exact && (s == subjectField || s == lifetimeField):
		return t.Faint.Render("the payload says it")
	case s == subjectField:
		return f.subject.View()
	case s == lifetimeField && f.lifetime.Value() == "" && endless(f) && !f.at(lifetimeField):
		return t.Faint.Render("no exp")
	case s == lifetimeField && p.folded:
		value := f.lifetime.View()
		if note := f.notes[lifetimeField]; note.Tone == widget.Quiet && note.Text != "" {
			value = widget.Fit(strings.TrimRight(value, " "), 16) + t.Faint.Render(note.Text)
		}
		return value
	case s == lifetimeField:
		return f.lifetime.View()
	case s == claimsField && p.folded:
		return onOneLine(f, t)
	case s == claimsField:
		return f.area().View()
	case f.header.Text.Value() != "" || f.at(headerField):
		return f.header.Text.View()
	default:
		return t.Faint.Render(look.header)
	}
}

// onOneLine draws the claims and the header on one line.
func onOneLine(f *form, t *widget.Theme) string {
	parts := []string{f.claims.Summary()}
	switch {
	case f.exact:
		parts[0] = "the exact payload: " + strings.ReplaceAll(f.payload.Value(), "\n", " ")
	case parts[0] == "":
		return t.Faint.Render("such as role=admin")
	}
	if header := f.header.Summary(); header != "" {
		parts = append(parts, "header "+header)
	}
	return t.Plain.Render(visible.Text(strings.Join(parts, " · ")))
}

// sideOf draws what the keys of a field do, at the right end of its line.
func sideOf(f *form, t *widget.Theme, s stop) string {
	hint := func(key, text string) string { return t.HelpKey.Render(key) + t.HelpText.Render(" "+text) }
	switch p := &f.places; {
	case s == lifetimeField && !f.exact && p.folded:
		return hint("↑↓", "usual")
	case s == lifetimeField && !f.exact && p.usual.H == 0:
		return t.HelpText.Render("↑↓")
	case s == claimsField && p.folded:
		return hint("tab", "opens them")
	case s == claimsField:
		return hint("ctrl+t", f.nextShape())
	case s == headerField && !f.at(s) && f.header.Text.Value() == "":
		return t.HelpText.Render("▸ change")
	}
	return ""
}

// labelOf returns the name of a field. Claims that are no rows have the whole line for it.
func labelOf(f *form, s stop, name string) string {
	at := &f.places.fields[s]
	if s != claimsField || at.text.Y == at.label.Y {
		return name
	}
	if f.exact {
		return "Exact payload"
	}
	return name + " as JSON"
}

// shape names how the claims are written, and nextShape what they are after ctrl+t.
func (f *form) shape() string {
	switch {
	case f.exact:
		return "exact payload"
	case f.claims.AsJSON:
		return "JSON"
	default:
		return "rows"
	}
}

func (f *form) nextShape() string {
	switch {
	case f.exact:
		return "rows"
	case f.claims.AsJSON:
		return "exact"
	default:
		return "JSON"
	}
}

// button draws the button.
func (f *form) button(t *widget.Theme, width int) string {
	style := t.Button
	if f.at(buttonField) {
		style = t.ButtonFocus
	}
	return style.Render(widget.Fit("   Issue ⏎", width))
}

// cursor returns where the cursor is on the screen, if a field has it.
func (f *form) cursor() *tea.Cursor {
	if !f.typing() {
		return nil
	}
	at := f.places.fields[f.focus].text
	if f.inRows() {
		at = f.rowsAt(f.focus)
	}
	return at.Shift(f.inputs()[f.focus].Cursor())
}

// fieldZones returns the zones of the fields.
func fieldZones(f *form) []frame.Zone {
	var zones []frame.Zone
	for i, at := range f.places.fields {
		if at.text.W == 0 {
			continue
		}
		focus := frame.Just(func() { f.moveTo(stop(i)) })
		text := at.text
		if !f.places.folded && f.hasRows(stop(i)) {
			text = f.rowsAt(stop(i))
		}
		zone := frame.Zone{Rect: text, Do: focus, Text: f.inputs()[i]}
		if f.places.folded && stop(i) == claimsField && !f.places.boxed { // its rows are not there
			zone.Text = nil
		}
		zones = append(zones, frame.Zone{Rect: at.label, Do: focus}, zone)
	}
	return zones
}

// cutNotes returns the sentences that have no room.
func cutNotes(f *form, t *widget.Theme) []widget.Note {
	var short []widget.Note
	for i, at := range f.places.fields {
		if loud := f.notes[i].Tone == widget.Warn || f.notes[i].Tone == widget.Bad; loud && t.Cuts(f.notes[i], at.note) {
			short = append(short, f.notes[i])
		}
	}
	return short
}

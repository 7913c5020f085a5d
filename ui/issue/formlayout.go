package issue

import (
	"time"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// formLook is what the form depends on besides its own state.
type formLook struct {
	header  string    // what the header has, on one line
	expiry  time.Time // of the token that the form has issued, or zero
	refused error     // why nothing can be issued, or nil
}

// explain settles the sentences below the fields.
func (f *form) explain(c *frame.Ctx, width int, look formLook) {
	f.notes = [...]widget.Note{subjectNote(f, look), lifetimeNote(f, c, look), claimsNote(f, width), headerNote(f)}
	for i, field := range f.inputs() {
		if why := field.Note(); why != "" {
			f.notes[i] = widget.Note{Tone: widget.Warn, Text: why}
		}
	}
}

// needs returns how many lines the parts of the form would like, where a sentence has a width.
// A folded form says only what is wrong.
func (f *form) needs(t *widget.Theme, width int, folded bool) needs {
	n := needs{focus: f.focus, wide: f.exact || f.claims.AsJSON}
	if f.away {
		n.focus = buttonField
	}
	for i, note := range f.notes {
		n.loud[i] = note.Tone == widget.Warn || note.Tone == widget.Bad
		if note.Text != "" && (!folded || n.loud[i] || stop(i) == n.focus && n.focus >= claimsField) {
			n.notes[i] = len(t.Sentence(note, max(1, width-labelWidth), 0))
		}
	}
	if f.like != nil {
		n.shape = 1
	}
	n.rows = [fields]int{1, 1, f.area().Rows(), f.header.Text.Rows()}
	if n.wide {
		n.rows[claimsField]++ // its label
	}
	if n.focus == claimsField && !n.wide && f.claims.Text.Value() != "" {
		n.rows[claimsField]++
	}
	n.sides[lifetimeField] = 4
	if !f.exact {
		n.usual = 1
	}
	if !f.hasRows(headerField) {
		n.rows[headerField], n.sides[headerField] = 1, 10
	}
	return n
}

// layout gives every field its place.
func (f *form) layout(t *widget.Theme, p places) {
	f.places = p
	f.subject.Layout(t, p.fields[subjectField].text.W)
	f.lifetime.Layout(t, p.fields[lifetimeField].text.W)
	f.area().Layout(f.areaLook(t))
	f.header.Text.Layout(f.header.Look(t, f.rowsAt(headerField)))
}

// areaLook returns how the claims or the payload are drawn.
func (f *form) areaLook(t *widget.Theme) widget.Look {
	at := f.rowsAt(claimsField)
	if !f.exact {
		return f.claims.Look(t, at)
	}
	return widget.Look{
		Theme: t, Width: max(4, at.W), Height: max(1, at.H), Margin: 2, Sign: func(r widget.AreaRow) string {
			if r.First || r.Beyond {
				return ""
			}
			return t.Faint.Render("└ ")
		},
	}
}

// rowsAt returns where a field of several lines is, with the cells before its text.
func (f *form) rowsAt(s stop) widget.Rect {
	r := f.places.fields[s].text
	if f.places.boxed || r.W == 0 || r.X == f.places.fields[subjectField].label.X {
		return r
	}
	r.X, r.W = r.X-signWidth, r.W+signWidth
	return r
}

// hasRows reports whether the text of a field is drawn as rows.
func (f *form) hasRows(s stop) bool {
	return s == claimsField || s == headerField && (f.at(s) || f.header.Text.Value() != "")
}

package issue

import "tokendesk/ui/widget"

// formRects says where the parts of the form are.
//
//	Email or user name            Subject   > ada
//	> ada@example.com             message
//	message                       Lifetime  ‹ 30m ›
//	Lifetime                      expires 14:35:12 UTC
//	‹ 30m ›                       Claims    > role=admin
//	expires 14:35:12 UTC          message
//	Claims                        [ Issue token ]
//	> role=admin
//	message
//	     [ Issue token ]
type formRects struct {
	compact bool
	fields  [fields]fieldRects
	button  widget.Rect
}

// fieldRects says where a field is, with its label and its sentence.
type fieldRects struct{ label, text, note widget.Rect }

// formNotes holds the number of lines of the sentence below each field.
type formNotes [fields]int

func newFormRects(in widget.Rect, notes formNotes) formRects {
	if in.H < 13 {
		return compactForm(in, notes)
	}
	least := formNotes{2, 1, 2}
	if in.H >= 22 {
		least[subjectField], least[claimsField] = 3, 3
	}
	if in.H >= 16 {
		least[lifetimeField] = 2 // a blank line, or the rest of the sentence
	}
	notes, room := notes.grow(least, in.H-7)
	lines := [...]int{1, 1, max(1, min(12, room))}
	f := formRects{}
	for i := range f.fields {
		f.fields[i] = fieldRects{in.Take(1), in.Take(lines[i]), in.Take(notes[i])}
	}
	f.button = in.Take(1)
	return f
}

// grow gives each sentence at least its least number of lines, and more if it needs
// them and the claims keep one line. It returns the room that is left.
func (n formNotes) grow(least formNotes, room int) (formNotes, int) {
	for _, lines := range least {
		room -= lines
	}
	for i := range n {
		more := max(0, min(n[i]-least[i], room-1))
		n[i] = least[i] + more
		room -= more
	}
	return n, room
}

// compactForm puts the labels beside the fields, and the button on the last line.
func compactForm(in widget.Rect, notes formNotes) formRects {
	const label = 10
	f := formRects{compact: true, button: widget.Rect{X: in.X, Y: in.Y + in.H - 1, W: in.W, H: 1}}
	notes, room := notes.grow(formNotes{1, 1, 1}, in.H-3)
	lines := [...]int{1, 1, max(1, room)}
	for i := range f.fields {
		r := in.Take(lines[i])
		f.fields[i] = fieldRects{
			label: widget.Rect{X: r.X, Y: r.Y, W: label, H: 1},
			text:  widget.Rect{X: r.X + label, Y: r.Y, W: max(0, r.W-label), H: r.H},
			note:  in.Take(notes[i]),
		}
	}
	return f
}

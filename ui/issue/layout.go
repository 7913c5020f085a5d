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
	compact                              bool
	subjectLabel, subject, subjectNote   widget.Rect
	lifetimeLabel, lifetime, expiryNote  widget.Rect
	claimsLabel, claims, claimsNote, btn widget.Rect
}

func newFormRects(in widget.Rect, notes formNotes) formRects {
	if in.H < 13 {
		return compactForm(in, notes)
	}
	y := in.Y
	next := func(h int) widget.Rect {
		r := widget.Rect{X: in.X, Y: y, W: in.W, H: h}
		y += h
		return r
	}
	least := formNotes{2, 1, 2}
	if in.H >= 22 {
		least.subject, least.claims = 3, 3
	}
	if in.H >= 16 {
		least.lifetime = 2 // a blank line, or the rest of the sentence
	}
	room := in.H - 7 - least.subject - least.lifetime - least.claims // for the claims
	notes, room = notes.grow(least, room)
	f := formRects{}
	f.subjectLabel, f.subject, f.subjectNote = next(1), next(1), next(notes.subject)
	f.lifetimeLabel, f.lifetime, f.expiryNote = next(1), next(1), next(notes.lifetime)
	f.claimsLabel = next(1)
	f.claims = next(max(1, min(12, room)))
	f.claimsNote, f.btn = next(notes.claims), next(1)
	return f
}

// formNotes holds the number of lines of each sentence of the form.
type formNotes struct{ subject, lifetime, claims int }

// grow gives each sentence at least its least number of lines, and more if it needs
// them and the claims keep one line. It returns the room that is left.
func (n formNotes) grow(least formNotes, room int) (formNotes, int) {
	for _, each := range []struct{ lines, least *int }{
		{&n.subject, &least.subject}, {&n.lifetime, &least.lifetime}, {&n.claims, &least.claims},
	} {
		more := max(0, min(*each.lines-*each.least, room-1))
		*each.lines = *each.least + more
		room -= more
	}
	return n, room
}

func compactForm(in widget.Rect, notes formNotes) formRects {
	const label = 10
	y := in.Y
	next := func(h int) widget.Rect {
		r := widget.Rect{X: in.X, Y: y, W: in.W, H: h}
		y += h
		return r
	}
	row := func(h int) (widget.Rect, widget.Rect) {
		r := next(h)
		return widget.Rect{X: r.X, Y: r.Y, W: label, H: 1}, widget.Rect{X: r.X + label, Y: r.Y, W: max(0, r.W-label), H: h}
	}
	notes, room := notes.grow(formNotes{1, 1, 1}, in.H-6)
	f := formRects{compact: true}
	f.subjectLabel, f.subject = row(1)
	f.subjectNote = next(notes.subject)
	f.lifetimeLabel, f.lifetime = row(1)
	f.expiryNote = next(notes.lifetime)
	f.claimsLabel, f.claims = row(max(1, room))
	f.claimsNote, f.btn = next(notes.claims), next(1)
	if in.H < 7 {
		f.btn = widget.Rect{X: in.X, Y: in.Y + in.H - 1, W: in.W, H: 1}
	}
	return f
}

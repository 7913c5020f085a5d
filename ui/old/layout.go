package old

// The break points of the layout, in cells.
const (
	minWidth, minHeight = 40, 10 // below this only a sentence is shown
	wideWidth           = 96     // from here on form and token stand side by side
	roomyHeight         = 16     // from here on panes have borders
	formWidth           = 38
)

// rect is a part of the screen, in cells from the top left corner.
type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// inset returns the rectangle without a border of one cell.
func (r rect) inset() rect {
	return rect{r.x + 1, r.y + 1, max(0, r.w-2), max(0, r.h-2)}
}

// layout says where everything is. It follows from the size of the terminal
// alone.
//
//	wide                              narrow
//	┌ title ───────────────────────┐  ┌ title ───────────┐
//	├ tabs ────────────────────────┤  ├ tabs ────────────┤
//	│ left       │ right           │  │ left and right   │
//	│            │                 │  │ are the whole    │
//	├ help ────────────────────────┤  ├ help ────────────┤
type layout struct {
	title, tabs, body, help rect
	left, right             rect
	wide, bordered          bool
}

func newLayout(width, height int) layout {
	l := layout{
		title:    rect{0, 0, width, 1},
		tabs:     rect{0, 1, width, 1},
		body:     rect{0, 2, width, max(0, height-3)},
		help:     rect{0, height - 1, width, 1},
		wide:     width >= wideWidth,
		bordered: height >= roomyHeight,
	}
	l.left, l.right = l.body, l.body
	if l.wide {
		l.left.w = formWidth
		l.right.x += formWidth
		l.right.w -= formWidth
	}
	return l
}

// inner returns what is left of a pane for its content.
func (l layout) inner(r rect) rect {
	if l.bordered {
		in := r.inset()
		return rect{in.x + 1, in.y, max(0, in.w-2), in.h} // a blank cell beside the border
	}
	return r
}

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
	subjectLabel, subject, subjectNote   rect
	lifetimeLabel, lifetime, expiryNote  rect
	claimsLabel, claims, claimsNote, btn rect
}

func newFormRects(in rect, notes formNotes) formRects {
	if in.h < 13 {
		return compactForm(in, notes)
	}
	y := in.y
	next := func(h int) rect {
		r := rect{in.x, y, in.w, h}
		y += h
		return r
	}
	least := formNotes{2, 1, 2}
	if in.h >= 22 {
		least.subject, least.claims = 3, 3
	}
	if in.h >= 16 {
		least.lifetime = 2 // a blank line, or the rest of the sentence
	}
	room := in.h - 7 - least.subject - least.lifetime - least.claims // for the claims
	notes, room = notes.grow(least, room)
	f := formRects{}
	f.subjectLabel, f.subject, f.subjectNote = next(1), next(1), next(notes.subject)
	f.lifetimeLabel, f.lifetime, f.expiryNote = next(1), next(1), next(notes.lifetime)
	f.claimsLabel = next(1)
	f.claims = next(max(1, min(12, room)))
	f.claimsNote, f.btn = next(notes.claims), next(1)
	return f
}

// formNotes is how many lines each sentence of the form has.
type formNotes struct{ subject, lifetime, claims int }

// grow gives each sentence the least it has, and more if it needs that, as long
// as the claims keep one line of their room. It returns the room that is left.
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

func compactForm(in rect, notes formNotes) formRects {
	const label = 10
	y := in.y
	next := func(h int) rect {
		r := rect{in.x, y, in.w, h}
		y += h
		return r
	}
	row := func(h int) (rect, rect) {
		r := next(h)
		return rect{r.x, r.y, label, 1}, rect{r.x + label, r.y, max(0, r.w-label), h}
	}
	notes, room := notes.grow(formNotes{1, 1, 1}, in.h-6)
	f := formRects{compact: true}
	f.subjectLabel, f.subject = row(1)
	f.subjectNote = next(notes.subject)
	f.lifetimeLabel, f.lifetime = row(1)
	f.expiryNote = next(notes.lifetime)
	f.claimsLabel, f.claims = row(max(1, room))
	f.claimsNote, f.btn = next(notes.claims), next(1)
	if in.h < 7 {
		f.btn = rect{in.x, in.y + in.h - 1, in.w, 1}
	}
	return f
}

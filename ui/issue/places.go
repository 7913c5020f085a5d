package issue

import "tokendesk/ui/widget"

// places says where the parts of the form are. A long form has its fields below each other,
// with a sentence below each, and beneath them what is left for people:
//
//	For        ada@example.com
//	           an email address
//	Good for   30m               ↑↓
//	           until 14:35:12 UTC
//	           ↑↓ 15m · 30m · 1h   where there is much room
//	Shape      keycloak-access      only if there is one
//	Claims     role=admin
//	           name=text · …
//	Header     typ JWT
//	           Issue ⏎
//	Recent …
//
// A folded one has three lines, with the sentences that matter below them. Where the claims or
// the header have the focus they are in a box below the other two.
//
//	For        ada@example.com      Issue ⏎
//	Good for   30m      until 14:35:12 UTC
//	Claims     role=admin · scopes:=["read"]
type places struct {
	folded, boxed bool
	fields        [fields]fieldPlaces
	shape         fieldPlaces // of the name of the shape, if there is one
	usual         widget.Rect // of the usual lifetimes
	button, rest  widget.Rect
	box           widget.Rect // around the field of several lines, if it is boxed
}

// fieldPlaces says where a field is: its label, its text, the sentence about it, and at the right
// end of its first line what its keys do.
type fieldPlaces struct{ label, text, note, side widget.Rect }

// needs says how many lines the parts would like to have.
type needs struct {
	notes [fields]int  // of the sentences
	loud  [fields]bool // which say that something is wrong
	rows  [fields]int  // of the fields
	sides [fields]int  // the cells for what their keys do
	focus stop
	wide  bool // the claims need the whole width
	shape int  // the lines for the name of the shape
	usual int  // the lines for the usual lifetimes
}

// The sizes of the form, in cells.
const (
	labelWidth  = 11
	signWidth   = 2 // between the label and the text
	wideSide    = 16
	buttonWidth = 13
	wideForm    = 56 // from here on a line of the folded form has room for its sentence
	roomyForm   = 24 // from here on there are blank lines between the fields
	headerForm  = 13 // from here on the header has a line
	leastRest   = 4
	shapeSide   = 16 // for the key that changes the shape
	usualRest   = 9  // what the usual lifetimes leave below the form
)

// long places the fields below each other.
func long(in widget.Rect, n needs) places {
	p := places{}
	gap := 0
	if in.H >= roomyForm {
		gap = 1
	}
	hasHeader, hasClaims := in.H >= headerForm || n.focus == headerField, true
	if in.H < headerForm && n.focus == headerField {
		hasClaims = false
	}
	if !hasHeader {
		n.notes[headerField] = 0
	}
	n.quieten(in.H)
	if !hasClaims {
		n.notes[claimsField] = 0
	}
	lines := [fields]int{1, 1, 0, 0}
	room := in.H - 3 - 5*gap - n.shape // besides subject, lifetime and button
	if hasClaims {
		lines[claimsField], room = 1, room-1
	}
	if hasHeader {
		lines[headerField], room = 1, room-1
	}
	room = n.share(room) // the sentences take their room first
	for _, i := range []stop{claimsField, headerField} {
		if lines[i] > 0 {
			more := max(0, min(n.rows[i]-1, room))
			lines[i], room = lines[i]+more, room-more
		}
	}
	if gap == 0 || room < n.usual+usualRest {
		n.usual = 0
	}
	in.Take(gap)
	for i := range p.fields {
		if lines[i] == 0 {
			continue
		}
		p.fields[i] = fieldAt(&in, lines[i], n.notes[i], n.sides[i], stop(i) == claimsField && n.wide)
		if stop(i) == lifetimeField {
			p.belowLifetime(&in, n)
		}
		if stop(i) != claimsField || !hasHeader {
			in.Take(gap)
		}
	}
	p.button = widget.Rect{X: in.X + labelWidth, Y: in.Y, W: min(buttonWidth, in.W-labelWidth), H: 1}
	in.Take(1)
	in.Take(min(1, max(0, in.H)))
	if p.rest = in; in.H < leastRest {
		p.rest.H = 0
	}
	return p
}

// belowLifetime places the usual lifetimes and the name of the shape.
func (p *places) belowLifetime(in *widget.Rect, n needs) {
	p.usual = indented(in.Take(n.usual))
	if n.shape > 0 {
		p.shape = fieldAt(in, n.shape, 0, shapeSide, false)
	}
}

// quieten leaves only the field with the focus to explain itself where the form is low.
func (n *needs) quieten(height int) {
	for i := range n.notes {
		if height < headerForm && !n.loud[i] && stop(i) != n.focus {
			n.notes[i] = 0
		}
	}
}

// share gives the sentences their room, first those that say that something is wrong, and returns
// what is left.
func (n *needs) share(room int) int {
	for _, loud := range []bool{true, false} {
		for i := range n.notes {
			if n.loud[i] == loud {
				n.notes[i] = min(n.notes[i], max(0, room))
				room -= n.notes[i]
			}
		}
	}
	return room
}

// fieldAt takes the lines of a field from a rectangle. A wide one has its text below its label.
func fieldAt(in *widget.Rect, lines, note, side int, wide bool) fieldPlaces {
	p := fieldPlaces{label: widget.Rect{X: in.X, Y: in.Y, W: labelWidth - signWidth, H: 1}}
	if wide && lines > 1 {
		side = wideSide
	}
	p.side = widget.Rect{X: in.X + in.W - side, Y: in.Y, W: side, H: 1}
	if wide && lines > 1 {
		p.label.W = in.W - side
		in.Take(1)
		p.text = in.Take(lines - 1)
	} else {
		p.text = indented(in.Take(lines))
		p.text.W = max(0, p.text.W-side)
	}
	p.note = indented(in.Take(note))
	return p
}

// indented returns the part of a rectangle to the right of the labels.
func indented(r widget.Rect) widget.Rect {
	return widget.Rect{X: r.X + labelWidth, Y: r.Y, W: max(0, r.W-labelWidth), H: r.H}
}

// foldedHeight returns the height of a folded form.
func foldedHeight(n needs, most int) int {
	if n.focus == claimsField || n.focus == headerField {
		box := max(6, min(n.rows[n.focus]+n.notes[n.focus]+2, most-2))
		return 2 + n.shape + n.notes[subjectField] + n.notes[lifetimeField] + box
	}
	height := 3 + n.shape
	for _, lines := range n.notes {
		height += lines
	}
	return height
}

// fold places the fields in three lines, or two and a box.
func fold(in widget.Rect, n needs) places {
	p := places{folded: true, boxed: n.focus == claimsField || n.focus == headerField}
	in = widget.Rect{X: in.X + 1, Y: in.Y, W: in.W - 2, H: in.H}
	for i := range p.fields {
		if stop(i) == headerField || p.boxed && stop(i) == claimsField {
			break
		}
		line := in.Take(1)
		f := fieldPlaces{
			label: widget.Rect{X: line.X, Y: line.Y, W: labelWidth - signWidth, H: 1},
			text:  indented(line), note: indented(in.Take(n.notes[i])),
		}
		const side = 16
		f.side = widget.Rect{X: line.X + line.W - side, Y: line.Y, W: side, H: 1}
		if stop(i) == lifetimeField && n.shape > 0 {
			p.shape = fieldAt(&in, n.shape, 0, side, false)
		}
		if stop(i) == subjectField {
			p.button = widget.Rect{X: line.X + line.W - buttonWidth, Y: line.Y, W: buttonWidth, H: 1}
			f.text.W -= buttonWidth + 2
			f.side.W = 0
		} else {
			f.text.W -= side + 1
		}
		p.fields[i] = f
	}
	if p.boxed {
		p.box = widget.Rect{X: in.X - 1, Y: in.Y, W: in.W + 2, H: in.H}
		inner := widget.Rect{X: p.box.X + 2, Y: p.box.Y + 1, W: p.box.W - 4, H: p.box.H - 2}
		f := &p.fields[n.focus]
		f.text = inner.Take(max(1, inner.H-max(1, n.notes[n.focus])))
		f.note = inner
	}
	return p
}

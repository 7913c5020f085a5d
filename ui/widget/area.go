package widget

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/widget/buffer"
)

// Area is a text field of several lines. It takes the same characters as [Field]. Lines
// that are too long are wrapped.
type Area struct {
	Indents bool // a new line begins with the blanks of the one before

	text        buffer.Buffer
	placeholder string
	note        string
	limit       int // characters
	focused     bool
	look        Look
	rows        []row
	of          string // the text that the rows are those of
	top         int    // the first visible row
	column      int    // the cell that the cursor keeps to while it moves up and down, or -1
}

// Place is a line and a character in a text, from 1. The zero value is none.
type Place struct{ Line, Column int }

// NewArea returns an empty area that holds at most that many characters.
func NewArea(placeholder string, limit int) Area {
	return Area{placeholder: placeholder, limit: limit, rows: []row{{first: true}}, column: -1}
}

// Value returns the text.
func (a *Area) Value() string { return a.text.Text() }

// Set replaces the text and forgets its history. The cursor stands at the end.
func (a *Area) Set(text string) {
	a.text.Set(unified(text))
	a.note, a.column = "", -1
	a.scroll()
}

// Replace replaces the text as a change that can be undone.
func (a *Area) Replace(text string) {
	a.text.Replace(unified(text))
	a.note, a.column = "", -1
	a.scroll()
}

// Selected returns the selected text.
func (a *Area) Selected() string { return a.text.Selected() }

// Note says why the last input was refused, or returns the text of Say.
func (a *Area) Note() string { return a.note }

// Say shows a note until the next input.
func (a *Area) Say(note string) { a.note = note }

// Focus gives the area the cursor.
func (a *Area) Focus() { a.focused = true }

// Blur takes the cursor away.
func (a *Area) Blur() { a.focused = false }

// Update takes a key or a paste.
func (a *Area) Update(msg tea.Msg) {
	if !a.focused {
		return
	}
	a.note = ""
	if k, ok := msg.(tea.KeyPressMsg); !ok || k.Text != "" || !a.climb(k.Keystroke()) {
		a.column = -1
		a.note = put(&a.text, msg, a.limit, true)
		if ok && a.Indents && k.Keystroke() == "enter" && a.note == "" {
			put(&a.text, tea.PasteMsg{Content: indentBefore(a.Value()[:a.text.Cursor()])}, a.limit, true)
		}
	}
	a.scroll()
}

// indentBefore returns the blanks at the start of the line before the last one of a text.
func indentBefore(text string) string {
	lines := strings.Split(text, "\n")
	before := lines[max(0, len(lines)-2)]
	return before[:len(before)-len(strings.TrimLeft(before, " "))]
}

// climb moves the cursor up or down if that is what the key means.
func (a *Area) climb(key string) bool {
	name := strings.Replace(key, "shift+", "", 1)
	step, ok := map[string]int{
		"up": -1, "down": 1, "ctrl+n": 1, "pgup": -max(1, a.look.Height), "pgdown": max(1, a.look.Height),
	}[name]
	if !ok {
		return false
	}
	if a.column < 0 {
		a.column = a.cell()
	}
	to := a.row() + step
	a.text.MoveTo(a.at(to, a.column), name != key)
	if to < 0 || to >= len(a.rows) {
		a.column = -1 // it stands at an end of the text now
	}
	return true
}

// Click puts the cursor to a cell of the area.
func (a *Area) Click(x, y int) { a.moveTo(a.at(a.top+y, x-a.look.Margin), false) }

// Drag selects from where the cursor was put up to a cell, which may be above or below the
// area.
func (a *Area) Drag(x, y int) { a.moveTo(a.at(a.top+y, x-a.look.Margin), true) }

// Word selects the word at a cell.
func (a *Area) Word(x, y int) {
	a.column = -1
	a.text.SelectWord(a.at(a.top+y, x-a.look.Margin))
	a.scroll()
}

func (a *Area) moveTo(at int, selecting bool) {
	a.column = -1
	a.text.MoveTo(at, selecting)
	a.scroll()
}

// Scroll scrolls by that many rows. The cursor stays on the screen.
func (a *Area) Scroll(rows int) {
	height := max(1, a.look.Height)
	a.top = max(0, min(a.top+rows, len(a.rows)-height))
	if at := a.row(); at < a.top || at >= a.top+height {
		a.text.MoveTo(a.at(max(a.top, min(at, a.top+height-1)), a.cell()), false)
	}
}

// Go puts the cursor to a place.
func (a *Area) Go(to Place) {
	a.column = -1
	a.text.MoveTo(a.offset(to), false)
	a.scroll()
}

// offset returns a place in bytes, or -1 for none.
func (a *Area) offset(of Place) int {
	if of.Line < 1 {
		return -1
	}
	rest, at := a.Value(), 0
	for range of.Line - 1 {
		_, after, ok := strings.Cut(rest, "\n")
		if !ok {
			break
		}
		at += len(rest) - len(after)
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	n := 1
	for i := range line {
		if n == of.Column {
			return at + i
		}
		n++
	}
	return at + len(line)
}

// at returns the place of a cell of a row, in bytes, or the one next to it.
func (a *Area) at(i, cells int) int {
	switch {
	case i < 0:
		return 0
	case i >= len(a.rows):
		return len(a.Value())
	}
	r := a.rows[i]
	all := glyphs(a.Value()[r.from:r.to])
	last := len(all) > 0 && i+1 < len(a.rows) && !a.rows[i+1].first // its end is in the next row
	for n, g := range all {
		if cells < g.width || last && n == len(all)-1 {
			return r.from + g.at
		}
		cells -= g.width
	}
	return r.to
}

// row returns the row of the cursor.
func (a *Area) row() int {
	i, found := slices.BinarySearchFunc(a.rows, a.text.Cursor(), func(r row, at int) int { return r.from - at })
	if !found {
		i--
	}
	return i
}

// cell returns the cell of the cursor in its row.
func (a *Area) cell() int {
	from := a.rows[a.row()].from
	return width(glyphs(a.Value()[from:a.text.Cursor()]))
}

// Layout says how the area is drawn from now on.
func (a *Area) Layout(look Look) {
	if look.Width-look.Margin != a.look.Width-a.look.Margin {
		a.rows = nil
	}
	a.look = look
	a.scroll()
}

// scroll wraps the text, keeps the cursor visible, and shows as much of the text as there
// is room for.
func (a *Area) scroll() {
	if a.rows == nil || a.of != a.Value() {
		a.rows = wrapRows(a.Value(), max(2, a.look.Width-a.look.Margin))
		a.of = a.Value()
	}
	height, at := max(1, a.look.Height), a.row()
	a.top = max(min(a.top, at, len(a.rows)-height), at-height+1, 0)
}

// Lines returns how many lines the text has.
func (a *Area) Lines() int { return strings.Count(a.Value(), "\n") + 1 }

// Rows returns how many rows the text takes in the width of the last Layout.
func (a *Area) Rows() int { return len(a.rows) }

// Cursor returns where the cursor stands in the area, or nil when it has none.
func (a *Area) Cursor() *tea.Cursor {
	if !a.focused {
		return nil
	}
	return steady(min(a.look.Margin+a.cell(), max(0, a.look.Width-1)), a.row()-a.top)
}

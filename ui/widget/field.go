package widget

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"tokendesk/ui/widget/buffer"
)

// maxField is the most that a field holds, in characters. It refuses a longer text as a
// whole.
const maxField = 2000

// Field is a text field of one line. It takes only characters that it can show as
// they are, and says so otherwise.
type Field struct {
	text        buffer.Buffer
	placeholder string
	sign        string // before the text, of two cells, or none
	note        string // why the last input was changed or refused
	focused     bool
	theme       *Theme
	room        int // cells for the text, without the one for the cursor after it
	offset      int // the first byte that is visible
}

// NewField returns an empty field with a placeholder.
func NewField(placeholder string) Field { return Field{placeholder: placeholder, sign: "> "} }

// Suggest replaces the placeholder.
func (f *Field) Suggest(placeholder string) { f.placeholder = placeholder }

// Prompt replaces the "> " before the text with another sign of two cells, or with none.
func (f *Field) Prompt(sign string) { f.sign = sign }

// Hide shows dots instead of characters.
func (f *Field) Hide() { f.text.Secret = true }

// Reveal shows the characters again.
func (f *Field) Reveal() { f.text.Secret = false }

// Value returns the text.
func (f *Field) Value() string { return f.text.Text() }

// Set replaces the text.
func (f *Field) Set(text string) {
	f.text.Set(text)
	f.note = ""
	f.scroll()
}

// Replace replaces the text as a change that can be undone.
func (f *Field) Replace(text string) {
	f.text.Replace(text)
	f.note = ""
	f.scroll()
}

// SelectAll selects the text, so that typing replaces it.
func (f *Field) SelectAll() {
	f.text.SelectAll()
	f.scroll()
}

// Note says why the last input was changed or refused, or is empty.
func (f *Field) Note() string { return f.note }

// Focus gives the field the cursor, and Blur takes it away.
func (f *Field) Focus() { f.focused = true }

// Blur takes the cursor away.
func (f *Field) Blur() { f.focused = false }

// Update takes a key or a paste.
func (f *Field) Update(msg tea.Msg) {
	if !f.focused {
		return
	}
	f.note = put(&f.text, msg, maxField, false)
	f.scroll()
}

// Click puts the cursor to a cell of the field, Drag selects up to one, and Word selects the
// word there.
func (f *Field) Click(x, _ int) { f.moveTo(f.at(x), false) }

// Drag selects from where the cursor was put up to a cell.
func (f *Field) Drag(x, _ int) { f.moveTo(f.at(x), true) }

// Word selects the word at a cell.
func (f *Field) Word(x, _ int) {
	f.text.SelectWord(f.at(x))
	f.scroll()
}

func (f *Field) moveTo(at int, selecting bool) {
	f.text.MoveTo(at, selecting)
	f.scroll()
}

// at returns the place of a cell, in bytes. Left of the field it is the character before
// the visible ones.
func (f *Field) at(x int) int {
	cells, at := x-Width(f.sign), f.offset
	if x < 0 {
		return max(0, at-1)
	}
	for _, g := range f.visible() {
		if cells < g.width {
			break
		}
		cells -= g.width
		at = buffer.Next(f.Value(), g.at)
	}
	return at
}

// Layout sets the styles and the width, which includes the sign before the text and
// a cell for the cursor after it.
func (f *Field) Layout(t *Theme, width int) {
	f.theme, f.room = t, max(1, width-1-Width(f.sign))
	f.scroll()
}

// scroll keeps the cursor visible, and as much of the text as there is room for.
func (f *Field) scroll() {
	all := f.glyphs()
	first := len(before(all, min(f.offset, f.text.Cursor())))
	cursor := len(before(all, f.text.Cursor()))
	under := 1 // the cells of the character under the cursor, and of the sign that more follows
	if cursor < len(all) {
		under = all[cursor].width
	}
	if cursor+1 < len(all) && f.room > leastMarked {
		under++
	}
	for first < cursor && width(all[first:cursor])+under > f.room+1 {
		first++
	}
	for first > 0 && cursor-first < 2 && f.room > leastMarked { // the sign that there is more before stands there
		if width(all[first-1:cursor])+under > f.room+1 {
			break
		}
		first--
	}
	for first > 0 && width(all[first-1:]) <= f.room {
		first--
	}
	f.offset = 0
	if first < len(all) {
		f.offset = all[first].at
	} else if len(all) > 0 {
		f.offset = len(f.Value())
	}
}

// leastMarked is the room above which a field says that there is more text on either side.
const leastMarked = 6

// cutOff is the sign for that.
const cutOff = "…"

// marked returns the visible characters with a sign at an end where the text goes on.
func (f *Field) marked(all []glyph) []glyph {
	shown := slices.Clone(f.visible())
	if len(shown) == 0 || f.room <= leastMarked {
		return shown
	}
	if f.offset > 0 {
		shown[0].text = cutOff + strings.Repeat(" ", max(0, shown[0].width-1))
	}
	if last := &shown[len(shown)-1]; last.at != all[len(all)-1].at {
		last.text = cutOff + strings.Repeat(" ", max(0, last.width-1))
	}
	return shown
}

// glyphs returns the characters as they are drawn: dots when they are hidden, and dots
// for the white space at both ends, which would be invisible.
func (f *Field) glyphs() []glyph {
	value := f.Value()
	all := glyphs(value)
	start := len(value) - len(strings.TrimLeftFunc(value, unicode.IsSpace))
	end := len(strings.TrimRightFunc(value, unicode.IsSpace))
	for i := range all {
		switch g := &all[i]; {
		case f.text.Secret:
			g.text, g.width = "•", 1
		case g.at < start || g.at >= end:
			g.text, g.width = "·", 1
		}
	}
	return all
}

// visible returns the characters for which there is room.
func (f *Field) visible() []glyph {
	all := f.glyphs()
	shown := all[len(before(all, f.offset)):]
	n := 0
	for cells := 0; n < len(shown) && cells+shown[n].width <= f.room+1; n++ {
		cells += shown[n].width
	}
	return shown[:n]
}

// View draws the field.
func (f *Field) View() string {
	t := f.theme
	sign := t.Faint
	if f.focused {
		sign = t.Accent
	}
	if f.Value() == "" && f.placeholder != "" {
		return sign.Render(f.sign) + t.Faint.Render(Fit(Cut(f.placeholder, f.room+1), f.room+1))
	}
	shown := f.marked(f.glyphs())
	from, to := f.text.Selection()
	text := paint(shown, func(at int) *lipgloss.Style {
		if at >= from && at < to && f.focused {
			return &t.Marked
		}
		return &t.Plain
	})
	return sign.Render(f.sign) + text + strings.Repeat(" ", max(0, f.room+1-width(shown)))
}

// Cursor returns where the cursor stands in the field, or nil when it has none.
func (f *Field) Cursor() *tea.Cursor {
	if !f.focused {
		return nil
	}
	all := f.glyphs()
	first, at := len(before(all, f.offset)), len(before(all, f.text.Cursor()))
	return steady(Width(f.sign)+width(all[first:at]), 0)
}

// steady returns a cursor that does not blink.
func steady(x, y int) *tea.Cursor { return &tea.Cursor{Position: tea.Position{X: x, Y: y}} }

package widget

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// maxField is the most that a field holds, in characters. It refuses a longer text
// as a whole; the text field of the library would cut it silently.
const maxField = 2000

// Field is a text field of one line. It takes only characters that it can show as
// they are, and says so otherwise; the text field of the library drops them silently.
type Field struct {
	input textinput.Model
	note  string // why the last input was changed or refused
	theme *Theme
}

// NewField returns an empty field with a placeholder.
func NewField(placeholder string) Field {
	f := Field{input: textinput.New()}
	f.input.Placeholder = placeholder
	f.input.SetVirtualCursor(false)
	f.input.KeyMap.Paste.SetEnabled(false) // it would run a clipboard program
	return f
}

// Prompt replaces the "> " before the text with another sign of two cells.
func (f *Field) Prompt(sign string) { f.input.Prompt = sign }

// Hide shows dots instead of characters.
func (f *Field) Hide() {
	f.input.EchoMode = textinput.EchoPassword
	f.input.EchoCharacter = '•'
}

// Value returns the text.
func (f *Field) Value() string { return f.input.Value() }

// Set replaces the text.
func (f *Field) Set(text string) {
	f.input.SetValue(text)
	f.input.CursorEnd()
	f.note = ""
}

// Note says why the last input was changed or refused, or is empty.
func (f *Field) Note() string { return f.note }

// Focus gives the field the cursor, and Blur takes it away.
func (f *Field) Focus() { f.input.Focus() }

// Blur takes the cursor away.
func (f *Field) Blur() { f.input.Blur() }

// Update takes a key or a paste.
func (f *Field) Update(msg tea.Msg) {
	if msg, f.note = accept(msg, maxField-utf8.RuneCountInString(f.Value()), false); msg != nil {
		f.input, _ = f.input.Update(msg) // it has a command only for a cursor that blinks
	}
}

// Layout sets the styles and the width, which includes the sign before the text and
// a cell for the cursor after it.
func (f *Field) Layout(t *Theme, width int) {
	if f.theme != t {
		f.theme = t
		f.input.SetStyles(t.input())
	}
	f.input.SetWidth(max(1, width-3))
	f.input.SetCursor(f.input.Position()) // scrolls to it in the new width
}

// View draws the field. It draws spaces at both ends as dots, since they would be
// invisible.
func (f *Field) View() string {
	shown := f.input
	if value := f.Value(); value != strings.TrimSpace(value) {
		position := shown.Position()
		shown.SetValue(dotSpaces(value))
		shown.SetCursor(position)
	}
	return shown.View()
}

// Cursor returns where the cursor stands in the field, or nil when it has none. The text
// field of the library counts characters instead of cells, and those that are scrolled
// out of view too; so its drawn cursor is looked for, the only thing in it with a style.
func (f *Field) Cursor() *tea.Cursor {
	c := f.input.Cursor()
	if c == nil {
		return nil
	}
	drawn := f.input
	drawn.Placeholder = ""
	drawn.SetStyles(textinput.Styles{})
	drawn.SetVirtualCursor(true)
	drawn.Focus()
	before, _, _ := strings.Cut(drawn.View(), "\x1b")
	c.X = Width(before)
	return c
}

// dotSpaces replaces the white space at both ends by middle dots.
func dotSpaces(text string) string {
	core := strings.TrimSpace(text)
	before, after, _ := strings.Cut(text, core)
	dots := func(s string) string { return strings.Repeat("·", utf8.RuneCountInString(s)) }
	return dots(before) + core + dots(after)
}

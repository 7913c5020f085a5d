package widget

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// maxField is the most a text field holds, in characters. What is longer is
// refused whole: the field would cut it without a word.
const maxField = 2000

// Field is a text field of one line. It takes only what it can show as it is,
// and says so when it does not: the text field underneath drops such characters
// silently.
type Field struct {
	input textinput.Model
	note  string // why the last input was not taken as it was
	theme *Theme
}

// NewField returns an empty field. The placeholder is shown as long as it is.
func NewField(placeholder string) Field {
	f := Field{input: textinput.New()}
	f.input.Placeholder = placeholder
	f.input.SetVirtualCursor(false)
	f.input.KeyMap.Paste.SetEnabled(false) // it would run a clipboard program
	return f
}

// Prompt puts a sign of two cells before the text, in place of "> ".
func (f *Field) Prompt(sign string) { f.input.Prompt = sign }

// Hide shows dots in place of what is typed.
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

// Note says why the last input was not taken as it was, or nothing.
func (f *Field) Note() string { return f.note }

// Focus gives the field the cursor, and Blur takes it away.
func (f *Field) Focus() { f.input.Focus() }

// Blur takes the cursor away.
func (f *Field) Blur() { f.input.Blur() }

// Update takes a key or a paste.
func (f *Field) Update(msg tea.Msg) tea.Cmd {
	f.note = ""
	room := maxField - utf8.RuneCountInString(f.Value())
	switch msg := msg.(type) {
	case tea.PasteMsg:
		text := strings.TrimRight(msg.Content, "\r\n")
		if text != msg.Content {
			f.note = "the line break at the end of the pasted text was left out"
		}
		if note := Refuse(text, room, false); note != "" {
			f.note = note
			return nil
		}
		return f.pass(tea.PasteMsg{Content: text})
	case tea.KeyPressMsg:
		if note := Refuse(msg.Text, room, false); note != "" {
			f.note = note
			return nil
		}
	}
	return f.pass(msg)
}

func (f *Field) pass(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	return cmd
}

// Layout sets the styles and the width, with the sign before the text and a cell
// for the cursor behind it.
func (f *Field) Layout(t *Theme, width int) {
	if f.theme != t {
		f.theme = t
		f.input.SetStyles(t.input())
	}
	f.input.SetWidth(max(1, width-3))
	f.input.SetCursor(f.input.Position()) // scrolls to it in the new width
}

// View draws the field. Spaces at the ends are drawn as dots, nothing else tells
// them from no space.
func (f *Field) View() string {
	shown := f.input
	if value := f.Value(); value != strings.TrimSpace(value) {
		position := shown.Position()
		shown.SetValue(dotSpaces(value))
		shown.SetCursor(position)
	}
	return shown.View()
}

// Cursor returns where the cursor stands in the field, or nil when it has none.
func (f *Field) Cursor() *tea.Cursor { return f.input.Cursor() }

// dotSpaces replaces the white space at both ends by middle dots.
func dotSpaces(text string) string {
	core := strings.TrimSpace(text)
	if core == "" {
		return strings.Repeat("·", utf8.RuneCountInString(text))
	}
	start := strings.Index(text, core)
	before, after := text[:start], text[start+len(core):]
	dots := func(s string) string { return strings.Repeat("·", utf8.RuneCountInString(s)) }
	return dots(before) + core + dots(after)
}

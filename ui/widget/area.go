package widget

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
)

// Area is a text field of several lines. It takes the same characters as [Field].
type Area struct {
	input textarea.Model
	note  string
	max   int // characters
	theme *Theme
}

// NewArea returns an empty area that holds at most that many characters.
func NewArea(placeholder string, limit int) Area {
	a := Area{input: textarea.New(), max: limit}
	a.input.Placeholder = placeholder
	a.input.ShowLineNumbers = false
	a.input.CharLimit, a.input.MaxHeight, a.input.MaxWidth = 0, 0, 0
	a.input.SetVirtualCursor(false)
	a.input.KeyMap.Paste.SetEnabled(false)
	a.input.KeyMap.CopySelection.SetEnabled(false)               // likewise
	a.input.KeyMap.TransposeCharacterBackward = key.NewBinding() // ctrl+t is taken
	return a
}

// Value returns the text.
func (a *Area) Value() string { return a.input.Value() }

// Set replaces the text.
func (a *Area) Set(text string) {
	a.input.SetValue(text)
	a.input.MoveToBegin()
	a.note = ""
}

// Note says why the last input was refused, or returns the text of Say.
func (a *Area) Note() string { return a.note }

// Say shows a note until the next input.
func (a *Area) Say(note string) { a.note = note }

// Focus gives the area the cursor.
func (a *Area) Focus() { a.input.Focus() }

// Blur takes the cursor away.
func (a *Area) Blur() { a.input.Blur() }

// Update takes a key or a paste.
func (a *Area) Update(msg tea.Msg) {
	if msg, a.note = accept(msg, a.max-a.input.Length(), true); msg != nil {
		a.input, _ = a.input.Update(msg) // it has a command only for a cursor that blinks
	}
}

// Layout sets the styles, the sign of two cells before each line, and the size. It
// scrolls back when the area grows, which the text field of the library does not.
func (a *Area) Layout(t *Theme, sign func(textarea.PromptInfo) string, width, lines int) {
	if a.theme != t {
		a.theme = t
		a.input.SetStyles(t.area())
	}
	a.input.SetPromptFunc(2, sign)
	row, column, was := a.input.Line(), a.input.Column(), Rect{W: a.input.Width(), H: a.input.Height()}
	a.input.SetWidth(width)
	a.input.SetHeight(lines)
	if a.input.Width() <= was.W && a.input.Height() <= was.H {
		return
	}
	a.input.MoveToBegin()
	for range row {
		a.input.CursorEnd() // of a line that may be wrapped
		a.input.CursorDown()
	}
	a.input.SetCursorColumn(column)
	a.input.SetHeight(lines) // scrolls to the cursor
}

// Lines returns how many lines the text has.
func (a *Area) Lines() int { return a.input.LineCount() }

// View draws the area.
func (a *Area) View() string { return a.input.View() }

// Cursor returns where the cursor stands in the area, or nil when it has none.
func (a *Area) Cursor() *tea.Cursor { return a.input.Cursor() }

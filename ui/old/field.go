package old

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
)

// maxField is the most a text field holds, in characters. What is longer is
// refused whole: the field would cut it without a word.
const maxField = 2000

// field is a text field of one line. It takes only what it can show as it is,
// and says so when it does not: the text field underneath drops such characters
// silently.
type field struct {
	textinput.Model
	note string // why the last input was not taken as it was
}

func newField(placeholder string) field {
	f := field{Model: textinput.New()}
	f.Placeholder = placeholder
	f.SetVirtualCursor(false)
	f.KeyMap.Paste.SetEnabled(false) // it would run a clipboard program
	return f
}

// set replaces the text.
func (f *field) set(text string) {
	f.SetValue(text)
	f.CursorEnd()
	f.note = ""
}

func (f *field) update(msg tea.Msg) tea.Cmd {
	f.note = ""
	switch msg := msg.(type) {
	case tea.PasteMsg:
		text := strings.TrimRight(msg.Content, "\r\n")
		if text != msg.Content {
			f.note = "the line break at the end of the pasted text was left out"
		}
		if note := refusePaste(text, maxField-utf8.RuneCountInString(f.Value()), false); note != "" {
			f.note = note
			return nil
		}
		return f.pass(tea.PasteMsg{Content: text})
	case tea.KeyPressMsg:
		if note := refusePaste(msg.Text, maxField-utf8.RuneCountInString(f.Value()), false); note != "" {
			f.note = note
			return nil
		}
	}
	return f.pass(msg)
}

func (f *field) pass(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	f.Model, cmd = f.Update(msg)
	return cmd
}

// view draws the field in width cells. Spaces at the ends are drawn as dots,
// nothing else tells them from no space.
func (f *field) view(width int) string {
	f.SetWidth(max(1, width-3)) // the prompt, and the cursor behind the text
	f.SetCursor(f.Position())   // scrolls to it in the new width
	shown := f.Model
	if value := f.Value(); value != strings.TrimSpace(value) {
		position := shown.Position()
		shown.SetValue(dotSpaces(value))
		shown.SetCursor(position)
	}
	return shown.View()
}

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

// area is a text field of several lines under the same rule.
type area struct {
	textarea.Model
	note string
	max  int // characters
}

// maxAreaLines is below the number at which the text field underneath drops
// lines.
const maxAreaLines = 9000

func newArea(placeholder string, limit int) area {
	a := area{Model: textarea.New(), max: limit}
	a.Placeholder = placeholder
	a.ShowLineNumbers = false
	a.CharLimit, a.MaxHeight, a.MaxWidth = 0, 0, 0
	a.SetVirtualCursor(false)
	a.KeyMap.Paste.SetEnabled(false)
	a.KeyMap.CopySelection.SetEnabled(false)               // likewise
	a.KeyMap.TransposeCharacterBackward = key.NewBinding() // ctrl+t is taken
	return a
}

func (a *area) set(text string) {
	a.SetValue(text)
	a.MoveToBegin()
	a.note = ""
}

// setSize changes the size. The text field underneath would stay scrolled when
// it grows.
func (a *area) setSize(width, lines int) {
	row, column, was := a.Line(), a.Column(), rect{w: a.Width(), h: a.Height()}
	a.SetWidth(width)
	a.SetHeight(lines)
	if a.Width() <= was.w && a.Height() <= was.h {
		return
	}
	a.MoveToBegin()
	for range row {
		a.CursorEnd() // of a line that may be wrapped
		a.CursorDown()
	}
	a.SetCursorColumn(column)
	a.SetHeight(lines) // scrolls to the cursor
}

func (a *area) update(msg tea.Msg) tea.Cmd {
	a.note = ""
	switch m := msg.(type) {
	case tea.PasteMsg:
		text := strings.ReplaceAll(m.Content, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n") // terminals send line breaks so
		if note := refusePaste(text, a.max-a.Length(), true); note != "" {
			a.note = note
			return nil
		}
		msg = tea.PasteMsg{Content: text}
	case tea.KeyPressMsg:
		if note := refusePaste(m.Text, a.max-a.Length(), true); note != "" {
			a.note = note
			return nil
		}
	}
	var cmd tea.Cmd
	a.Model, cmd = a.Update(msg)
	return cmd
}

// refusePaste says why a text is not taken, or nothing.
func refusePaste(text string, room int, lines bool) string {
	if n := utf8.RuneCountInString(text); n > room {
		return fmt.Sprintf("that is %d characters and there is room for %d: nothing was put in", n, max(0, room))
	}
	if lines && strings.Count(text, "\n") > maxAreaLines {
		return "that has too many lines: nothing was put in"
	}
	for i, r := range text {
		if lines && (r == '\n' || r == '\t') {
			continue
		}
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && size == 1:
			return "that is not valid UTF-8: nothing was put in"
		case r == '\n':
			return "that has a line break in it: nothing was put in"
		case unicode.IsControl(r):
			return fmt.Sprintf("that has a control character (%U) in it: nothing was put in", r)
		}
	}
	if belongsBefore(text) {
		return ""
	}
	if plain := strings.ReplaceAll(text, "\t", " "); visible.Block(plain) != plain {
		return "that has a character in it that cannot be seen: nothing was put in"
	}
	return ""
}

// belongsBefore reports whether a text is one combining mark or joiner. Typed
// alone, as keyboards of many scripts do, it is seen on what stands before it.
func belongsBefore(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size == len(text) && (unicode.Is(unicode.M, r) || r == '\u200c' || r == '\u200d')
}

package widget

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
)

func noSign(textarea.PromptInfo) string { return "  " }

// TestAreaKeepsWhatItTakes: the text field underneath must not cut or change it.
func TestAreaKeepsWhatItTakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"a\nb\n\nc", "  indented", strings.Repeat("x", 5000), strings.Repeat("{}\n", 2000), "Zoë 漢字 😀 مرحبا", `{"a": "\u202e"}`,
	} {
		a := NewArea("", 256<<10)
		a.Layout(NewTheme(true), noSign, 40, 6)
		a.Focus()
		a.Update(tea.PasteMsg{Content: text})
		equal(t, "the note", a.Note(), "")
		if a.Value() != text {
			t.Errorf("%.20q became %.20q", text, a.Value())
		}
		a.Set(text)
		if a.Value() != text {
			t.Errorf("%.20q was set as %.20q", text, a.Value())
		}
	}
}

// TestAreaGrows: lines that a small window hid are shown again in a larger one.
func TestAreaGrows(t *testing.T) {
	t.Parallel()
	theme, a := NewTheme(true), NewArea("", 1000)
	a.Layout(theme, noSign, 20, 5)
	a.Focus()
	a.Update(tea.PasteMsg{Content: "one\ntwo\nthree\nfour"})
	whole := a.View()
	for _, height := range []int{1, 2, 1, 5} {
		a.Layout(theme, noSign, 20, height)
		if !strings.Contains(a.View(), "four") {
			t.Errorf("the line of the cursor is not shown in %d lines", height)
		}
	}
	equal(t, "the view", a.View(), whole)
	equal(t, "the line of the cursor", a.input.Line(), 3)
	equal(t, "the column of the cursor", a.input.Column(), 4)
}

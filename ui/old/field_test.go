package old

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestDotSpaces(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "a": "a", " a": "·a", "a  ": "a··", "  ": "··", " a b ": "·a b·", "\u00a0a\u3000": "·a·",
	} {
		equal(t, "dotSpaces of "+text, dotSpaces(text), want)
	}
}

// TestFieldScrolls: a text wider than its field shows its end, where the cursor
// is.
func TestFieldScrolls(t *testing.T) {
	t.Parallel()
	f := newField("placeholder")
	f.Focus()
	if view := ansi.Strip(f.view(30)); !strings.Contains(view, "placeholder") {
		t.Errorf("the placeholder is cut: %q", view)
	}
	f.set(strings.Repeat("x", 100) + "end")
	for _, width := range []int{4, 10, 30} {
		view := f.view(width)
		if !strings.Contains(view, "nd") && width > 4 || textWidth(view) > width {
			t.Errorf("in %d cells: %q", width, view)
		}
		if c := f.Cursor(); c == nil || c.X >= width {
			t.Errorf("the cursor is at %v in %d cells", c, width)
		}
	}
}

// TestFieldLimit: the last character that fits is taken, one more is not.
func TestFieldLimit(t *testing.T) {
	t.Parallel()
	f := newField("")
	f.Focus()
	f.update(tea.PasteMsg{Content: strings.Repeat("é", maxField)})
	equal(t, "the note", f.note, "")
	f.update(tea.KeyPressMsg{Code: 'x', Text: "x"})
	equal(t, "the note", f.note, "that is 1 characters and there is room for 0: nothing was put in")
	equal(t, "the length", len([]rune(f.Value())), maxField)
}

// TestNoClipboardProgram: no key of a text field runs a program.
func TestNoClipboardProgram(t *testing.T) {
	t.Parallel()
	f, a := newField(""), newArea("", 100)
	f.Focus()
	a.Focus()
	f.set("abc")
	a.set("abc")
	for _, k := range []tea.KeyPressMsg{
		{Code: 'v', Mod: tea.ModCtrl}, {Code: 'g', Mod: tea.ModCtrl}, {Code: 'c', Mod: tea.ModCtrl | tea.ModShift},
	} {
		if f.update(k) != nil || a.update(k) != nil {
			t.Errorf("%s asks for something", k)
		}
	}
}

// TestAreaKeepsWhatItTakes: the text field underneath must not cut or change it.
func TestAreaKeepsWhatItTakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\nb\n\nc", "  indented", strings.Repeat("x", 5000), strings.Repeat("{}\n", 2000), "Zoë 漢字 😀 مرحبا", `{"a": "\u202e"}`} {
		a := newArea("", maxDocument)
		a.SetWidth(40)
		a.Focus()
		a.update(tea.PasteMsg{Content: text})
		equal(t, "the note", a.note, "")
		if a.Value() != text {
			t.Errorf("%.20q became %.20q", text, a.Value())
		}
		a.set(text)
		if a.Value() != text {
			t.Errorf("%.20q was set as %.20q", text, a.Value())
		}
	}
}

// TestAreaGrows: what a small window hid is shown again in a larger one.
func TestAreaGrows(t *testing.T) {
	t.Parallel()
	a := newArea("", 1000)
	a.setSize(20, 5)
	a.Focus()
	a.update(tea.PasteMsg{Content: "one\ntwo\nthree\nfour"})
	whole := a.View()
	for _, height := range []int{1, 2, 1, 5} {
		a.setSize(20, height)
		if !strings.Contains(a.View(), "four") {
			t.Errorf("the line of the cursor is not shown in %d lines", height)
		}
	}
	equal(t, "the view", a.View(), whole)
	equal(t, "the line of the cursor", a.Line(), 3)
	equal(t, "the column of the cursor", a.Column(), 4)
}

// TestMarksAreTyped: many scripts type the marks of a letter as keys of their
// own.
func TestMarksAreTyped(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"शर्मा", "می\u200cخواهم", "Zoe\u0308", "สุดา", "Nguye\u0302\u0303n"} {
		f := newField("")
		f.Focus()
		for _, r := range name {
			f.update(tea.KeyPressMsg{Code: r, Text: string(r)})
			if f.note != "" {
				t.Errorf("%s: %U: %s", name, r, f.note)
			}
		}
		equal(t, "what was typed", f.Value(), name)
	}
}

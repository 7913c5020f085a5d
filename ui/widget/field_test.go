package widget

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// equal fails the test when two values differ.
func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

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
	theme, f := NewTheme(true), NewField("placeholder")
	f.Focus()
	f.Layout(theme, 30)
	if view := ansi.Strip(f.View()); !strings.Contains(view, "placeholder") {
		t.Errorf("the placeholder is cut: %q", view)
	}
	f.Set(strings.Repeat("x", 100) + "end")
	for _, width := range []int{4, 10, 30} {
		f.Layout(theme, width)
		view := f.View()
		if !strings.Contains(view, "nd") && width > 4 || Width(view) > width {
			t.Errorf("in %d cells: %q", width, view)
		}
		if c := f.Cursor(); c == nil || c.X >= width {
			t.Errorf("the cursor is at %v in %d cells", c, width)
		}
	}
}

// TestFieldCursor: the cursor stands behind the character before it, however wide the
// characters are and however far the text has scrolled.
func TestFieldCursor(t *testing.T) {
	t.Parallel()
	const text = "あいうabcdえefおghかきijくけklこmnopqrさsしtすせuそvwたxちyつzてとなに"
	runes := []rune(text)
	for _, hidden := range []bool{false, true} {
		for _, width := range []int{8, 20, 31, 120} {
			f := NewField("")
			if hidden {
				f.Hide()
			}
			f.Focus()
			f.Set(text)
			for i := range 2*len(runes) + 1 {
				f.Layout(NewTheme(true), width)
				view, x, want := ansi.Strip(f.View()), f.Cursor().X, " "
				switch position := f.input.Position(); {
				case position > 0 && hidden:
					want = "•"
				case position > 0:
					want = string(runes[position-1])
				}
				if got := ansi.Cut(view, x-Width(want), x); x > 2 && got != want || Width(view) > width || x < 2 || x >= width {
					t.Fatalf("in %d cells the cursor is at %d behind %q, want %q: %q", width, x, got, want, view)
				}
				if i < len(runes) {
					f.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
				} else {
					f.Update(tea.KeyPressMsg{Code: tea.KeyRight})
				}
			}
		}
	}
}

// TestFieldLimit: the last character that fits is taken, one more is not.
func TestFieldLimit(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Focus()
	f.Update(tea.PasteMsg{Content: strings.Repeat("é", maxField)})
	equal(t, "the note", f.Note(), "")
	f.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
	equal(t, "the note", f.Note(), "not inserted: the text has 1 characters, and there is room for 0")
	equal(t, "the length", len([]rune(f.Value())), maxField)
}

// TestNoClipboardProgram: no key of a text field runs a program.
func TestNoClipboardProgram(t *testing.T) {
	t.Parallel()
	f, a := NewField(""), NewArea("", 100)
	f.Focus()
	a.Focus()
	f.Set("abc")
	a.Set("abc")
	for _, k := range []tea.KeyPressMsg{
		{Code: 'v', Mod: tea.ModCtrl}, {Code: 'g', Mod: tea.ModCtrl}, {Code: 'c', Mod: tea.ModCtrl | tea.ModShift},
	} {
		_, ofField := f.input.Update(k)
		_, ofArea := a.input.Update(k)
		if ofField != nil || ofArea != nil {
			t.Errorf("%s asks for something", k)
		}
	}
}

// TestMarksAreTyped: many scripts type the marks of a letter as keys of their
// own.
func TestMarksAreTyped(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"शर्मा", "می\u200cخواهم", "Zoe\u0308", "สุดา", "Nguye\u0302\u0303n"} {
		f := NewField("")
		f.Focus()
		for _, r := range name {
			f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			if f.Note() != "" {
				t.Errorf("%s: %U: %s", name, r, f.Note())
			}
		}
		equal(t, "the typed text", f.Value(), name)
	}
}

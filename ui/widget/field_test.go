package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

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

// TestDotSpaces: white space at both ends of a text is drawn as dots.
func TestDotSpaces(t *testing.T) {
	t.Parallel()
	theme := NewTheme("dark", true)
	for text, want := range map[string]string{
		"": "", "a": "a", " a": "·a", "a  ": "a··", "  ": "··", " a b ": "·a b·", "\u00a0a\u3000": "·a·",
	} {
		f := NewField("")
		f.Set(text)
		f.Layout(theme, 20)
		equal(t, "the view of "+text, strings.TrimRight(ansi.Strip(f.View()), " "), strings.TrimRight("> "+want, " "))
	}
}

// TestFieldScrolls: a text wider than its field shows its end, where the cursor
// is.
func TestFieldScrolls(t *testing.T) {
	t.Parallel()
	theme, f := NewTheme("dark", true), NewField("placeholder")
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

// TestFieldSaysMore: a sign stands where the text goes on.
func TestFieldSaysMore(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Prompt("")
	f.Focus()
	f.Set("0123456789abcdef")
	for _, test := range []struct{ key, want string }{
		{"end", "…89abcdef"}, {"home", "012345678…"}, {"right", "012345678…"},
	} {
		f.Update(tea.KeyPressMsg{Code: map[string]rune{"end": tea.KeyEnd, "home": tea.KeyHome, "right": tea.KeyRight}[test.key]})
		f.Layout(NewTheme("dark", true), 10)
		equal(t, "after "+test.key, strings.TrimRight(ansi.Strip(f.View()), " "), test.want)
	}
	f.Layout(NewTheme("dark", true), 20)
	equal(t, "with room for all", strings.TrimRight(ansi.Strip(f.View()), " "), "0123456789abcdef")
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
				f.Layout(NewTheme("dark", true), width)
				view, x, want := ansi.Strip(f.View()), f.Cursor().X, " "
				switch position := utf8.RuneCountInString(f.Value()[:f.text.Cursor()]); {
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

// TestFieldCells: the cursor stands where the text is, whatever a character is made of.
func TestFieldCells(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 2, "abc": 5, "あいう": 8, "Zoe\u0308": 5, "👩‍👩‍👧x": 5, "한국": 6, " a ": 5} {
		f := NewField("")
		f.Focus()
		f.Layout(NewTheme("dark", true), 40)
		f.Update(tea.PasteMsg{Content: text})
		equal(t, "the cursor after "+text, f.Cursor().X, want)
		equal(t, "the width of the view", Width(f.View()), 40)
	}
	f := NewField("")
	f.Layout(NewTheme("dark", true), 40)
	equal(t, "the cursor of a field without the focus", f.Cursor(), nil)
}

// TestFieldStaysInside: whatever is typed, neither the text nor the cursor leaves the
// field, and what is left of the cursor is drawn.
func TestFieldStaysInside(t *testing.T) {
	t.Parallel()
	for _, width := range []int{4, 5, 8, 12} {
		f := NewField("")
		f.Focus()
		f.Layout(NewTheme("dark", true), width)
		for i, key := range strings.Split("a あ 漢 b 👩‍👩‍👧 c left left left left d left left い backspace end x home y ctrl+k", " ") {
			press := tea.KeyPressMsg{Text: key}
			if code := map[string]rune{"left": tea.KeyLeft, "end": tea.KeyEnd, "home": tea.KeyHome, "backspace": tea.KeyBackspace}[key]; code != 0 {
				press = tea.KeyPressMsg{Code: code}
			}
			if key == "ctrl+k" {
				press = tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl}
			}
			f.Update(press)
			if n, x := Width(f.View()), f.Cursor().X; n != width || x < 2 || x >= n {
				t.Errorf("key %d, %s: the view has %d cells of %d, the cursor is at %d", i, key, n, width, x)
			}
		}
	}
}

// TestFieldSelection: a selection has its own background, and typing replaces it.
func TestFieldSelection(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Focus()
	theme := NewTheme("dark", true)
	f.Layout(theme, 20)
	f.Set("ada@example.com")
	f.SelectAll()
	if view := f.View(); !strings.Contains(view, theme.Marked.Render("ada@example.com")) {
		t.Errorf("the selection is not seen: %q", view)
	}
	f.Update(tea.KeyPressMsg{Code: 'b', Text: "b"})
	equal(t, "the text", f.Value(), "b")
	f.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
	equal(t, "the text after undo", f.Value(), "ada@example.com")
	f.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModAlt})
	equal(t, "the text after redo", f.Value(), "b")
	f.Update(tea.PasteMsg{Content: strings.Repeat("x", maxField)})
	equal(t, "the note", f.Note(), "not inserted: the text has 2000 characters, and there is room for 1999")
	f.SelectAll()
	f.Update(tea.PasteMsg{Content: strings.Repeat("x", maxField)}) // in the place of the one
	equal(t, "the note", f.Note(), "")
}

// TestFieldClick: a click puts the cursor in front of the character there.
func TestFieldClick(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Focus()
	f.Layout(NewTheme("dark", true), 12)
	f.Set("あbcあdefghijklm") // the first characters are scrolled out
	f.Click(2, 0)
	equal(t, "the cursor", f.Cursor().X, 5) // two more characters are visible before it
	f.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	for x, want := range map[int]int{0: 2, 2: 2, 3: 2, 4: 4, 5: 5, 6: 6, 7: 6, 8: 8} {
		f.Click(x, 0)
		equal(t, "the cursor", f.Cursor().X, want)
	}
	f.Set("ab")
	f.Click(11, 0)
	equal(t, "the cursor behind the text", f.Cursor().X, 4)
}

// TestHiddenField: a secret is drawn as dots and cannot be taken back.
func TestHiddenField(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Hide()
	f.Focus()
	f.Layout(NewTheme("dark", true), 20)
	f.Update(tea.PasteMsg{Content: "あ b"})
	equal(t, "the view", strings.TrimRight(ansi.Strip(f.View()), " "), "> •••")
	equal(t, "the cursor", f.Cursor().X, 5)
	f.Set("")
	f.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
	equal(t, "the text", f.Value(), "")
}

// TestInvisibleText: text that a field would refuse, but was set, is drawn as escapes.
func TestInvisibleText(t *testing.T) {
	t.Parallel()
	f := NewField("")
	f.Focus()
	f.Layout(NewTheme("dark", true), 60)
	f.Set("a\u202eb\x1b]0;x\x07")
	view := ansi.Strip(f.View())
	if !strings.Contains(view, "a<U+202E>b") || strings.ContainsAny(f.View(), "\u202e\x07") {
		t.Errorf("the view is %q", view)
	}
	equal(t, "the cursor", f.Cursor().X, Width(strings.TrimRight(view, " ")))
}

package widget

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// look returns how the areas of these tests are drawn.
func look(width, height int) Look {
	return Look{Theme: NewTheme("dark", true), Width: width, Height: height, Margin: 2, Sign: func(AreaRow) string { return "  " }}
}

// TestAreaKeepsWhatItTakes: the text field underneath must not cut or change it.
func TestAreaKeepsWhatItTakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"a\nb\n\nc", "  indented", strings.Repeat("x", 5000), strings.Repeat("{}\n", 2000), "Zoë 漢字 😀 مرحبا", `{"a": "\u202e"}`,
	} {
		a := NewArea("", 256<<10)
		a.Layout(look(40, 6))
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
	a := NewArea("", 1000)
	a.Layout(look(20, 5))
	a.Focus()
	a.Update(tea.PasteMsg{Content: "one\ntwo\nthree\nfour"})
	whole := a.View()
	for _, height := range []int{1, 2, 1, 5} {
		a.Layout(look(20, height))
		if !strings.Contains(a.View(), "four") {
			t.Errorf("the line of the cursor is not shown in %d lines", height)
		}
	}
	equal(t, "the view", a.View(), whole)
	equal(t, "the cursor", a.text.Cursor(), len("one\ntwo\nthree\nfour"))
}

// press hands keys to an area by their names.
func press(a *Area, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		a.Update(k)
	}
}

// cursor returns where the cursor of an area stands.
func cursor(a *Area) Place { return Place{Line: a.Cursor().Y, Column: a.Cursor().X} }

// TestAreaWraps: lines are broken between words, and no row has more cells than there are.
func TestAreaWraps(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		rows  []string
	}{
		{"", 5, []string{""}},
		{"one two", 8, []string{"one two"}},
		{"one two", 7, []string{"one ", "two"}}, // the cursor needs a cell
		{"one two three", 6, []string{"one ", "two ", "three"}},
		{"abcdefgh", 4, []string{"abcd", "efgh", ""}},
		{"x abcdefgh", 4, []string{"x ", "abcd", "efgh", ""}},
		{"漢字漢字", 5, []string{"漢字", "漢字"}},
		{"aaaa  b", 4, []string{"aaaa", "  b"}},
		{"a\n\nb", 4, []string{"a", "", "b"}},
	} {
		var got []string
		for _, r := range wrapRows(test.text, test.width) {
			got = append(got, test.text[r.from:r.to])
		}
		if !slices.Equal(got, test.rows) {
			t.Errorf("%q in %d cells: %q, want %q", test.text, test.width, got, test.rows)
		}
	}
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 2))
		parts := []string{"a", "bc", " ", "  ", "漢", "👩‍👩‍👧", "e\u0308", "\n", "{", "\"x\": "}
		var text strings.Builder
		for range random.IntN(60) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		checkRows(t, text.String(), 2+random.IntN(12))
	}
}

// checkRows fails the test unless the rows are the whole text, none is too wide, and the
// last of each line has a cell for the cursor.
func checkRows(t *testing.T, text string, width int) {
	t.Helper()
	var whole strings.Builder
	rows := wrapRows(text, width)
	for i, r := range rows {
		last := i == len(rows)-1 || rows[i+1].first
		cells := Width(text[r.from:r.to])
		if last {
			cells++
		}
		if cells > width {
			t.Errorf("%q in %d cells: row %d has %d", text, width, i, cells)
		}
		whole.WriteString(text[r.from:r.to])
		if last && i < len(rows)-1 {
			whole.WriteByte('\n')
		}
	}
	equal(t, "the rows together", whole.String(), text)
}

// TestAreaMoves: up and down keep to a column, over short lines and wrapped ones.
func TestAreaMoves(t *testing.T) {
	t.Parallel()
	up, down := tea.KeyPressMsg{Code: tea.KeyUp}, tea.KeyPressMsg{Code: tea.KeyDown}
	a := NewArea("", 1000)
	a.Focus()
	a.Layout(look(12, 4))
	a.Set("abcdef\nx\nab漢字f\nthe long line")
	equal(t, "the cursor", a.text.Cursor(), len(a.Value()))
	a.Go(Place{1, 1})
	press(&a, tea.KeyPressMsg{Code: tea.KeyEnd}, down)
	equal(t, "the cursor", cursor(&a), Place{1, 3})
	press(&a, down)
	equal(t, "the cursor", cursor(&a), Place{2, 8})
	press(&a, down, down)
	equal(t, "the cursor", cursor(&a), Place{3, 6}) // scrolled by one, in the second row of the line
	press(&a, down)
	equal(t, "the end", a.text.Cursor(), len(a.Value()))
	press(&a, tea.KeyPressMsg{Code: tea.KeyPgUp}, up, up)
	equal(t, "the start", a.text.Cursor(), 0)
	press(&a, tea.KeyPressMsg{Code: tea.KeyDown, Mod: tea.ModShift})
	equal(t, "the selection", a.text.Selected(), "abcdef\n")
	press(&a, tea.KeyPressMsg{Code: tea.KeyBackspace})
	equal(t, "the text", a.Value(), "x\nab漢字f\nthe long line")
}

// TestAreaClick: a click puts the cursor to the character there, of a wrapped line too.
func TestAreaClick(t *testing.T) {
	t.Parallel()
	a := NewArea("", 1000)
	a.Focus()
	a.Layout(look(12, 4))
	a.Set("one\nthe long line\nab")
	for _, test := range []struct{ x, y, at int }{
		{0, 0, 0}, {3, 0, 1}, {11, 0, 3}, {2, 1, 4}, {11, 1, 12}, {2, 2, 13}, {5, 2, 16}, {3, 3, 19}, {3, 9, 20},
	} {
		a.Click(test.x, test.y)
		equal(t, fmt.Sprint("the cursor after a click on ", test.x, ",", test.y), a.text.Cursor(), test.at)
	}
}

// TestAreaGoes: a place is a line and a character, not a byte.
func TestAreaGoes(t *testing.T) {
	t.Parallel()
	a := NewArea("", 1000)
	a.Layout(look(40, 4))
	a.Set("one\nZoë x\nend")
	for to, want := range map[Place]int{{1, 1}: 0, {2, 1}: 4, {2, 4}: 8, {2, 6}: 10, {3, 9}: 14, {9, 1}: 11} {
		a.Go(to)
		equal(t, fmt.Sprint("the cursor at ", to), a.text.Cursor(), want)
	}
}

// TestAreaColors: the parts of a line have their styles, and the wrong character its own,
// behind the end of the line too.
func TestAreaColors(t *testing.T) {
	t.Parallel()
	theme := NewTheme("dark", true)
	l := look(10, 3)
	l.Color = func(line string) []Part {
		return []Part{{min(2, len(line)), &theme.Str}, {max(0, len(line)-2), &theme.Number}}
	}
	a := NewArea("", 1000)
	a.Set("abcd\nx")
	for wrong, want := range map[Place]string{
		{}:     theme.Str.Render("ab") + theme.Number.Render("cd"),
		{1, 3}: theme.Str.Render("ab") + theme.Alarm.Render("c") + theme.Number.Render("d"),
		{1, 5}: theme.Str.Render("ab") + theme.Number.Render("cd") + theme.Alarm.Render(" "),
	} {
		l.Wrong = wrong
		a.Layout(l)
		line, _, _ := strings.Cut(a.View(), "\n")
		equal(t, fmt.Sprint("the line, wrong at ", wrong), strings.TrimSpace(strings.TrimRight(line, " ")), strings.TrimSpace(want))
	}
}

// TestAreaLimit: a line break counts as a character, too.
func TestAreaLimit(t *testing.T) {
	t.Parallel()
	a := NewArea("", 2)
	a.Focus()
	a.Layout(look(20, 3))
	a.Update(tea.PasteMsg{Content: "a\tb"})
	equal(t, "the text", a.Value(), "")
	a.Update(tea.PasteMsg{Content: "a\r"})
	equal(t, "the text", a.Value(), "a\n")
	press(&a, tea.KeyPressMsg{Code: tea.KeyEnter})
	equal(t, "the note", a.Note(), "not inserted: the text has 1 characters, and there is room for 0")
	equal(t, "the text", a.Value(), "a\n")
}

// A new line begins with the blanks of the one before, where that is asked for.
func TestAreaIndents(t *testing.T) {
	t.Parallel()
	for indents, want := range map[bool]string{false: "a:\n  b: 1\nc", true: "a:\n  b: 1\n  c"} {
		a := NewArea("", 100)
		a.Indents = indents
		a.Set("a:\n  b: 1")
		a.Focus()
		for _, k := range []tea.KeyPressMsg{{Code: tea.KeyEnd, Mod: tea.ModCtrl}, {Code: tea.KeyEnter}, {Code: 'c', Text: "c"}} {
			a.Update(k)
		}
		if a.Value() != want {
			t.Errorf("the text is %q, want %q", a.Value(), want)
		}
	}
}

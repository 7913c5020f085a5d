package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// clickTab clicks on the tab with a number. A narrow terminal has no room for its name.
func (d *desktop) clickTab(number string) {
	d.t.Helper()
	row := strings.Split(d.screenText(), "\n")[1]
	before, _, ok := strings.Cut(row, number)
	if !ok {
		d.t.Fatalf("there is no tab %s in %q", number, row)
	}
	d.send(tea.MouseClickMsg{X: ansi.StringWidth(before), Y: 1, Button: tea.MouseLeft})
}

// TestMouseOnTheForm clicks on the fields, the button, the token and the tabs.
func TestMouseOnTheForm(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.click("Good for")
		equal(t, "the focus", d.focus(), "Lifetime")
		d.click("Claims")
		equal(t, "the focus", d.focus(), "Claims")
		d.click("For ")
		equal(t, "the focus", d.focus(), "Subject")
		d.typed("ada")
		d.click("Issue ⏎")
		equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
		equal(t, "the focus", d.focus(), "Subject")
		top := d.screenText()
		d.resize(size[0], 10)
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if d.screenText() == top {
			t.Error("the wheel does not scroll")
		}
		d.hush() // where the window is small the message covers the tabs
		d.clickTab("3")
		equal(t, "the screen", d.front(), "Inspect")
		d.clickTab("1")
		d.press("esc")
		if size[0] > 95 {
			d.click("● active")
			equal(t, "the focus", d.focus(), "Token")
		}
		before := d.View().Content
		d.send(tea.MouseClickMsg{X: 1000, Y: 1000, Button: tea.MouseLeft}, tea.MouseClickMsg{Button: tea.MouseRight})
		equal(t, "the screen", d.View().Content, before)
	}
}

// TestMouseOnTheBoard selects a token with a click and opens it with the second.
func TestMouseOnTheBoard(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.put("ada", 30*time.Minute)
		d.send(nil)
		d.clickTab("2")
		equal(t, "the screen", d.front(), "Board")
		d.put("bob", time.Minute)
		d.send(nil)
		d.click("ada")
		equal(t, "the selection", d.selected(), "ada")
		d.shows("2 tokens")
		d.click("ada")
		d.shows("token eyJ")
		d.hides("2 tokens")
		top := d.screenText()
		d.resize(size[0], 10)
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if d.screenText() == top {
			t.Error("the wheel does not scroll")
		}
		d.press("esc")
		d.resize(size[0], 12)
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		equal(t, "the selection after the wheel", d.selected(), "bob")
		before := d.View().Content
		for y := 5; y < 9; y++ { // below the rows
			d.send(tea.MouseClickMsg{X: 9, Y: y + 1, Button: tea.MouseLeft})
		}
		d.click("2 tokens") // above them
		equal(t, "the screen after clicks beside the rows", d.View().Content, before)
		d.clickTab("3")
		equal(t, "the screen", d.front(), "Inspect")
	}
}

// TestMouseBesideADialog: the screen under a dialog cannot be clicked. A click beside one
// closes it, but for a question.
func TestMouseBesideADialog(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f1")
	d.click("ctrl+t") // in the dialog
	equal(t, "the dialogs over the screen", d.over(), "Help")
	d.clickTab("2")
	equal(t, "the dialogs over it after a click beside it", d.over(), "")
	equal(t, "the screen", d.front(), "Issue")
	d.issued("ada")
	d.press("w")
	d.clickTab("2")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
}

func TestMouseOnTheStart(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	d.click("Use a key for this run only")
	equal(t, "the screen", d.front(), "Issue")
}

// TestMouseInFields puts the cursor to the character that is clicked, in every field.
func TestMouseInFields(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("w")   // where to write the token
	d.typed("new") // in the place of the name that is there, which is selected
	d.shows("> new ")
	d.press("ctrl+z")
	d.click("ken.txt")
	d.typed("X")
	d.shows("tokXen.txt")
	d.press("esc", "f4")
	d.typed("abcdef")
	d.click("cdef")
	d.typed("X")
	d.shows("> abcXdef")
	d.press("f3", "/")
	d.typed("ada")
	d.click("da  ")
	d.typed("X")
	d.shows("/ adXa")
}

// TestMouseSelects: dragging selects text, in a field and in an area, and a double click a
// word.
func TestMouseSelects(t *testing.T) {
	t.Parallel()
	at := func(d *desktop, text string, cells int) (x, y int) {
		t.Helper()
		for y, line := range strings.Split(d.screenText(), "\n") {
			if before, _, ok := strings.Cut(line, text); ok {
				return ansi.StringWidth(before) + cells, y
			}
		}
		t.Fatalf("there is no %q:\n%s", text, d.screenText())
		return 0, 0
	}
	drag := func(d *desktop, fromX, fromY, toX, toY int) {
		d.send(tea.MouseClickMsg{X: fromX, Y: fromY, Button: tea.MouseLeft})
		d.send(tea.MouseMotionMsg{X: (fromX + toX) / 2, Y: fromY, Button: tea.MouseLeft})
		d.send(tea.MouseMotionMsg{X: toX, Y: toY, Button: tea.MouseLeft})
		d.send(tea.MouseReleaseMsg{X: toX, Y: toY, Button: tea.MouseLeft}, tea.MouseMotionMsg{X: 0, Y: 0})
	}
	d := newDesktop(t)
	d.press("f5", "/")
	d.typed("exp string")
	x, y := at(d, "exp string", 1)
	drag(d, x, y, x+4, y)
	d.typed("X")
	d.shows("/ eXtring")
	d.write("exp string")
	double := func(text string, cells int) {
		t.Helper()
		x, y := at(d, text, cells)
		click := tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}
		d.send(click, tea.MouseReleaseMsg{X: x, Y: y}, click, tea.MouseReleaseMsg{X: x, Y: y})
	}
	double("exp string", 6)
	d.typed("null")
	d.shows("/ exp null")
	x, y = at(d, "exp null", 4)
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	d.clock.set(moment.Add(time.Second)) // too late for a double click
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	d.typed("not ")
	d.shows("/ exp not null")

	d, _ = newEditDesk(t)
	x, y = at(d, `"sub"`, 0)
	drag(d, x, y, x+3, y+1)
	d.press("ctrl+y")
	equal(t, "the copy", d.clip[0], "\"sub\": \"ada\",\n    \"ia")
	x, y = at(d, `"alg"`, 0)
	drag(d, x, y, x, 0) // above the document
	d.press("ctrl+y")
	equal(t, "the copy", d.clip[1], "{\n  \"header\": {\n    ")
	double(`"sub": "ada"`, 9)
	d.typed("bob")
	d.shows(`"sub": "bob"`)
}

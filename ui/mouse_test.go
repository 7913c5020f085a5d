package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestMouseOnTheForm clicks on the fields, the button, the token and the tabs.
func TestMouseOnTheForm(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.click("Lifetime")
		equal(t, "the focus", d.focus(), "Lifetime")
		d.click("Claims")
		equal(t, "the focus", d.focus(), "Claims")
		d.click(">")
		equal(t, "the focus", d.focus(), "Subject")
		d.typed("ada")
		d.click("Issue token")
		equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
		equal(t, "the focus", d.focus(), "Token")
		top := d.screenText()
		d.resize(size[0], 12)
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if d.screenText() == top {
			t.Error("the wheel does not scroll")
		}
		d.hush() // where the window is small the message covers the tabs
		d.click("3 Inspect")
		equal(t, "the screen", d.front(), "Inspect")
		d.click("1 Issue")
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

// TestMouseUnderADialog: what lies under it cannot be clicked.
func TestMouseUnderADialog(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f1")
	d.click("2 Board")
	d.click("[ Issue token ]")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "what lies over it", d.over(), "Help")
}

func TestMouseOnTheStart(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	d.click("Use a key for this run only")
	equal(t, "the screen", d.front(), "Issue")
}

package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// state is the console in one of the states in which a user meets it.
type state struct {
	name string
	open func(*testing.T) *desktop
}

// states returns every state of every screen.
func states() []state {
	return slices.Concat(
		startStates(), issueStates(), boardStates(), inspectStates(), editStates(), faultsStates(), personasStates(),
		ledgerStates(), promptStates(),
	)
}

// after returns a console after some steps.
func after(steps func(*desktop), changes ...change) func(*testing.T) *desktop {
	return func(t *testing.T) *desktop {
		t.Helper()
		d := newDesktop(t, changes...)
		steps(d)
		return d
	}
}

// eachState runs a test on every state.
func eachState(t *testing.T, test func(*testing.T, *desktop)) {
	t.Helper()
	for _, s := range states() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			test(t, s.open(t))
		})
	}
}

// ada issues a token for her, and then does as if its message was over and
// presses keys.
func ada(keys ...string) func(*desktop) {
	return func(d *desktop) {
		d.issued("ada@example.com")
		d.hush()
		d.press(keys...)
	}
}

// checkSize looks whether a screen fits the terminal exactly.
func checkSize(t *testing.T, d *desktop, width, height int, whole bool) {
	t.Helper()
	v := d.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > height || whole && len(lines) != height {
		t.Errorf("%d lines at %d by %d:\n%s", len(lines), width, height, ansi.Strip(v.Content))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Errorf("line %d has %d cells at %d by %d: %s", i, w, width, height, ansi.Strip(line))
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= width || c.Y < 0 || c.Y >= height) {
		t.Errorf("the cursor is at %d, %d of %d by %d", c.X, c.Y, width, height)
	}
	if d.failed.Load() {
		t.Errorf("a panic at %d by %d", width, height)
	}
}

// TestCursorOnTheSelectedRow: wherever a row is selected and nothing is typed, the cursor of
// the terminal stands on it, since screen readers follow it.
func TestCursorOnTheSelectedRow(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		lines := strings.Split(d.screenText(), "\n")
		rows := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return !strings.Contains(line, "▌ ") })
		if d.typing() || len(rows) == 0 || d.over() == "Help" { // the row is under the help
			return
		}
		c := d.View().Cursor
		if c == nil || !strings.Contains(lines[c.Y], "▌ ") {
			t.Errorf("the cursor is at %v in\n%s", c, d.screenText())
		}
	})
}

package ui

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/internal/terminal"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

func TestEscNeverQuits(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for range 6 {
			d.press("esc")
		}
		equal(t, "quit", d.quit, false)
		equal(t, "the dialogs over the screen", d.over(), "")
	})
}

func TestCtrlCQuits(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, size := range [][2]int{{120, 40}, {40, 10}, {20, 5}, {1, 1}} {
			d.quit = false
			d.resize(size[0], size[1])
			d.press("ctrl+c")
			equal(t, fmt.Sprintf("quit at %v", size), d.quit, true)
		}
	})
}

// TestQuitBeforeTheFirstSize: ctrl+c works before the terminal has said how
// large it is.
func TestQuitBeforeTheFirstSize(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(0, 0)
	d.press("ctrl+c")
	equal(t, "quit", d.quit, true)
}

// TestKeyTable: the help lists exactly the keys that do something.
func TestKeyTable(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		groups := d.groups()
		line := ansi.Strip(newHelpLine(d.ctx.Env.Theme, groups, widget.Rect{W: 1000}).text)
		help := dialog.NewHelp(groups, func(*frame.Ctx, int) []string { return nil })
		help.Layout(d.c(), widget.Rect{W: 120, H: 200})
		screen := ansi.Strip(strings.Join(help.View(d.c()).Lines, "\n"))

		first := map[string]string{} // the action that a key runs
		listed := map[string]bool{}
		for _, g := range groups {
			for _, a := range g.Actions {
				if !a.Enabled() {
					continue
				}
				item := a.Help().Key + " " + a.Help().Desc
				listed[item] = true
				for _, k := range a.Keys() {
					if other, taken := first[k]; taken {
						t.Errorf("%q is %q and also %q, which it never does", k, other, item)
					}
					first[k] = item
				}
				if !strings.Contains(flat(screen), item) {
					t.Errorf("the help screen does not list %q", item)
				}
			}
		}
		for _, g := range groups {
			for _, a := range g.Actions {
				item := a.Help().Key + " " + a.Help().Desc
				if a.Enabled() || listed[item] {
					continue
				}
				for _, shown := range append(strings.Split(line, " · "), strings.Split(screen, "\n")...) {
					if flat(shown) == item {
						t.Errorf("%q does nothing and is listed", item)
					}
				}
			}
		}
		if !strings.Contains(line, "ctrl+c quit") {
			t.Errorf("the help line does not say how to quit: %s", line)
		}
	})
}

// TestDisabledKeys say why they do nothing, if there is a reason, and do nothing else.
func TestDisabledKeys(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		if d.typing() {
			t.Skip("they are typed")
		}
		if d.keyboard.escaped {
			t.Skip("every key gives the field its cursor again")
		}
		enabled := map[string]bool{}
		var disabled []string
		for _, g := range d.groups() {
			for _, a := range g.Actions {
				for _, k := range a.Keys() {
					if a.Enabled() {
						enabled[k] = true
					} else {
						disabled = append(disabled, k)
					}
				}
			}
		}
		d.hush() // a key ends a message
		before := d.View().Content
		for _, k := range disabled {
			if enabled[k] {
				continue
			}
			not := frame.WhyNot(d.groups(), k)
			_, cmd := d.Update(keyPress(t, k))
			if said := d.said().Text; not != "" && said != not {
				t.Errorf("%q says %q, want %q", k, said, not)
			}
			if d.hush(); cmd != nil && not == "" || d.View().Content != before {
				t.Errorf("%q is disabled and did something", k)
			}
		}
	})
}

// TestHelpOpens wherever the help line says so.
func TestHelpOpens(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, g := range d.groups() {
			for _, a := range g.Actions {
				if a.Help().Desc != "help" || !a.Enabled() {
					continue
				}
				was := d.over()
				d.press(a.Keys()[0])
				equal(t, "the dialogs over the screen", d.over(), strings.TrimSpace(was+" Help"))
				d.press("esc")
				equal(t, "the dialogs over it after esc", d.over(), was)
				return
			}
		}
	})
}

func TestHelpKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f1")
	d.shows("Help", "New token", "ctrl+t", "JSON", "Everywhere", "ctrl+z undo", "alt+z redo")
	d.hides("suspend")
	for _, k := range []string{"esc", "f1", "?", "q", "enter"} {
		d.press(k)
		equal(t, "the dialogs over the screen after "+k, d.over(), "")
		d.press("f1")
	}
	d.resize(40, 10)
	d.shows("↑/↓")
	before := d.screenText()
	d.press("down")
	if d.screenText() == before {
		t.Error("the help does not scroll")
	}
	d.press("ctrl+c")
	equal(t, "quit", d.quit, true)
}

// TestUndoOrSuspend: ctrl+z undoes where a text has the cursor, and suspends elsewhere.
func TestUndoOrSuspend(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.press("ctrl+z")
	equal(t, "the subject", d.field("Subject"), "")
	d.press("alt+z")
	equal(t, "the subject", d.field("Subject"), "ada")
	equal(t, "suspended", d.sleep, false)
	d.press("f3")
	equal(t, "the screen", d.front(), "Board")
	d.press("ctrl+z")
	equal(t, "suspended", d.sleep, canSuspend)
}

// TestScreensByKey goes from each screen to each other.
func TestScreensByKey(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"1", "2", "3"}, {"f2", "f3", "f4"}, {"alt+1", "alt+2", "alt+3"}} {
		d := newDesktop(t)
		d.issued("ada")
		for _, to := range []int{1, 2, 1, 0, 2, 0} {
			if d.typing() && len(keys[to]) == 1 {
				d.press([]string{"f2", "f3", "f4"}[to]) // digits are typed
			} else {
				d.press(keys[to])
			}
			equal(t, "the screen", d.front(), []string{"Issue", "Board", "Inspect"}[to])
		}
	}
}

func TestTooSmall(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		d.resize(120, 40)
		before := d.View().Content
		for _, size := range [][2]int{{39, 10}, {40, 9}, {20, 3}, {1, 1}, {200, 1}, {1, 100}} {
			d.resize(size[0], size[1])
			checkSize(t, d, size[0], size[1], false)
			if size[0] >= 20 && size[1] >= 5 {
				d.shows("Tokendesk needs 40 columns and 10 rows. Make the window larger, or press ctrl+c to quit.")
			}
			if d.View().Cursor != nil {
				t.Errorf("there is a cursor at %v", size)
			}
			d.press("enter", "x", "e")
		}
		d.resize(120, 40)
		equal(t, "the screen after the window grew", d.View().Content, before)
	})
}

// TestEverySize draws every state in many sizes.
func TestEverySize(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, width := range []int{40, 60, 95, 96, 200} {
			for _, height := range []int{10, 15, 16, 24} {
				d.resize(width, height)
				checkSize(t, d, width, height, true)
			}
		}
	})
}

// TestViewIsPure: drawing again is the same screen and changes nothing.
func TestViewIsPure(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		first, parts := d.View().Content, snapshot(d)
		equal(t, "the second drawing", d.draw().view.Content, first)
		equal(t, "the second view", d.View().Content, first)
		equal(t, "the state of the parts", snapshot(d), parts)
	})
}

// snapshot is the state of the screen in front and of the dialogs over it, as far
// as it is no pointer.
func snapshot(d *desktop) string {
	var b strings.Builder
	for _, part := range d.stack.parts() {
		fmt.Fprintf(&b, "%+v\n", reflect.ValueOf(part).Elem())
	}
	return b.String()
}

// TestNoSize draws before the terminal has said how large it is.
func TestNoSize(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, size := range [][2]int{{0, 0}, {0, 10}, {10, 0}} {
			d.resize(size[0], size[1])
			equal(t, "the content", d.View().Content, "")
			equal(t, "failed", d.failed.Load(), false)
		}
	})
}

func TestFirstView(t *testing.T) {
	t.Parallel()
	for _, mouse := range []bool{true, false} {
		set := testSettings(t)
		set.Mouse = mouse
		m := New(t.Context(), Config{Source: desk.Source{
			Load: func(settings.Options) (*settings.Settings, error) { return set, nil },
			Now:  func() time.Time { return moment }, Rand: &counter{},
		}})
		v := m.View()
		equal(t, "the content", v.Content, "")
		equal(t, "the title", v.WindowTitle, "tokendesk")
		equal(t, "the alternate screen", v.AltScreen, true)
		equal(t, "the mouse", v.MouseMode == tea.MouseModeCellMotion, mouse)
		if m.Init() == nil {
			t.Error("nothing starts the ticks")
		}
	}
}

// TestBackground draws light and dark with the same text.
func TestBackground(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		dark, text := d.View().Content, d.screenText()
		d.send(tea.BackgroundColorMsg{Color: ansi.BrightWhite})
		equal(t, "the text", d.screenText(), text)
		if d.View().Content == dark {
			t.Error("the light screen is the dark one")
		}
	})
}

// broken is a dialog that cannot be drawn.
type broken struct{}

func (broken) View(*frame.Ctx) frame.Drawing      { panic(panicValue) }
func (broken) Layout(*frame.Ctx, widget.Rect)     {}
func (broken) Actions(*frame.Ctx) []frame.Group   { return nil }
func (broken) Typing() bool                       { return false }
func (broken) Update(*frame.Ctx, tea.Msg) tea.Cmd { return nil }

const panicValue = "the secret value of a panic"

// TestPanics: a panic ends the console without showing its value.
func TestPanics(t *testing.T) {
	t.Parallel()
	t.Run("Update", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.send(frame.Done{Now: moment, Apply: func(*frame.Ctx) tea.Cmd { panic(panicValue) }})
		equal(t, "quit", d.quit, true)
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("View", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.Push(broken{})
		d.send(nil)
		d.hides("secret")
		d.shows("This screen could not be drawn. ctrl+c quits.")
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("command", func(t *testing.T) {
		t.Parallel()
		for _, broken := range []tea.Cmd{
			func() tea.Msg { panic(panicValue) },
			func() tea.Msg {
				return tea.BatchMsg{func() tea.Msg { return nil }, func() tea.Msg { panic(panicValue) }}
			},
		} {
			d := newDesktop(t)
			d.run(calm(nil, broken))
			equal(t, "quit", d.quit, true)
			equal(t, "failed", d.failed.Load(), true)
		}
	})
	t.Run("the first command", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.ctx.Env.Clock = func() time.Time { panic(panicValue) }
		d.ctx.Now = moment.Add(time.Second - 1) // the tick is due at once
		d.run(d.Init())
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("message", func(t *testing.T) {
		t.Parallel()
		for _, err := range []error{nil, tea.ErrProgramPanic, fmt.Errorf("%w: %s", tea.ErrProgramPanic, panicValue)} {
			got := verdict(err, true, nil)
			if !errors.Is(got, errFailed) || strings.Contains(got.Error(), panicValue) || !strings.Contains(advice.Of(got), "--debug FILE") {
				t.Errorf("%v became %v", err, got)
			}
		}
		if got := verdict(terminal.ErrPanicked, false, nil); !errors.Is(got, errFailed) {
			t.Errorf("a panic beside the console became %v", got)
		}
	})
}

// TestMatchesNothing: no key of the table is written in a way that no terminal
// sends.
func TestMatchesNothing(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, g := range d.groups() {
			for _, a := range g.Actions {
				for _, k := range a.Keys() {
					if b := a.Binding; a.Enabled() && !key.Matches(keyPress(t, k), b) {
						t.Errorf("%q does not match", k)
					}
				}
			}
		}
	})
}

// TestWeakEverywhere: every screen says that the key is weak, in every size.
func TestWeakEverywhere(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, weakKey, func(_ *Config, s *settings.Settings) {
		s.Warnings = append(s.Warnings, settings.Warning{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"})
		s.ProjectName = strings.Repeat("A long name ", 10)
	})
	d.issued("ada")
	for _, width := range []int{40, 50, 60, 80, 96, 120, 200} {
		for _, at := range []string{"f2", "f3", "f4"} {
			d.press(at)
			d.resize(width, 24)
			d.shows("▲ WEAK KEY", "▲ 1 warning")
		}
	}
}

// TestWeakAccepted: a weak key that ALLOW_WEAK_SECRET accepts is nowhere called weak.
func TestWeakAccepted(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, weakKey, func(_ *Config, s *settings.Settings) { s.Warnings, s.AllowWeak = nil, true })
	d.issued("ada")
	d.shows("✓ valid: signed with HS256")
	d.hides("WEAK", "1 finding")
}

// TestTitleRow: a long name is shortened, the key stays, and no separator is
// left without something behind it.
func TestTitleRow(t *testing.T) {
	t.Parallel()
	weak := func(s *settings.Settings) { weakKey(nil, s) }
	warned := func(s *settings.Settings) { s.Warnings = append(s.Warnings, make([]settings.Warning, 2)...) }
	named := func(s *settings.Settings) {
		s.ProjectName, s.ProjectVersion = "Acme Internal Customer Billing Service", "10.12.3-rc1"
	}
	long := func(s *settings.Settings) { s.ProjectName = strings.Repeat("漢字", 100) }
	for _, changes := range [][]func(*settings.Settings){
		{},
		{named},
		{long},
		{weak},
		{warned},
		{named, weak},
		{long, warned},
		{named, warned, weak},
		{func(s *settings.Settings) { s.File = strings.Repeat("long", 30) }},
	} {
		d := newDesktop(t, func(_ *Config, s *settings.Settings) {
			for _, change := range changes {
				change(s)
			}
		})
		for width := minWidth; width <= 200; width++ {
			row := ansi.Strip(titleRow(d.c(), width))
			if widget.Width(row) != width {
				t.Errorf("%d cells, want %d: %s", widget.Width(row), width, row)
			}
			if !strings.Contains(row, "key "+d.ctx.Desk.Key().Fingerprint()) {
				t.Errorf("the key is not in %q", row)
			}
			if width >= 60 && !strings.Contains(row, "14:05:12 UTC") {
				t.Errorf("the clock is not in %q", row)
			}
			if width >= 100 && !regexp.MustCompile(`· HS256(, HMAC with SHA-256)? ·`).MatchString(row) {
				t.Errorf("the file or the algorithm is not in %q", row)
			}
			if regexp.MustCompile(`· *(·|$|[0-9]{2}:)|^ *·`).MatchString(row) {
				t.Errorf("a separator stands alone in %q", row)
			}
		}
	}
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { named(s); weak(s) })
	d.resize(100, 24)
	d.shows("tokendesk Acme Internal Customer Billin… .env · ▲ WEAK KEY · HS256 · key")
	d = newDesktop(t, noKey)
	d.resize(40, 10)
	d.shows("tokendesk no key 14:05:12 UTC")
}

package ui

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
)

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// find opens the palette and types a text into it.
func (d *desktop) find(text string) {
	d.t.Helper()
	d.press("ctrl+p")
	d.typed(text)
}

// commands returns everything that the palette lists now.
func (d *desktop) commands() []dialog.Command { return d.place().commands(d.c(), false) }

// TestPaletteHasEverything: every action with a key is in the palette, on every screen and
// over every dialog, but for moves.
func TestPaletteHasEverything(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		if isPalette(d.Top()) {
			t.Skip("it is the palette")
		}
		listed := map[string]bool{}
		for _, command := range d.commands() {
			listed[command.Title] = true
		}
		groups := append(d.Top().Actions(d.c()), d.place().everywhere())
		moves := []string{"move", "page up", "page down", "first", "last", "usual lifetimes", "recent", "next field", "previous field", ""}
		for _, a := range groups {
			for _, a := range a.Actions {
				desc := a.Help().Desc
				switch {
				case !a.Enabled() && a.Not == "" || slices.Contains(moves, desc):
				case a.Hidden && desc != "find":
					t.Errorf("%s is hidden and moves nothing", desc)
				case !a.Hidden && !listed[capital(cmp.Or(a.Title, desc))]:
					t.Errorf("%s %s is not in the palette", a.Help().Key, desc)
				}
			}
		}
		for _, title := range []string{"Issue", "Board", "Inspect", "Faults", "Quit", "Read the settings again", "Theme dark"} {
			if !listed[title] {
				t.Errorf("%s is not in the palette", title)
			}
		}
		was := d.over()
		d.press("ctrl+p")
		equal(t, "the dialogs", d.over(), strings.TrimSpace(was+" Palette"))
		d.typed("quit")
		d.press("enter")
		equal(t, "quit", d.quit, true)
	})
}

// TestPaletteOnce: nothing is in the palette twice.
func TestPaletteOnce(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		seen := map[string]bool{}
		for _, command := range d.commands() {
			if name := command.Group + ": " + command.Title; seen[name] {
				t.Errorf("%s is listed twice", name)
			} else {
				seen[name] = true
			}
		}
	})
}

// TestPaletteElsewhere: what another screen does is found from this one, and done there.
func TestPaletteElsewhere(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.find("probe an")
	d.shows("▌ Probe an API with all faults  Faults")
	d.press("enter")
	equal(t, "the screen", d.front(), "Faults")
	equal(t, "the dialogs", d.over(), "Prompt")
	d.press("esc", "f2")
	d.find("clear expired")
	d.press("enter")
	d.shows("Clear the expired tokens cannot be done now: none has expired.")
	d.press("esc", "f1")
	d.find("probe an")
	d.press("enter")
	d.shows("cannot be done now: esc closes this first.")
}

// TestPaletteElsewhereRuns: each action of another screen can be done from here.
func TestPaletteElsewhereRuns(t *testing.T) {
	t.Parallel()
	open := func(t *testing.T) *desktop {
		t.Helper()
		d := newDesktop(t)
		d.issued("ada")
		d.press("f2")
		return d
	}
	for _, command := range open(t).commands() {
		if !command.Far || command.Not != "" {
			continue
		}
		t.Run(command.Group+" "+command.Title, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			i := slices.IndexFunc(d.commands(), func(c dialog.Command) bool { return c.Far && c.Group == command.Group && c.Title == command.Title })
			before := d.screenText()
			d.run(d.commands()[i].Run(d.c()))
			d.resize(120, 40) // draws it
			if d.screenText() == before && len(d.clip) == 0 {
				t.Error("nothing was done")
			}
		})
	}
}

// TestPaletteFinds by some letters, and does what was found.
func TestPaletteFinds(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.find("brd")
	d.shows("▌ Board")
	d.press("enter")
	equal(t, "the screen", d.front(), "Board")
	d.find("adm")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the subject", d.field("Subject"), "ada@shop.example")
	d.find("ada shop") // by the subject
	d.shows("▌ admin  ada@shop.example")
	d.press("esc")
	d.find("local time")
	d.press("enter")
	equal(t, "local times", d.ctx.Env.Local, true)
	d.find("local time")
	d.press("enter")
	equal(t, "local times", d.ctx.Env.Local, false)
	d.find("f1")
	d.shows("nothing matches")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "Palette")
	d.press("esc")
	d.find("keys of the moment")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "Help")
	d.press("esc")
	d.find("undo")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "")
	plain := d.View().Content
	d.find("theme contrast")
	d.press("enter")
	if d.View().Content == plain {
		t.Error("the theme is the same")
	}
	d.send(tea.BackgroundColorMsg{})
	equal(t, "the theme", d.wishes.Theme, "contrast")
	d.press("f4")
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press(":") // no field has the cursor
	d.typed("copy")
	d.press("enter")
	equal(t, "copies", len(d.clip), 1)
}

// TestPaletteFromAField lists what can be done with the token beside it, and how.
func TestPaletteFromAField(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.form("Subject")
	d.find("copy as")
	d.shows("▌ Copy as  Token", "esc, c")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "copyMenu")
	d.press("esc")
	d.form("Subject")
	d.press("esc", "c")
	equal(t, "the dialogs", d.over(), "copyMenu")
}

// TestPaletteFromTheForm lists personas first, and waits for them.
func TestPaletteFromTheForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, "copy: {subject: someone}\nissue: {subject: issue}\n"))
	d.find("issue")
	d.press("enter")
	equal(t, "the subject", d.field("Subject"), "issue")
	d = newDesktop(t, personasOf(t, somePersonas))
	_, read := d.Update(keyPress(t, "ctrl+p"))
	d.typed("adm")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "Palette")
	d.run(read)
	equal(t, "the dialogs", d.over(), "")
	equal(t, "the subject", d.field("Subject"), "ada@shop.example")
}

// TestPaletteSaysWhyNot keeps open when what was chosen cannot be done now.
func TestPaletteSaysWhyNot(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.find("another secret")
	d.shows("the settings have no other secret")
	d.press("enter")
	d.shows("▲ Sign with another secret of the settings cannot be done now: the settings have no other secret.")
	equal(t, "the dialogs", d.over(), "Palette")
	d.press("esc", "f8")
	d.find("board")
	d.shows("Board", "esc closes this first")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "signingKeys Palette")
	d.press("esc")
	d.find("copy jwk")
	d.shows("a secret has no public half")
}

// TestPaletteProfiles changes the profile, or shows why not.
func TestPaletteProfiles(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging", "broken"))
	d.find("staging")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "")
	d.shows("the profile is now staging")
	d.find("broken")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "profiles")
	d.shows("✗ broken", "has 6 bytes")
}

// TestPaletteReload reads the settings again.
func TestPaletteReload(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.set.ProjectName = "Another"
	d.find("read the settings")
	d.press("enter")
	d.shows("the settings were read", "Another")
}

// TestPaletteWay: how a letter is reached from a field.
func TestPaletteWay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		help         string
		keys         []string
		bare         bool
		here, typing string
	}{
		{"c", []string{"c"}, false, "c", "esc, c"},
		{"y", []string{"y", "ctrl+y"}, false, "y", "ctrl+y"},
		{"?", []string{"?", "f1"}, false, "?", "f1"},
		{"p", []string{"p"}, true, "p", "p"},
		{"↑/↓", []string{"up", "k"}, false, "↑/↓", "↑/↓"},
		{"", nil, false, "", ""},
	} {
		a := frame.Action{Binding: frame.Bind(tt.help, "do it", tt.keys...), Bare: tt.bare}
		equal(t, "the way of "+tt.help, a.Way(false), tt.here)
		equal(t, "the way of "+tt.help+" from a field", a.Way(true), tt.typing)
	}
}

// TestPaletteNames: what the palette makes of actions.
func TestPaletteNames(t *testing.T) {
	t.Parallel()
	run := frame.Just(func() {})
	for _, tt := range []struct {
		action frame.Action
		want   string // empty: it is not listed
	}{
		{frame.On(frame.Bind("c", "copy as", "c"), true, run), "Copy as "},
		{frame.On(frame.Bind("c", "copy as", "c"), false, run), ""},
		{frame.Unless(frame.Bind("c", "copy as", "c"), "why not", run), "Copy as why not"},
		{frame.Hide(frame.On(frame.Bind("up", "move", "up"), true, run))[0], ""},
		{frame.On(frame.Bind("", "", "down"), true, run), ""},
		{frame.Named("create the file", "", run), "Create the file "},
		{frame.Named("create the file", "it is there", run), "Create the file it is there"},
	} {
		command, ok := dialog.ActionCommand("Group", tt.action, "c")
		got := ""
		if ok {
			got = command.Title + " " + command.Not
		}
		equal(t, "the command", got, tt.want)
	}
}

// TestPaletteFits every size, with any text.
func TestPaletteFits(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {41, 13}, {60, 16}, {80, 24}, {200, 60}} {
		for _, text := range []string{"", "co", "secret", "nothing at all"} {
			d := newDesktop(t, personasOf(t, somePersonas+"\"\\u4f60\\u597d \\x1b[31m\": {subject: あいう}\n"))
			d.resize(size[0], size[1])
			d.find(text)
			d.press("up", "enter")
			checkSize(t, d, size[0], size[1], true)
		}
	}
}

// TestClicks on the rows of a palette and of a menu, on the help line and on the answers of a
// question.
func TestClicks(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.find("board")
	d.click("Board  Screens")
	equal(t, "the screen", d.front(), "Board")
	d.issued("ada")
	d.press("c")
	d.click("curl")
	equal(t, "copies", len(d.clip), 1)
	if !strings.Contains(d.clip[0], "curl") {
		t.Errorf("copied %q", d.clip[0])
	}
	d.hush()
	d.click("ctrl+p find")
	equal(t, "the dialogs", d.over(), "Palette")
	d.hides("ctrl+p find")
	d.press("esc")
	d.click("f1 help"[3:])
	equal(t, "the dialogs", d.over(), "Help")
	d.click("esc back")
	equal(t, "the dialogs", d.over(), "")
	d.press("f2")
	d.paste(handmade(t, plainHeader, goodClaims("bob")))
	d.click("read it in Inspect")
	equal(t, "the screen", d.front(), "Inspect")
}

// TestClicksInLists on profiles and keys.
func TestClicksInLists(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.press("f9")
	d.click(".env.staging")
	d.shows("the profile is now staging")
	d = newDesktop(t, pairs(t))
	d.press("f8")
	d.shows("Signing key 1 of 2")
	d.click("2026-11")
	d.shows("Signing key 2 of 2")
	if c := d.View().Cursor; c == nil || !strings.Contains(strings.Split(d.screenText(), "\n")[c.Y], "2026-11") {
		t.Errorf("the cursor is at %v, not on the selected key", c)
	}
}

// TestHelpOpensOnTheKeys in the smallest window too, with the warnings below or beside them.
func TestHelpOpensOnTheKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Warnings = append(s.Warnings, settings.Warning{Text: "this is a warning"})
	})
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}} {
		d.resize(size[0], size[1])
		d.press("f1")
		d.shows("New token", "enter")
		checkSize(t, d, size[0], size[1], true)
		if size[1] > 10 {
			d.shows("this is a warning")
		} else {
			d.hides("this is a warning")
			d.press("tab")
			d.shows("this is a warning")
		}
		d.press("esc")
	}
}

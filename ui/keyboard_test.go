package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
)

// TestKeysByPlace: what a keyboard sends for the key that is y on a US keyboard copies the
// token, whatever its layout and CapsLock say.
func TestKeysByPlace(t *testing.T) {
	t.Parallel()
	for name, bytes := range map[string]string{
		"a letter":                         "y",
		"CapsLock":                         "Y",
		"Cyrillic":                         "н",
		"Cyrillic, CapsLock":               "Н",
		"Greek":                            "υ",
		"Kitty":                            "\x1b[121u",
		"Kitty, with its text":             "\x1b[121;;121u",
		"Kitty, NumLock":                   "\x1b[121;129;121u",
		"Kitty, NumLock, without its text": "\x1b[121;129u",
		"Kitty, CapsLock":                  "\x1b[121;65u",
		"Kitty, Cyrillic":                  "\x1b[1085::121u",
		"Kitty, Cyrillic, with its text":   "\x1b[1085::121;;1085u",
		"Kitty, Cyrillic, CapsLock":        "\x1b[1085:1053:121;65;1053u",
		"Kitty, Cyrillic, without a place": "\x1b[1085u",
		"Kitty, AZERTY":                    "\x1b[121::121u",
		"Kitty, Dvorak":                    "\x1b[121::116u",
		"ctrl":                             "\x19",
		"Kitty, ctrl":                      "\x1b[121;5u",
		"Kitty, ctrl, Cyrillic":            "\x1b[1085::121;5u",
		"Kitty, ctrl, without a place":     "\x1b[1085;5u",
		"Kitty, ctrl, Dvorak":              "\x1b[121::116;5u",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := emulate(t, 100, 30)
			s.shows("such as ada@example.com")
			s.press("ada@example.com" + enter)
			s.shows("● active")
			s.escape("c copy as")
			s.press(bytes)
			s.clipboard()
		})
	}
}

// TestLettersInFields are typed as they are.
func TestLettersInFields(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30)
	s.shows("such as ada@example.com")
	s.press("Н", "н", "Y", "\x1b[1085::121;;1085u", "\x1b[121:89:121;2;89u", "\x1b[57441;2u")
	s.shows("For        НнYнY")
	s.press("\x1b[1092::97;5u", "X") // ctrl+a by its place: to the start
	s.shows("For        XНнYнY")
}

// TestNames of keys in the key table.
func TestNames(t *testing.T) {
	t.Parallel()
	letter := func(r rune, mod tea.KeyMod) tea.KeyPressMsg {
		return tea.KeyPressMsg{Code: r, Text: string(r), Mod: mod}
	}
	placed := func(r, place rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r), BaseCode: place} }
	for _, tt := range []struct {
		key    tea.KeyPressMsg
		typing bool
		want   string
	}{
		{letter('y', 0), false, "[y]"},
		{letter('Y', tea.ModShift), false, "[Y y]"},
		{letter('Y', tea.ModCapsLock), false, "[Y y]"},
		{letter('Y', tea.ModShift), true, "[Y]"},
		{letter('G', tea.ModShift), false, "[G]"},
		{letter('G', tea.ModCapsLock), false, "[G g]"},
		{letter('н', 0), false, "[н y]"},
		{letter('Н', tea.ModShift), false, "[Н y]"},
		{letter('н', 0), true, "[н]"},
		{letter('ж', 0), false, "[ж ;]"},
		{letter('Ж', tea.ModShift), false, "[Ж :]"},
		{letter('Ж', tea.ModCapsLock), false, "[Ж ;]"},
		{letter('і', 0), false, "[і s]"},
		{letter('ё', 0), false, "[ё `]"},
		{letter('ω', 0), false, "[ω v]"},
		{letter('ς', 0), false, "[ς w]"},
		{letter('あ', 0), false, "[あ]"},
		{placed('a', 'q'), false, "[a]"},
		{placed('&', '1'), false, "[& 1]"},
		{placed('é', '2'), false, "[é 2]"},
		{placed('ש', 'a'), false, "[ש a]"},
		{tea.KeyPressMsg{Code: tea.KeyEnter}, false, "[enter]"},
		{tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, false, "[space]"},
		{tea.KeyPressMsg{Code: 'y', Mod: tea.ModCtrl}, false, "[ctrl+y]"},
	} {
		equal(t, fmt.Sprintf("%q, typing %t", tt.key.Text, tt.typing), fmt.Sprint(frame.Names(tt.key, tt.typing)), tt.want)
	}
}

// TestKeyboardIsAsked for the places of keys, and for letters as keys only where none is text.
func TestKeyboardIsAsked(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		d.resize(100, 30)
		asks := d.View().KeyboardEnhancements
		equal(t, "places", asks.ReportAlternateKeys, true)
		equal(t, "letters as keys", asks.ReportAllKeysAsEscapeCodes, !d.typing())
		equal(t, "their text", asks.ReportAssociatedText, !d.typing())
	})
}

// TestModifiersAlone do nothing: what failed stays on the screen.
func TestModifiersAlone(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.c().Show(d.stack.screen(), frame.Fault(errTest))
	for _, code := range []rune{tea.KeyLeftShift, tea.KeyRightCtrl, tea.KeyCapsLock, tea.KeyIsoLevel3Shift} {
		d.send(tea.KeyPressMsg{Code: code})
		d.shows("no luck today")
	}
}

// TestRetiredKeys say which key does it now.
func TestRetiredKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.issued("ada")
	d.press("esc")
	d.typed("PK") // text
	equal(t, "the subject", d.field("Subject"), "PK")
	for _, test := range []struct{ screen, key, want string }{
		{"f5", "K", "f8 shows the signing keys"},
		{"f3", "P", "f9 changes the profile"},
		{"f3", "G", "end goes to the last one"},
		{"f3", "j", "↓ goes down and ↑ up; k keeps the token alive"},
	} {
		d.press(test.screen)
		d.hush()
		d.press(test.key)
		d.shows(test.want)
		equal(t, "the dialogs", d.over(), "")
	}
	d.hush()
	order := d.ctx.Board.Order()
	d.press("enter", "s") // on a token
	d.shows("f unfolds what the cursor is on")
	d.press("esc")
	d.hush()
	d.press("S") // s with CapsLock
	d.hides("f10 chooses")
	equal(t, "sorted", d.ctx.Board.Order() == order, false)

	// CapsLock may be on, unless the terminal tells that it is off.
	d.press("K")
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, true)
	d.send(tea.KeyboardEnhancementsMsg{Flags: 31})
	d.press("K")
	d.shows("f8 shows the signing keys")
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, true)
	d.hush()
	d.send(tea.KeyPressMsg{Code: 'k', Text: "K", Mod: tea.ModCapsLock})
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, false)
}

// TestNoCapitalLetter is an action, anywhere.
func TestNoCapitalLetter(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, g := range d.groups() {
			for _, a := range g.Actions {
				for _, key := range a.Keys() {
					if len(key) == 1 && key[0] >= 'A' && key[0] <= 'Z' {
						t.Errorf("%s is %s", key, a.Help().Desc)
					}
				}
			}
		}
	})
}

// TestWaysWithoutChords: esc and then the letter does what the chord does, even where a field
// keeps the cursor. Another letter is text again.
func TestWaysWithoutChords(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.typed("x")
	d.press("esc")
	d.shows("s keep", "o $EDITOR", "ctrl+p find")
	if d.View().Cursor != nil {
		t.Error("the field shows the cursor, and letters are commands")
	}
	equal(t, "letters as keys", d.View().KeyboardEnhancements.ReportAllKeysAsEscapeCodes, true)
	d.press("u")
	equal(t, "the document", strings.Contains(d.document(), "x{"), false)
	d.typed("xu")
	equal(t, "the document", strings.Contains(d.document(), "xu{"), true)
	d.press("esc", "b", "s")
	equal(t, "the document", strings.Contains(d.document(), "xubs{"), true)
	d.press("esc", ":")
	equal(t, "the dialogs", d.over(), "Palette")
	d.press("esc", "ctrl+z", "ctrl+z", "ctrl+z")
	d.rewrite("ada", "bob")
	d.press("esc", "s")
	equal(t, "tokens", d.ctx.Board.Len(), 2)
	d.press("z", "c", "esc")
	equal(t, "quit", d.quit || d.sleep, false)

	d = newDesktop(t)
	d.press("esc", "esc")
	d.paste("ada")
	d.typed("t")
	equal(t, "the subject", d.field("Subject"), "adat")
	d.form("Claims")
	d.press("esc", "t")
	d.shows("Claims as JSON")
	d.press("3")
	equal(t, "the screen", d.front(), "Inspect")
}

// TestFieldsSayWhyNot: a function key or a chord that does nothing now says why while a field has
// the cursor, and a key that edits the text still does.
func TestFieldsSayWhyNot(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	for _, k := range []string{"f10", "alt+s"} {
		d.press(k)
		equal(t, k, d.said().Text, "the settings have no other secret")
		d.hush()
	}
	d.press("ctrl+y")
	equal(t, "ctrl+y", d.said().Text, "no token was issued from this form")
	d.hush()
	d.press("ctrl+u", "delete", "home", "end", "left")
	equal(t, "keys of the text say", d.said().Text, "")
	equal(t, "the field after ctrl+u", d.field("Subject"), "")
	d.press("f4", "ctrl+p", "f2")
	equal(t, "f2 in the palette", d.said().Text, "esc closes this first")
	equal(t, "over the screen", d.over(), "Palette")
}

package ui

import (
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/settings"
)

// TestTypeAndIssue is the shortest way to a token: a name and enter.
func TestTypeAndIssue(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("jack.o'hara+tag@example.co.uk")
	equal(t, "the subject", d.field("Subject"), "jack.o'hara+tag@example.co.uk")
	d.shows("an email address", "until 14:35:12 UTC", "Preview: not signed")
	d.press("enter")

	e := d.entry()
	if e == nil {
		t.Fatalf("no token was issued:\n%s", d.screenText())
	}
	equal(t, "sub", e.Token.Subject(), "jack.o'hara+tag@example.co.uk")
	exp, _ := e.Token.Date("exp")
	equal(t, "exp", exp.Seconds, moment.Add(30*time.Minute).Unix())
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
	equal(t, "typing", d.typing(), true)
	d.shows("✓ issued for jack.o'hara+tag@example.co.uk, and on the board", "2 Board 1",
		"● active", "30m left", "✓ valid: signed with HS256 by key")
}

// TestEveryKeyTypes makes sure that no letter is taken for a command while a
// text field has the keys.
func TestEveryKeyTypes(t *testing.T) {
	t.Parallel()
	all := " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~éЖ漢😀"
	eachState(t, func(t *testing.T, d *desktop) {
		if !d.typing() {
			t.Skip("nothing is typed")
		}
		for _, g := range d.groups() {
			for _, a := range g.Actions {
				for _, r := range all {
					if msg := (tea.KeyPressMsg{Code: r, Text: string(r)}); key.Matches(msg, a.Binding) && !a.Bare {
						t.Errorf("%q is a command: %s", r, a.Help().Desc)
					}
				}
			}
		}
	})
	d := newDesktop(t)
	for runes := []rune(all); len(runes) > 0; runes = runes[min(20, len(runes)):] {
		text := "x" + string(runes[:min(20, len(runes))]) + "x"
		for _, name := range []string{"Subject", "Claims"} {
			d.form(name)
			d.write(text)
			equal(t, "the typed text", d.field(name), text)
		}
	}
}

func TestSubjectNote(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		"ada@example.com": "an email address",
		"dev-42":          "a user name",
		"Zoë":             "a user name",
		"a@b@c":           "✗ an address can have only one @",
		" ada":            "✗ the subject starts with a space; remove it",
		"ada ":            "✗ the subject ends with a space; remove it",
		"ada@":            "✗ the address has nothing after the @",
	} {
		d := newDesktop(t)
		d.typed(subject)
		d.formSays(want)
		equal(t, "the subject", strings.ReplaceAll(d.field("Subject"), "·", " "), subject)
	}
	d := newDesktop(t)
	d.typed(" ada ")
	d.shows("For        ·ada·")
}

func TestLifetimeNote(t *testing.T) {
	t.Parallel()
	limited := func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Hour }
	for _, test := range []struct{ text, want string }{
		{"45s", "until 14:05:57 UTC"},
		{"1h", "until 15:05:12 UTC"},
		{"until 14:30", "until 14:30:00 UTC"},
		{"", "✗ the lifetime is missing; type one such as 30m, 1h30m, 7d or until 18:00"},
		{"0s", "✗ a token with a lifetime of zero has already expired"},
		{"-5m", "✗ a token with a negative lifetime has already expired"},
		{"61m", "✗ the lifetime 1h 1m is above the limit of 1h; choose a shorter one, or raise MAX_TOKEN_MINUTES"},
		{"300000000w", "✗ the lifetime is too long; choose at most 292 years"},
		{"99999999999999999999s", "✗ the lifetime is too long; choose at most 292 years"},
		{"30", "✗ the lifetime has no unit; write 30m for minutes or 30h for hours"},
		{"1.5h", "✗ the lifetime has a fraction; write 1h30m instead of 1.5h"},
		{"soon", "✗ the lifetime cannot be read; write one such as 45s, 30m, 1h30m, 7d or until"},
		{"until 2026-11-23T14:05:12Z", "✗ that moment has passed; choose a later one"},
	} {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t, limited)
			d.typed("ada")
			d.press("tab")
			d.write(test.text)
			if form := strings.Join(d.formLines(), " "); !strings.Contains(flat(form), test.want) {
				t.Errorf("the form does not say %q:\n%s", test.want, d.screenText())
			}
			d.press("ctrl+s")
			refused := strings.HasPrefix(test.want, "✗")
			equal(t, "issued", d.ctx.Board.Len() == 1, !refused)
			if refused {
				equal(t, "the focus", d.focus(), "Lifetime")
			}
		})
	}
}

func TestLifetimeTomorrow(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Lifetime")
	d.write("1d")
	d.shows("until 2026-11-24 14:05:12 UTC")
}

func TestPresets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ from, key, want string }{
		{"30m", "down", "1h"},
		{"30m", "up", "15m"},
		{"20m", "down", "30m"},
		{"20m", "up", "15m"},
		{"45s", "up", "45s"},
		{"30d", "down", "30d"},
		{"90d", "up", "30d"},
		{"nonsense", "down", "30m"},
		{"", "up", "30m"},
	} {
		d := newDesktop(t)
		d.press("tab")
		d.write(test.from)
		d.press(test.key)
		equal(t, test.key+" from "+test.from, d.field("Lifetime"), test.want)
	}
	d := newDesktop(t)
	d.press("tab")
	d.write("45s")
	for _, want := range []string{"1m", "5m", "15m", "30m", "1h", "8h", "1d", "7d", "30d"} {
		d.press("down")
		equal(t, "the next preset", d.field("Lifetime"), want)
	}
}

// TestPresetsUpToTheLimit: a lifetime that MAX_TOKEN_MINUTES refuses is not offered.
func TestPresetsUpToTheLimit(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Lifetime, s.MaxLifetime = 5*time.Minute, 10*time.Minute
	})
	d.press("tab")
	for _, want := range []string{"10m", "10m"} {
		d.press("down")
		equal(t, "the next preset", d.field("Lifetime"), want)
	}
	for _, want := range []string{"5m", "1m", "45s", "45s"} {
		d.press("up")
		equal(t, "the preset before", d.field("Lifetime"), want)
	}
	for _, typed := range []string{"1h", "soon"} {
		for _, key := range []string{"up", "down"} {
			d.write(typed)
			d.press(key)
			equal(t, key+" after "+typed, d.field("Lifetime"), "10m")
		}
	}
	d = newDesktop(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = 5 * time.Minute })
	d.press("tab")
	d.write("45s")
	for _, want := range []string{"1m", "5m", "5m"} {
		d.press("down")
		equal(t, "the next preset up to 5m", d.field("Lifetime"), want)
	}
}

// TestSubmitGoesToTheFault presses enter with each field wrong.
func TestSubmitGoesToTheFault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, subject, lifetime, claims string
		from, want                      string
		says                            string
	}{
		{"no subject", "", "30m", "", "Subject", "Subject", "✗ the subject is missing; type an email address or a user name"},
		{"two @", "a@b@c", "30m", "", "Button", "Subject", "✗ an address can have only one @"},
		{"lifetime", "ada", "soon", "", "Subject", "Lifetime", "✗ the lifetime cannot be read; write one such as 45s, 30m, 1h30m, 7d or until"},
		{"claims", "ada", "30m", "role", "Subject", "Claims", "✗ role has no value yet; write role=text or role:=json"},
		{"the first of two", "", "soon", "", "Lifetime", "Subject", "✗ the subject is missing; type an email address or a user name"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			d.form("Subject")
			d.write(test.subject)
			d.form("Lifetime")
			d.write(test.lifetime)
			d.form("Claims")
			d.write(test.claims)
			for d.focus() != test.from {
				d.press("tab")
			}
			d.press("ctrl+s")
			equal(t, "the focus", d.focus(), test.want)
			equal(t, "tokens on the board", d.ctx.Board.Len(), 0)
			d.formSays(test.says)
		})
	}
}

func TestTabGoesRound(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, want := range []string{"Lifetime", "Claims", "Header", "Button", "Subject"} {
		d.press("tab")
		equal(t, "the focus", d.focus(), want)
	}
	for _, want := range []string{"Button", "Header", "Claims", "Lifetime", "Subject"} {
		d.press("shift+tab")
		equal(t, "the focus", d.focus(), want)
	}
}

// TestCursor checks that the cursor is after the typed text.
func TestCursor(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}, {40, 10}} {
		d.resize(size[0], size[1])
		d.form("Subject")
		d.write("ada")
		for _, field := range []string{"Subject", "Lifetime", "Claims"} {
			d.form(field)
			v := d.View()
			if v.Cursor == nil {
				t.Errorf("no cursor in field %s at %v", field, size)
				continue
			}
			line := []rune(strings.Split(d.screenText(), "\n")[v.Cursor.Y])
			before := strings.TrimSpace(strings.Trim(string(line[:v.Cursor.X]), "│"))
			want := map[string]string{"Subject": "ada", "Lifetime": "30m"}[field]
			if !strings.HasSuffix(before, want) {
				t.Errorf("at %v the cursor of field %s stands behind %q", size, field, before)
			}
		}
	}
}

func TestClaimsGoIntoTheToken(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.press("tab", "tab")
	d.typed("role=admin\nscopes:=[\"read\",\"write\"]\nbig:=9007199254740993")
	d.press("ctrl+s")
	e := d.entry()
	if e == nil {
		t.Fatalf("no token was issued:\n%s", d.screenText())
	}
	for name, want := range map[string]string{"role": `"admin"`, "scopes": `["read","write"]`, "big": "9007199254740993"} {
		raw, _ := e.Token.Claims.Get(name)
		equal(t, name, string(raw), want)
	}
}

// TestAgain issues the same request once more, later.
func TestAgain(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Claims")
	d.write("role=admin")
	first := d.issued("ada")
	d.after(10 * time.Second)
	d.press("r")
	second := d.entry()
	if first == second || first.Token.Compact == second.Token.Compact {
		t.Fatal("nothing new was issued")
	}
	role, _ := second.Token.Claims.String("role")
	equal(t, "role", role, "admin")
	iat, _ := second.Token.Date("iat")
	equal(t, "iat", iat.Seconds, moment.Unix()+10)
	equal(t, "tokens on the board", d.ctx.Board.Len(), 2)
	jti, _ := first.Token.Claims.String("jti")
	other, _ := second.Token.Claims.String("jti")
	if jti == other {
		t.Error("both tokens have the same jti")
	}
}

// TestAgainUntil: a lifetime until a time of day is counted again from now.
func TestAgainUntil(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Lifetime")
	d.write("until 18:00")
	d.issued("ada")
	d.after(time.Hour)
	d.press("r")
	exp, _ := d.entry().Token.Date("exp")
	equal(t, "exp", exp.Seconds, time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC).Unix())
}

func TestLeaveThePane(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("esc")
	equal(t, "typing", d.typing(), true)
	equal(t, "the subject", d.field("Subject"), "ada")
	d.press("esc")
	equal(t, "typing", d.typing(), false)
	d.press("n")
	equal(t, "the focus", d.focus(), "Subject")
}

func TestKeepsIssuingAfterAnError(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(c *Config, _ *settings.Settings) { c.Source.Rand = failing{} })
	d.typed("ada")
	d.press("enter")
	if d.entry() != nil {
		t.Fatal("a token was issued without randomness")
	}
	d.shows("✗ read randomness for the token's id: no luck today")
	d.typed("x")
	d.hides("no luck today")
}

// failing is randomness that is not there.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errTest }

// TestPasteIntoForm pastes text that is not a token.
func TestPasteIntoForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, value, note string }{
		{"ada@example.com", "ada@example.com", ""},
		{"ada@example.com\n", "ada@example.com", "the line break at the end of the text was left out"},
		{"ada\nbob", "", "not inserted: the text has a line break"},
		{"ada\tbob", "", "not inserted: the text has a control character (U+0009)"},
		{"ada\x1b[31m", "", "not inserted: the text has a control character (U+001B)"},
		{"ada\u0085bob", "", "not inserted: the text has a control character (U+0085)"},
		{"ada\u202ebob", "", "not inserted: the text has an invisible character"},
		{"ada\u200bbob", "", "not inserted: the text has an invisible character"},
		{"ada\xffbob", "", "not inserted: the text is not valid UTF-8"},
		{strings.Repeat("x", 2001), "", "not inserted: the text has 2001 characters, and there is room for 2000"},
	} {
		d := newDesktop(t)
		d.paste(test.text)
		equal(t, "the subject", d.field("Subject"), test.value)
		if test.note != "" {
			d.formSays("▲ " + test.note)
		} else {
			d.hides("▲")
		}
	}
	d := newDesktop(t)
	d.typed("ada")
	d.send(tea.PasteMsg{Content: "x\ny"})
	equal(t, "the subject", d.field("Subject"), "ada")
	d.typed("!")
	d.hides("▲")
}

// TestLongNotes: a sentence of the form is wrapped, not cut.
func TestLongNotes(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{100, 24}, {80, 24}, {60, 18}, {40, 18}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.form("Lifetime")
		d.write("until 25:00")
		d.formSays("✗ the moment after until cannot be read", "2026-12-24 18:00")
		checkSize(t, d, size[0], size[1], true)
	}
}

// TestCursorStandsAtTheText: the cursor stands behind what was typed, however wide that is,
// also in a terminal that draws an emoji sequence as its parts.
func TestCursorStandsAtTheText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ cells, parts int }{
		"ada": {3, 3}, "あいう": {6, 6}, "Zoe\u0308": {3, 3}, "👩‍👩‍👧x": {3, 7}, "👍🏽": {2, 4},
	} {
		d := newDesktop(t)
		start := d.View().Cursor.X
		d.paste(text)
		equal(t, "cells before the cursor in parts, "+text, d.View().Cursor.X-start, want.parts)
		d.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeSet})
		equal(t, "cells before the cursor, "+text, d.View().Cursor.X-start, want.cells)
	}
}

// TestClickIntoText puts the cursor to the character that is clicked.
func TestClickIntoText(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24) // the form comes first there
	d.typed("ada")
	d.press("tab")
	d.click("da")
	d.typed("X")
	equal(t, "the subject", strings.TrimSpace(strings.TrimSuffix(d.field("Subject"), "Issue ⏎")), "adXa")
	d.resize(120, 40)
	d.form("Claims")
	d.write("role=admin\nx=1")
	d.click("le=")
	d.typed("Y")
	equal(t, "the claims", d.field("Claims"), "rolYe=admin\nx=1")
}

// TestNextSubject: name, enter, name, enter makes the token of each.
func TestNextSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada@example.com")
	d.press("enter")
	equal(t, "the subject", d.field("Subject"), "ada@example.com")
	d.typed("bob")
	d.shows("Preview: not signed")
	equal(t, "the subject", d.field("Subject"), "bob")
	d.press("enter")
	sub, _ := d.entry().Token.Claims.Get("sub")
	equal(t, "sub", string(sub), `"bob"`)
}

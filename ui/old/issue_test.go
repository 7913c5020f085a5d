package old

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/settings"
)

// TestTypeAndIssue is the shortest way to a token: a name and enter.
func TestTypeAndIssue(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("jack.o'hara+tag@example.co.uk")
	equal(t, "the subject", d.issue.subject.Value(), "jack.o'hara+tag@example.co.uk")
	d.shows("✓ an email address", "expires 14:35:12 UTC")
	d.press("enter")

	e := d.issue.pane.entry
	if e == nil {
		t.Fatalf("no token was issued:\n%s", d.screenText())
	}
	equal(t, "sub", e.token.Subject(), "jack.o'hara+tag@example.co.uk")
	exp, _ := e.token.Date("exp")
	equal(t, "exp", exp.Seconds, moment.Add(30*time.Minute).Unix())
	equal(t, "the verdict", e.result.Verdict, auth.VerdictValid)
	equal(t, "tokens on the board", len(d.board.items), 1)
	equal(t, "focus on the token", d.issue.onPane, true)
	d.shows("✓ issued a token for jack.o'hara+tag@example.co.uk", "2 Board 1", "● active", "30m left", "✓ valid: signature verified with key")
}

// TestEveryKeyTypes makes sure that no letter is taken for a command while a
// text field has the keys.
func TestEveryKeyTypes(t *testing.T) {
	t.Parallel()
	all := " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~éЖ漢😀"
	fields := map[string]struct {
		open  func(*desktop)
		value func(*desktop) string
	}{
		"subject":  {func(*desktop) {}, func(d *desktop) string { return d.issue.subject.Value() }},
		"lifetime": {func(d *desktop) { d.press("tab"); d.issue.lifetime.set("") }, func(d *desktop) string { return d.issue.lifetime.Value() }},
		"claims":   {func(d *desktop) { d.press("tab", "tab") }, func(d *desktop) string { return d.issue.claims.Value() }},
		"inspect":  {func(d *desktop) { d.press("f4") }, func(d *desktop) string { return d.inspect.input.Value() }},
		"filter":   {func(d *desktop) { d.issued("ada"); d.press("2", "/") }, func(d *desktop) string { return d.board.filter.Value() }},
		"label":    {func(d *desktop) { d.issued("ada"); d.press("2", "n") }, func(d *desktop) string { return d.label.Value() }},
		"file":     {func(d *desktop) { d.issued("ada"); d.press("w"); d.write.path.set("") }, func(d *desktop) string { return d.write.path.Value() }},
		"edit":     {func(d *desktop) { d.issued("ada"); d.press("e"); d.edit.set("") }, func(d *desktop) string { return d.edit.Value() }},
	}
	for name, field := range fields {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			field.open(d)
			d.typed(all)
			equal(t, "what was typed", field.value(d), all)
		})
	}
}

func TestSubjectNote(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		"ada@example.com": "✓ an email address",
		"dev-42":          "✓ a user name",
		"Zoë":             "✓ a user name",
		"a@b@c":           "✗ an address can have only one @",
		" ada":            "✗ the subject begins with a space: remove it",
		"ada ":            "✗ the subject ends with a space: remove it",
		"ada@":            "✗ the address has nothing after the @",
	} {
		d := newDesktop(t)
		d.typed(subject)
		d.shows(want)
		equal(t, "the subject", d.issue.subject.Value(), subject)
	}
	d := newDesktop(t)
	d.typed(" ada ")
	d.shows("> ·ada·")
}

func TestLifetimeNote(t *testing.T) {
	t.Parallel()
	limited := func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Hour }
	for _, test := range []struct{ text, want string }{
		{"45s", "expires 14:05:57 UTC"},
		{"1h", "expires 15:05:12 UTC"},
		{"until 14:30", "expires 14:30:00 UTC"},
		{"", "✗ type a lifetime, such as 30m, 1h30m, 7d or until 18:00"},
		{"0s", "✗ a lifetime of zero makes a token that has already expired"},
		{"-5m", "✗ a negative lifetime makes a token that has already expired"},
		{"61m", "✗ 1h 1m is above the 1h of MAX_TOKEN_MINUTES"},
		{"300000000w", "✗ the lifetime is too long: 292 years are the most there can be"},
		{"99999999999999999999s", "✗ the lifetime is too long: 292 years are the most there can be"},
		{"30", "✗ a lifetime needs a unit: 30m is minutes, 30h is hours"},
		{"1.5h", "✗ a lifetime is made of whole numbers: 1h30m, not 1.5h"},
		{"soon", "✗ a lifetime is written 45s, 30m, 1h30m, 7d or until 18:00"},
		{"until 2026-11-23T14:05:12Z", "✗ that moment has passed, the token would have expired"},
	} {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t, limited)
			d.issue.subject.set("ada")
			d.press("tab")
			d.issue.lifetime.set("")
			d.typed(test.text)
			note, tone := d.issue.lifetimeNote(d.Model)
			equal(t, "the note", tone.sign()+note, test.want)
			d.press("tab", "tab", "enter")
			if refused := tone == bad; refused != (d.issue.pane.entry == nil) {
				t.Errorf("refused is %v, but the token is %v", refused, d.issue.pane.entry)
			} else if refused {
				equal(t, "the focus", d.issue.focus, lifetimeField)
			}
		})
	}
}

func TestLifetimeTomorrow(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issue.lifetime.set("1d")
	d.shows("expires 2026-11-24 14:05:12 UTC")
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
		d.issue.lifetime.set(test.from)
		d.press(test.key)
		equal(t, test.key+" from "+test.from, d.issue.lifetime.Value(), test.want)
	}
	d := newDesktop(t)
	d.press("tab")
	d.issue.lifetime.set("45s")
	for _, want := range presets(0)[1:] {
		d.press("down")
		equal(t, "the next preset", d.issue.lifetime.Value(), want)
	}
}

// TestPresetsUpToTheLimit: what MAX_TOKEN_MINUTES refuses is not offered.
func TestPresetsUpToTheLimit(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Lifetime, s.MaxLifetime = 5*time.Minute, 10*time.Minute
	})
	d.press("tab")
	for _, want := range []string{"10m", "10m"} {
		d.press("down")
		equal(t, "the next preset", d.issue.lifetime.Value(), want)
	}
	for _, want := range []string{"5m", "1m", "45s", "45s"} {
		d.press("up")
		equal(t, "the preset before", d.issue.lifetime.Value(), want)
	}
	for _, typed := range []string{"1h", "soon"} {
		for _, key := range []string{"up", "down"} {
			d.issue.lifetime.set(typed)
			d.press(key)
			equal(t, key+" after "+typed, d.issue.lifetime.Value(), "10m")
		}
	}
	equal(t, "presets up to 5m", strings.Join(presets(5*time.Minute), " "), "45s 1m 5m")
}

// TestSubmitGoesToTheFault presses enter with each field wrong.
func TestSubmitGoesToTheFault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, subject, lifetime, claims string
		from, want                      formField
		says                            string
	}{
		{"no subject", "", "30m", "", subjectField, subjectField, "✗ type an email address or a user name"},
		{"two @", "a@b@c", "30m", "", buttonField, subjectField, "✗ an address can have only one @"},
		{"lifetime", "ada", "soon", "", subjectField, lifetimeField, "✗ a lifetime is written 45s, 30m, 1h30m, 7d or until"},
		{"claims", "ada", "30m", "role", subjectField, claimsField, "✗ a claim is name=value for text or name:=json for anything else"},
		{"the first of two", "", "soon", "", lifetimeField, subjectField, "✗ type an email address or a user name"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			d.issue.subject.set(test.subject)
			d.issue.lifetime.set(test.lifetime)
			d.issue.claims.set(test.claims)
			d.issue.claims.check()
			d.issue.moveTo(test.from)
			d.press("ctrl+s")
			equal(t, "the focus", d.issue.focus, test.want)
			equal(t, "tokens on the board", len(d.board.items), 0)
			d.shows(test.says)
		})
	}
}

func TestTabGoesRound(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, want := range []formField{lifetimeField, claimsField, buttonField, subjectField} {
		d.press("tab")
		equal(t, "the focus", d.issue.focus, want)
	}
	for _, want := range []formField{buttonField, claimsField, lifetimeField, subjectField} {
		d.press("shift+tab")
		equal(t, "the focus", d.issue.focus, want)
	}
}

// TestCursor looks whether the cursor stands behind what was typed.
func TestCursor(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}, {40, 10}} {
		d.resize(size[0], size[1])
		d.issue.subject.set("ada")
		for _, field := range []formField{subjectField, lifetimeField, claimsField} {
			d.issue.moveTo(field)
			d.send(nil)
			v := d.View()
			if v.Cursor == nil {
				t.Errorf("no cursor in field %d at %v", field, size)
				continue
			}
			line := []rune(strings.Split(d.screenText(), "\n")[v.Cursor.Y])
			before := strings.TrimSpace(strings.Trim(string(line[:v.Cursor.X]), "│"))
			want := map[formField]string{subjectField: "ada", lifetimeField: "30m", claimsField: ">"}[field]
			if !strings.HasSuffix(before, want) {
				t.Errorf("at %v the cursor of field %d stands behind %q", size, field, before)
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
	d.shows("✓ 3 claims")
	d.press("ctrl+s")
	e := d.issue.pane.entry
	if e == nil {
		t.Fatalf("no token was issued:\n%s", d.screenText())
	}
	for name, want := range map[string]string{"role": `"admin"`, "scopes": `["read","write"]`, "big": "9007199254740993"} {
		raw, _ := e.token.Claims.Get(name)
		equal(t, name, string(raw), want)
	}
}

// TestAgain issues the same request once more, later.
func TestAgain(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issue.claims.set("role=admin")
	d.issue.claims.check()
	first := d.issued("ada")
	d.after(10 * time.Second)
	d.press("r")
	second := d.issue.pane.entry
	if first == second || first.token.Compact == second.token.Compact {
		t.Fatal("nothing new was issued")
	}
	role, _ := second.token.Claims.String("role")
	equal(t, "role", role, "admin")
	iat, _ := second.token.Date("iat")
	equal(t, "iat", iat.Seconds, moment.Unix()+10)
	equal(t, "tokens on the board", len(d.board.items), 2)
	jti, _ := first.token.Claims.String("jti")
	other, _ := second.token.Claims.String("jti")
	if jti == other {
		t.Error("both tokens have the same jti")
	}
}

// TestAgainUntil: a lifetime until a time of day is counted anew.
func TestAgainUntil(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issue.lifetime.set("until 18:00")
	d.issued("ada")
	d.after(time.Hour)
	d.press("r")
	exp, _ := d.issue.pane.entry.token.Date("exp")
	equal(t, "exp", exp.Seconds, time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC).Unix())
}

func TestLeaveThePane(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("esc")
	equal(t, "focus on the token", d.issue.onPane, false)
	equal(t, "the subject", d.issue.subject.Value(), "ada")
	d.press("esc")
	equal(t, "focus on the token", d.issue.onPane, true)
	d.press("n")
	equal(t, "the focus", d.issue.focus, subjectField)
}

func TestKeepsIssuingAfterAnError(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(c *Config, _ *settings.Settings) { c.Rand = failing{} })
	d.typed("ada")
	d.press("enter")
	if d.issue.pane.entry != nil {
		t.Fatal("a token was issued without randomness")
	}
	if d.issue.err == nil {
		t.Fatal("no error is shown")
	}
	d.shows("✗ " + d.issue.err.Error())
	d.typed("x")
	if d.issue.err != nil {
		t.Error("the error stays although something else was typed")
	}
}

// failing is randomness that is not there.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errTest }

// TestPasteIntoForm pastes what is no token.
func TestPasteIntoForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, value, note string }{
		{"ada@example.com", "ada@example.com", ""},
		{"ada@example.com\n", "ada@example.com", "the line break at the end of the pasted text was left out"},
		{"ada\nbob", "", "that has a line break in it: nothing was put in"},
		{"ada\tbob", "", "that has a control character (U+0009) in it: nothing was put in"},
		{"ada\x1b[31m", "", "that has a control character (U+001B) in it: nothing was put in"},
		{"ada\u0085bob", "", "that has a control character (U+0085) in it: nothing was put in"},
		{"ada\u202ebob", "", "that has a character in it that cannot be seen: nothing was put in"},
		{"ada\u200bbob", "", "that has a character in it that cannot be seen: nothing was put in"},
		{"ada\xffbob", "", "that is not valid UTF-8: nothing was put in"},
		{strings.Repeat("x", 2001), "", "that is 2001 characters and there is room for 2000: nothing was put in"},
	} {
		d := newDesktop(t)
		d.paste(test.text)
		equal(t, "the subject", d.issue.subject.Value(), test.value)
		equal(t, "the note", d.issue.subject.note, test.note)
		if test.note != "" {
			d.shows("▲ " + test.note)
		}
	}
	d := newDesktop(t)
	d.typed("ada")
	d.send(tea.PasteMsg{Content: "x\ny"})
	equal(t, "the subject", d.issue.subject.Value(), "ada")
	d.typed("!")
	equal(t, "the note after a good key", d.issue.subject.note, "")
}

// TestLongNotes: a sentence of the form is wrapped, not cut.
func TestLongNotes(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{100, 24}, {80, 24}, {60, 16}, {40, 16}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.issue.lifetime.set("until 25:00")
		d.send(nil)
		d.shows("✗ a moment is written", "2026-12-24 18:00")
		d.hides("…")
		checkSize(t, d, size[0], size[1], true)
	}
}

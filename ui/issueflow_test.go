package ui

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/settings"
)

// TestNameEnterNameEnter: the cursor stays in the subject, whose text the next name replaces, and
// no letter of it is a command.
func TestNameEnterNameEnter(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {40, 12}, {40, 10}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		for i, name := range []string{"bob", "ralph", "carl", "yves", "e.w@b.co", "1user"} {
			d.typed(name)
			if d.View().Cursor == nil {
				t.Fatalf("the subject has no cursor at %v", size)
			}
			d.press("enter")
			equal(t, "tokens on the board", d.ctx.Board.Len(), i+1)
			equal(t, "sub", d.entry().Token.Subject(), name)
			equal(t, "the dialogs", d.over(), "")
		}
		equal(t, "copied", len(d.clip), 0)
		d.press("ctrl+y")
		equal(t, "what was copied last", strings.Join(d.clip, " "), d.entry().Token.Compact)
	}
}

// TestPreviewWithoutLifetime: a lifetime that cannot be read makes no exp in the preview.
func TestPreviewWithoutLifetime(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.shows("exp 14:35:12 UTC")
	d.form("Lifetime")
	d.write("30x")
	d.hides("exp 14:35:12 UTC", "default")
	d.write("10m")
	d.shows("exp 14:15:12 UTC")
}

// TestIssuedLate: a token that takes its time leaves alone what was opened meanwhile.
func TestIssuedLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.typed("ada")
	_, issue := d.Update(keyPress(t, "enter"))
	d.press("f9")
	d.run(issue)
	equal(t, "the dialogs", d.over(), "profiles")
	equal(t, "sub", d.entry().Token.Subject(), "ada")
	d.press("esc", "f3")
	_, issue = d.Update(keyPress(t, "f2"))
	d.run(issue)
	d.typed("bob")
	_, issue = d.Update(keyPress(t, "enter"))
	d.press("f3")
	d.run(issue)
	equal(t, "the screen", d.front(), "Board")
	equal(t, "the subject", d.selected(), "bob")
}

// TestEscDeletesNothing: esc in a field goes to the token and back, and the next name is new.
func TestEscDeletesNothing(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("a@b.co")
	d.press("esc")
	equal(t, "the focus", d.focus(), "Token")
	d.press("esc")
	equal(t, "the subject", d.field("Subject"), "a@b.co")
	d.typed("m") // nothing was issued for it: it goes on
	equal(t, "the subject", d.field("Subject"), "a@b.com")
	d.press("enter", "esc", "esc")
	d.typed("bob") // the next name
	equal(t, "the subject", d.field("Subject"), "bob")
	d.form("Claims")
	d.write("role=admin")
	d.press("esc", "esc")
	equal(t, "the claims", d.field("Claims"), "role=admin")
}

// TestPreviewWhileTyping: what would be issued follows each key, and nothing is used up by it.
func TestPreviewWhileTyping(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Issuer, s.Audience = "https://auth.example.com", []string{"jobs"}
		s.Origins = map[string]string{"ISSUER": "somewhere/.env.staging", "AUDIENCE": "environment"}
	})
	d.shows("Preview: not signed", "iat 14:05:12 UTC", "when it is issued", ".env.staging", "environment", "fresh in every token")
	d.typed("ada-{{n}}")
	d.shows("sub ada-1", "the form {{n}}")
	d.form("Claims")
	d.typed("at={{now+1h}}\nid={{uuid}}\ntext=\\{{n}}\n-jti\nplan")
	d.shows("at 1795446312", "the form {{now+1h}}", `id "{{uuid}}"`, `text "{{n}}"`, "✗ plan has no value yet")
	d.hides("fresh in every token")
	d.typed("=free")
	d.shows("plan free")
	d.press("ctrl+s")
	for name, want := range map[string]string{"sub": `"ada-1"`, "at": "1795446312", "text": `"{{n}}"`, "plan": `"free"`, "jti": ""} {
		value, _ := d.entry().Token.Claims.Get(name)
		equal(t, name, string(value), want)
	}
	if id, _ := d.entry().Token.Claims.String("id"); len(id) != 36 {
		t.Errorf("id is %s", id)
	}
	d.shows("● active", "plan free the form")
}

// TestPreviewOfWrongClaims: the preview has the rows that are right, and says which one is not
// in it.
func TestPreviewOfWrongClaims(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Claims")
	d.typed("role=admin\nplan\nteam=core")
	d.shows("role admin the form", "team core the form", "▲ without row 2")
	d.typed("\nlevel:=[")
	d.shows("▲ without 2 rows")
	d.write("plan=free")
	d.shows("plan free the form")
	d.hides("▲ without", "role admin")
	d.press("ctrl+t") // to JSON
	d.typed("x")
	d.shows("plan free the form", "▲ claims as before the error")
	d.write("")
	d.hides("▲ claims")
	d.form("Header")
	d.typed("typ=at+jwt\nalg=none")
	d.shows("▲ without row 2 of the header", "at+jwt")
}

// TestPreviewComesBack: a change shows the preview, and without it the token is there again.
func TestPreviewComesBack(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.press("enter")
	d.shows("● active")
	d.typed("eve")
	d.shows("Preview: not signed")
	d.hides("● active")
	d.press("ctrl+y")
	equal(t, "copied from a preview", len(d.clip), 0)
	d.press("up")
	equal(t, "the subject", d.field("Subject"), "ada")
	d.shows("● active")
	d.press("down")
	equal(t, "the subject", d.field("Subject"), "eve")
	d.press("ctrl+z", "ctrl+z")
	equal(t, "the subject after undo", d.field("Subject"), "eve")
}

// TestRecent: the arrows go through the subjects of before, each of them once.
func TestRecent(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, name := range []string{"ada", "bob", "ada", "carl"} {
		d.typed(name)
		d.press("enter")
	}
	for _, step := range []struct{ key, want string }{
		{"up", "ada"}, {"up", "bob"}, {"up", "bob"}, {"down", "ada"}, {"down", "carl"}, {"down", "carl"},
	} {
		d.press(step.key)
		equal(t, "the subject after "+step.key, d.field("Subject"), step.want)
	}
	d.after(3 * time.Minute)
	d.shows("Recent", "carl 3m", "bob 3m")
	d.click("bob  ")
	equal(t, "the subject after a click", d.field("Subject"), "bob")
}

// TestFormOfTheToken: the form is always the one that makes the token beside it.
func TestFormOfTheToken(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("somebody")
	d.form("Claims")
	d.typed("plan=free")
	d.read(handmade(t, plainHeader, `{"sub":"realm-user","role":"{{n}}","iat":1795442000,"exp":1795449200}`))
	d.press("r")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the subject", d.field("Subject"), "realm-user")
	equal(t, "the lifetime", d.field("Lifetime"), "2h")
	equal(t, "the claims", d.field("Claims"), `role=\{{n}}`)
	role, _ := d.entry().Token.Claims.String("role")
	equal(t, "role", role, "{{n}}")
	d.shows("● active")
	d.press("esc", "enter")
	role, _ = d.entry().Token.Claims.String("role")
	equal(t, "role of the next", role, "{{n}}")
}

// TestHeaderAndPayload: the form can do what the commands can.
func TestHeaderAndPayload(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.form("Header")
	d.typed("typ=at+jwt\nx:=[1]\nalg=none")
	d.formSays("✗ alg is the algorithm of the key")
	d.press("ctrl+u", "backspace")
	d.press("ctrl+s")
	header, _ := d.entry().Token.Header.MarshalJSON()
	equal(t, "the header", string(header), `{"alg":"HS256","typ":"at+jwt","x":[1]}`)

	d.form("Claims")
	d.press("ctrl+t", "ctrl+t")
	d.shows("Exact payload", "the payload says it", `{"sub":"ada","iat":1795442712`)
	d.press("ctrl+end")
	d.typed(" ")
	d.press("ctrl+s")
	if text, err := base64.RawURLEncoding.DecodeString(d.entry().Token.PayloadSegment); err != nil || !strings.HasSuffix(string(text), "} ") {
		t.Errorf("the payload is %q", text)
	}
	d.press("ctrl+r")
	equal(t, "the dialogs", d.over(), "")
}

// TestClaimsOfTheIssuer may be set and left out, and then nothing else is asked for.
func TestClaimsOfTheIssuer(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Claims")
	d.typed("-sub\nexp={{now+2h}}")
	d.formSays("the claims decide about it", "the exp in the claims wins")
	d.press("ctrl+s")
	claims, _ := d.entry().Token.Claims.Without("jti").MarshalJSON()
	equal(t, "the claims", string(claims), `{"iat":1795442712,"exp":1795449912}`)
	d.shows("issued for nobody")
	d.form("Subject")
	d.typed("ada")
	d.form("Claims")
	d.write("sub:=5")
	d.press("ctrl+s")
	d.formSays("✗ the claims have a sub, too; remove one of the two")
	equal(t, "tokens", d.ctx.Board.Len(), 1)
}

// TestLongSubject shows that it goes on.
func TestLongSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(100, 30)
	d.typed("a-subject-of-37-characters@example.com")
	d.formSays("For …-characters@example.com")
}

// TestRefused: what cannot be signed is said at the field, at once.
func TestRefused(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, weakKey, func(_ *Config, s *settings.Settings) { s.Profile, s.Protected = "production", true })
	d.formSays("For such as ada@example.com ✗ the profile production is protected and does not sign with a weak key")
	d.form("Claims")
	d.press("ctrl+s")
	equal(t, "the focus", d.focus(), "Subject")
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	d.shows("Preview: not signed")
}

// TestWrappedClaims: rows after one that goes on stay rows.
func TestWrappedClaims(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.form("Claims")
	d.typed("text=" + strings.Repeat("0123456789", 5) + "\nrole=admin\nplan=free")
	d.formSays("Claims text=0123456789", "└", "role=admin plan=free")
}

// TestBelowEachOther: the form has three lines over the token, and grows for the claims.
func TestBelowEachOther(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24)
	d.typed("ada")
	d.press("enter")
	lines := strings.Split(d.screenText(), "\n")
	for i, want := range []string{" For        ada", " Good for   30m", " Claims     such as role=admin", "╭─ ada ─"} {
		if !strings.HasPrefix(lines[2+i], want) {
			t.Errorf("line %d is %q, want %q", i, lines[2+i], want)
		}
	}
	d.shows("Issue ⏎", "● active")
	d.press("tab", "tab")
	d.typed("role=admin")
	d.shows("╭─ Claims · rows", "ctrl+t JSON", "Preview: not signed", "role admin the form")
	d.typed("\nexp:=5")
	d.shows("the exp in the claims wins ")
	d.click("For ")
	equal(t, "the focus", d.focus(), "Subject")
	d.shows("Claims role=admin")
}

// TestOneAtATime: in a small window the token takes the place of the form, under a line for the
// next subject.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(40, 10)
	d.typed("ada")
	d.shows("Good for", "Issue ⏎", "enter issue", "f1 help", "ctrl+c quit")
	d.hides("Preview")
	d.press("enter")
	d.shows("For ada", "● active")
	d.hides("Good for")
	d.typed("bob")
	d.shows("For bob", "sub bob")
	d.press("enter", "esc", "y")
	equal(t, "copied", len(d.clip), 1)
	d.press("esc", "tab")
	d.shows("Good for", "Claims")
}

// TestPersonasBelow the form are filled in by a click.
func TestPersonasBelow(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.shows("Personas", "ctrl+p fills the form")
	d.click("  admin ")
	equal(t, "the subject", d.field("Subject"), "ada@shop.example")
	d.shows("persona admin", "role admin persona admin")
	d.hides("changed")
	d.form("Claims")
	d.press("ctrl+home")
	d.typed("x")
	d.shows("persona admin, changed")
}

// TestPersonasBelowDisabled: a persona that is disabled says so.
func TestPersonasBelowDisabled(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, "card:\n  subject: carol\n  lifetime: 15m\n  disabled: true\n"))
	d.shows("card", "carol", "disabled")
}

// TestSelectionIsSeen: the subject is selected after issuing.
func TestSelectionIsSeen(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.press("enter")
	if marked := d.ctx.Env.Theme.Marked.Render("ada"); !strings.Contains(d.View().Content, marked) {
		t.Errorf("ada is not selected:\n%s", ansi.Strip(d.View().Content))
	}
	d.send(tea.KeyPressMsg{Code: tea.KeyEnd})
	d.typed("2")
	equal(t, "the subject", d.field("Subject"), "ada2")
}

// TestUsualLifetimes: where the form has room, the usual lifetimes stand below their field, and a
// click takes one.
func TestUsualLifetimes(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, size := range [][2]int{{120, 40}, {200, 60}} {
		d.resize(size[0], size[1])
		d.shows("5m · 15m · 30m · 1h · 8h")
	}
	d.click("15m · ")
	equal(t, "the lifetime after a click", d.field("Lifetime"), "15m")
	d.form("Lifetime")
	d.press("down", "down")
	equal(t, "the lifetime after two keys", d.field("Lifetime"), "1h")
	d.press("ctrl+t", "ctrl+t")
	d.hides("5m · 15m") // the exact payload has its own exp
	d.press("ctrl+t")
	for _, size := range [][2]int{{80, 24}, {100, 26}} {
		d.resize(size[0], size[1])
		d.hides("5m · 15m")
	}
}

// TestUsualLifetimesUpToTheLimit are those that the settings allow.
func TestUsualLifetimesUpToTheLimit(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = 45 * time.Minute })
	d.shows("↑↓ 1m · 5m · 15m · 30m · 45m")
	d.hides("· 1h")
}

// TestUseIt: below a token with room it says what can be done with it, with the keys of the part
// that has the focus.
func TestUseIt(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.hides("use it")
	d.issued("ada@example.com")
	d.shows("use it    y copy   c as curl or code   w to a file   e edit")
	d.press("esc")
	d.shows("use it    ctrl+y copy   esc, c as curl or code   esc, w to a file")
	d.press("ctrl+y")
	equal(t, "after ctrl+y", d.said().Text, "the token was sent to the clipboard")
	d.press("esc", "c")
	equal(t, "the dialog after esc, c", d.over(), "copyMenu")
	d.press("esc")
	d.resize(80, 24)
	d.hides("use it")
}

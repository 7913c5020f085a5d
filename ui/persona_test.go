package ui

import (
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
)

// A persona fills the form, which stays editable.
func TestPersonaFillsTheForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.typed("somebody")
	d.press("ctrl+p")
	d.shows("Personas", "carla@shop.example  8h")
	d.typed("adm")
	d.hides("carla")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the subject", d.field("Subject"), "ada@shop.example")
	equal(t, "the lifetime", d.field("Lifetime"), "8h")
	equal(t, "the claims", d.field("Claims"),
		"role=admin\nsession={{uuid}}\nat={{now}}\nlevel:=9007199254740993")
	d.shows("filled the form from the persona admin", "persona admin")
	d.shows("an email address")
	d.press("end")
	d.typed("-{{n}}")
	d.shows("filled in for every token", "persona admin, changed")
	d.form("Claims")
	d.press("enter") // the cursor stands at the end
	d.typed("plan=free")
	equal(t, "the claims", d.field("Claims"),
		"role=admin\nsession={{uuid}}\nat={{now}}\nlevel:=9007199254740993\nplan=free")
	d.form("Subject")
	d.press("enter")
	claim := func(name string) string {
		value, _ := d.entry().Token.Claims.Get(name)
		return string(value)
	}
	equal(t, "sub", claim("sub"), `"ada@shop.example-1"`)
	equal(t, "role", claim("role"), `"admin"`)
	equal(t, "at", claim("at"), "1795442712")
	equal(t, "level", claim("level"), "9007199254740993")
	d.shows("ada@shop.example-1 · admin")
	d.press("esc")

	// Values that must be fresh are fresh in the next token.
	session := claim("session")
	d.after(time.Minute)
	d.press("r")
	equal(t, "sub", claim("sub"), `"ada@shop.example-2"`)
	equal(t, "at", claim("at"), "1795442772")
	if claim("session") == session || len(session) != 38 {
		t.Errorf("the sessions are %s and %s", session, claim("session"))
	}
	d.press("f3")
	d.shows("ada@shop.example-1", "ada@shop.example-2", "admin", d.ctx.Desk.Key().Fingerprint())
	d.press("/")
	d.typed("admin")
	d.shows("2 tokens")
}

// A placeholder that is none is said, and with a backslash it is text.
func TestPersonaPlaceholders(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.press("ctrl+p", "enter", "tab", "tab")
	d.write("id={{uid}} ")
	d.shows("✗ id: there is no such placeholder; write {{uuid}}")
	d.press("ctrl+s")
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	d.write(`x:={"{{n}}":1} `)
	d.shows("✗ x: a name contains a placeholder; use placeholders")
	d.form("Subject")
	d.write("{{uid}}")
	d.form("Claims")
	d.write("")
	d.shows("✗ there is no such placeholder")
	d.form("Subject")
	d.write("")
	d.hides("persona admin")
	d.press("tab", "tab")
	d.typed(`id=\{{uid}}`)
	d.issued("ada")
	id, _ := d.entry().Token.Claims.String("id")
	equal(t, "id", id, "{{uid}}")
}

// A persona signs with the key that it names.
func TestPersonaKey(t *testing.T) {
	t.Parallel()
	const text = "signer: {subject: ada, algorithm: EdDSA}\nnamed: {subject: ada, key: 2026-11}\nplain: {subject: ada}\n"
	d := newDesktop(t, pairs(t), personasOf(t, text))
	d.press("ctrl+p", "enter", "enter")
	for _, want := range []string{"EdDSA", "EdDSA", "ES256"} {
		e := d.entry()
		equal(t, "the algorithm", string(e.Token.Algorithm()), want)
		equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
		d.press("ctrl+p", "down")
		if want == "EdDSA" && d.ctx.Board.Len() == 2 {
			d.press("down")
		}
		d.press("enter", "enter")
	}
	d.press("f3")
	d.shows(d.set.Keys[1].Fingerprint()+" EdDSA", d.set.Keys[0].Fingerprint()+" ES256")

	// With another key it does not sign.
	e := d.entry()
	persona := *e.Draft.Persona
	persona.Algorithm, persona.Key = auth.RS256, ""
	e.Draft.Persona = &persona
	d.press("r")
	d.shows("signs with RS256, but the key is for ES256")
}

// What a persona does not say is left, or is that of the settings; claims that no
// row can hold become JSON.
func TestPersonaWithoutSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.typed("somebody")
	d.press("ctrl+p", "down", "down", "enter")
	equal(t, "the subject", d.field("Subject"), "somebody")
	equal(t, "the lifetime", d.field("Lifetime"), "30m")
	d.shows("Claims as JSON")
	equal(t, "the claims", d.field("Claims"), "{\n\"a=b\": 1\n}")
}

func TestPersonaRefused(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"signer": ":8:1: the persona signer signs with ES256, but the key is for HS256",
		"other":  `:9:1: the persona other signs with the key "elsewhere", which is not configured`,
	} {
		d := newDesktop(t, personasOf(t, somePersonas))
		d.typed("ada")
		d.press("ctrl+p")
		d.typed(name)
		d.press("enter")
		equal(t, "the subject", d.field("Subject"), "ada")
		equal(t, "the lifetime", d.field("Lifetime"), "30m")
		if !strings.Contains(d.messages.last.Text, want) {
			t.Errorf("%s: it says %q", name, d.messages.last.Text)
		}
	}
}

func TestNoPersonas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":            "there are no personas; ctrl+r saves the form as one",
		"a: {b: c}\n": `:1:5: a persona has no member "b"; `,
	} {
		d := newDesktop(t, personasOf(t, text))
		d.press("ctrl+p")
		d.shows("Screens", want)
	}
	d := newDesktop(t) // a throw-away key has no file
	d.press("ctrl+p")
	d.shows("there are no personas; ctrl+r saves the form as one")
}

// The keys move through the list, esc and the wheel too.
func TestPersonaKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	all := d.commands()
	last := "▌ " + all[len(all)-1].Title
	d.press("ctrl+p", "up")
	d.shows(last)
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	d.shows("▌ customer")
	d.press("ctrl+n")
	d.shows("▌ admin")
	d.press("ctrl+p", "ctrl+p")
	d.shows(last)
	d.typed("nobody at all")
	d.press("enter", "down")
	d.shows("nothing matches")
	equal(t, "the dialogs over the screen", d.over(), "Palette")
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
	_, read := d.Update(keyPress(t, "ctrl+p"))
	d.press("esc", "f3")
	d.run(read)
	equal(t, "the dialogs over another screen", d.over(), "")
}

// The form is kept under a name, below what is in the file, and can be chosen.
func TestSavePersona(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("ctrl+r") // without a file there is nowhere to keep it
	equal(t, "the dialogs over the screen", d.over(), "")
	d = newDesktop(t, personasOf(t, "# Mine.\na: {}  # here\n"))
	d.typed("ada@example.com")
	d.press("tab", "tab")
	d.typed("role=admin\nid={{uuid}}\nlist:=[1,2]")
	d.press("ctrl+r")
	d.shows("Save as persona", "added at the end of ")
	d.press("enter")
	d.shows("type a name")
	d.typed("a")
	d.press("enter")
	d.shows("there is already a persona with that name")
	d.typed("da")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	if want := "the persona ada was added to "; !strings.HasPrefix(d.messages.last.Text, want) {
		t.Errorf("it says %q", d.messages.last.Text)
	}
	text, err := os.ReadFile(d.set.PersonasFile)
	const want = "# Mine.\na: {}  # here\n\nada:\n  subject: ada@example.com\n" +
		"  lifetime: 30m\n  claims:\n    role: admin\n    id: \"{{uuid}}\"\n    list: [1, 2]\n"
	if err != nil || string(text) != want {
		t.Errorf("the file is\n%s, %v", text, err)
	}
	d.press("ctrl+p", "down", "enter")
	equal(t, "the claims", d.field("Claims"), "role=admin\nid={{uuid}}\nlist:=[1,2]")
}

// What is wrong with the form is said there, but a persona needs no subject.
func TestSavePersonaOfABadForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, ""))
	d.press("ctrl+r")
	equal(t, "the dialogs over the form without a subject", d.over(), "Prompt")
	d.press("esc", "tab")
	d.write("never")
	d.press("ctrl+r")
	equal(t, "the dialogs over a bad lifetime", d.over(), "")
	equal(t, "the focus", d.focus(), "Lifetime")
	d.write("1h")
	d.press("tab")
	d.typed("x:={")
	d.press("ctrl+r")
	equal(t, "the dialogs over bad claims", d.over(), "")
	d.write("")
	d.press("shift+tab", "shift+tab")
	d.typed("a@b@c")
	d.press("ctrl+r")
	equal(t, "the dialogs over a bad subject", d.over(), "")
	equal(t, "the focus", d.focus(), "Subject")
}

// A disabled persona stands in the palette with the reason, and neither fills the form nor makes
// a token there.
func TestPersonaDisabledInThePalette(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, team))
	d.press("ctrl+p")
	d.typed("locked")
	d.shows("it is disabled: z on the screen Personas enables it")
	d.press("enter")
	d.shows("locked cannot be used now: it is disabled: z on the screen Personas enables it.")
	equal(t, "the subject", d.field("Subject"), "")
}

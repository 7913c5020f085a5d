package old

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
)

const somePersonas = `
customer:
  subject: carla@shop.example
  lifetime: 8h
  claims: {role: customer, session: "{{uuid}}", at: "{{now}}", level: 9007199254740993}
admin: {extends: customer, subject: ada@shop.example, claims: {role: admin}}
guest: {claims: {"a=b": 1}}
signer: {algorithm: ES256}
other: {key: elsewhere}
past: {lifetime: until 2020-01-01}
`

// manyPersonas are more than a small screen has lines.
var manyPersonas = somePersonas + func() string {
	var b strings.Builder
	for n := range 30 {
		fmt.Fprintf(&b, "user-%02d: {subject: user%02d@shop.example, lifetime: %dm}\n", n, n, n+1)
	}
	return b.String()
}()

// personas opens the picker with a file of that text.
func (d *desktop) personas(text string) {
	d.t.Helper()
	d.set.PersonasFile = filepath.Join(d.t.TempDir(), "personas.yaml")
	if err := os.WriteFile(d.set.PersonasFile, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.press("ctrl+p")
}

// A persona fills the form, which stays editable.
func TestPersonaFillsTheForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("somebody")
	d.personas(somePersonas)
	d.shows("Personas", "carla@shop.example  8h")
	d.typed("adm")
	d.hides("carla")
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "the subject", d.issue.subject.Value(), "ada@shop.example")
	equal(t, "the lifetime", d.issue.lifetime.Value(), "8h")
	equal(t, "the claims", d.issue.claims.Value(),
		"role=admin\nsession={{uuid}}\nat={{now}}\nlevel:=9007199254740993")
	d.shows("the form is filled with the persona admin", "New token · admin")
	d.typed("-{{n}}")
	d.press("enter")
	claim := func(name string) string {
		value, _ := d.issue.pane.entry.token.Claims.Get(name)
		return string(value)
	}
	equal(t, "sub", claim("sub"), `"ada@shop.example-1"`)
	equal(t, "role", claim("role"), `"admin"`)
	equal(t, "at", claim("at"), "1795442712")
	equal(t, "level", claim("level"), "9007199254740993")
	d.shows("Token · admin")

	// What must be fresh is so in the next one.
	session := claim("session")
	d.after(time.Minute)
	d.press("r")
	equal(t, "sub", claim("sub"), `"ada@shop.example-2"`)
	equal(t, "at", claim("at"), "1795442772")
	if claim("session") == session || len(session) != 38 {
		t.Errorf("the sessions are %s and %s", session, claim("session"))
	}
	d.goTo(screenBoard)
	d.shows("ada@shop.example-1", "ada@shop.example-2", "admin", d.desk.key().Fingerprint())
	d.press("/")
	d.typed("admin")
	d.shows("2 tokens")
}

// In the form of a persona a placeholder that is none is said, and once the form is
// empty placeholders are text again.
func TestPersonaPlaceholders(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.personas(somePersonas)
	d.press("enter", "tab", "tab")
	d.issue.claims.set("id={{uid}}")
	d.press("end")
	d.typed(" ")
	d.shows("✗ id: there is no such placeholder")
	d.press("ctrl+s")
	equal(t, "tokens", len(d.board.items), 0)
	d.issue.claims.set(`x:={"{{n}}":1}`)
	d.typed(" ")
	d.shows("✗ x: a name contains a placeholder")
	d.issue.claims.set("")
	d.issue.moveTo(subjectField)
	d.issue.subject.set("{{uid}}")
	d.shows("✗ there is no such placeholder")
	d.issue.subject.set("a")
	d.press("backspace")
	d.hides("New token ·")
	d.press("tab", "tab")
	d.typed("id={{uid}}")
	d.issued("ada")
	id, _ := d.issue.pane.entry.token.Claims.String("id")
	equal(t, "id", id, "{{uid}}")
}

// A persona signs with the key that it names.
func TestPersonaKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, pairs(t))
	d.personas("signer: {subject: ada, algorithm: EdDSA}\nnamed: {subject: ada, key: 2026-11}\nplain: {subject: ada}\n")
	d.press("enter", "enter")
	for _, want := range []string{"EdDSA", "EdDSA", "ES256"} {
		e := d.issue.pane.entry
		equal(t, "the algorithm", string(e.token.Algorithm()), want)
		equal(t, "the verdict", e.result.Verdict, auth.VerdictValid)
		d.goTo(screenIssue)
		d.press("esc", "ctrl+p", "down")
		if want == "EdDSA" && len(d.board.items) == 2 {
			d.press("down")
		}
		d.press("enter", "enter")
	}
	d.goTo(screenBoard)
	d.shows("EdDSA  "+d.set.Keys[1].Fingerprint(), "ES256  "+d.set.Keys[0].Fingerprint())

	// With another key it does not sign.
	p := d.board.selected.draft
	p.persona.Algorithm, p.persona.Key = auth.RS256, ""
	d.send(d.desk.issue(p)())
	if !strings.Contains(d.said.text, "signs with RS256, but the key is for ES256") {
		t.Errorf("it says %q", d.said.text)
	}
}

// What a persona does not say is left, or is that of the settings; claims that no
// row can hold become JSON.
func TestPersonaWithoutSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("somebody")
	d.personas(somePersonas)
	d.press("down", "down", "enter")
	equal(t, "the subject", d.issue.subject.Value(), "somebody")
	equal(t, "the lifetime", d.issue.lifetime.Value(), "30m")
	equal(t, "the form of the claims", d.issue.claims.asJSON, true)
	equal(t, "the claims", d.issue.claims.Value(), "{\n  \"a=b\": 1\n}")
}

func TestPersonaRefused(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"signer": ":8:1: the persona signer signs with ES256, but the key is for HS256",
		"other":  `:9:1: the persona other signs with the key "elsewhere", which is not configured`,
	} {
		d := newDesktop(t)
		d.typed("ada")
		d.personas(somePersonas)
		d.typed(name)
		d.press("enter")
		equal(t, "the subject", d.issue.subject.Value(), "ada")
		equal(t, "the lifetime", d.issue.lifetime.Value(), "30m")
		if !strings.Contains(d.said.text, want) {
			t.Errorf("%s: it says %q", name, d.said.text)
		}
	}
}

func TestNoPersonas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":            "there are no personas: write them into ",
		"a: {b: c}\n": `:1:5: a persona has no member "b"; `,
	} {
		d := newDesktop(t)
		d.personas(text)
		equal(t, "the overlay", d.overlay, overlayNone)
		if !strings.Contains(d.said.text, want) {
			t.Errorf("it says %q, want %s", d.said.text, want)
		}
	}
	d := newDesktop(t) // a throw-away key has no file
	d.press("ctrl+p")
	d.shows("there are no personas: write them into personas.yaml")
}

// The keys move through the list, esc and the wheel too, and a late answer is
// dropped.
func TestPersonaKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.personas(somePersonas)
	d.press("up")
	equal(t, "the cursor", d.Model.personas.cursor, 5)
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	equal(t, "the cursor", d.Model.personas.cursor, 0)
	d.typed("nobody")
	d.press("enter", "down")
	equal(t, "the overlay", d.overlay, overlayPersonas)
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayNone)
	d.goTo(screenBoard)
	d.send(personasMsg{personas: d.Model.personas.all})
	equal(t, "the overlay on another screen", d.overlay, overlayNone)
}

// The form is kept under a name, below what is in the file, and can be chosen.
func TestSavePersona(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("ctrl+r") // without a file there is nowhere to keep it
	equal(t, "the overlay", d.overlay, overlayNone)
	d.personas("# Mine.\na: {}  # here\n")
	d.press("esc")
	d.typed("ada@example.com")
	d.press("tab", "tab")
	d.typed("role=admin\nid={{uuid}}\nlist:=[1,2]")
	d.press("ctrl+r")
	d.shows("Save as persona", "added below the others in ")
	d.press("enter")
	d.shows("type a name")
	d.typed("a")
	d.press("enter")
	d.shows("there is already a persona with that name")
	d.typed("da")
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	if want := "the persona ada was added to "; !strings.HasPrefix(d.said.text, want) {
		t.Errorf("it says %q", d.said.text)
	}
	text, err := os.ReadFile(d.set.PersonasFile)
	const want = "# Mine.\na: {}  # here\n\nada:\n  subject: ada@example.com\n  lifetime: \"30m\"\n  claims:\n    role: admin\n    id: \"{{uuid}}\"\n    list: [1, 2]\n"
	if err != nil || string(text) != want {
		t.Errorf("the file is\n%s, %v", text, err)
	}
	d.press("ctrl+p", "down", "enter")
	equal(t, "the claims", d.issue.claims.Value(), "role=admin\nid={{uuid}}\nlist:=[1,2]")
}

// What is wrong with the form is said there, but a persona needs no subject.
func TestSavePersonaOfABadForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.personas("")
	d.press("ctrl+r")
	equal(t, "the overlay without a subject", d.overlay, overlaySave)
	d.press("esc")
	d.press("tab")
	d.issue.lifetime.set("never")
	d.press("ctrl+r")
	equal(t, "the overlay with a bad lifetime", d.overlay, overlayNone)
	equal(t, "the focus", d.issue.focus, lifetimeField)
	d.issue.lifetime.set("1h")
	d.press("tab")
	d.typed("x:={")
	d.press("ctrl+r")
	equal(t, "the overlay with bad claims", d.overlay, overlayNone)
	d.issue.claims.fill(nil)
	d.press("shift+tab", "shift+tab")
	d.typed("a@b@c")
	d.press("ctrl+r")
	equal(t, "the overlay with a bad subject", d.overlay, overlayNone)
	equal(t, "the focus", d.issue.focus, subjectField)
}

package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/ledger"
)

// team are personas with something for every column.
const team = `# The users of the shop.

customer: # buys
  subject: carla@shop.example
  lifetime: 8h
  claims: {role: customer, session: "{{uuid}}"}

# They may read everything.
support:
  extends: customer
  subject: sam@shop.example
  claims:
    roles: [support, reader]

signer: {subject: sue, algorithm: ES256}
guest: {claims: {tenant: 7}}
locked: {subject: lou, disabled: true, claims: {scope: "jobs:read jobs:write"}}
`

// people opens the screen of the personas.
func people(t *testing.T, text string, keys ...string) *desktop {
	t.Helper()
	d := newDesktop(t, personasOf(t, text))
	d.press("f6")
	d.press(keys...)
	return d
}

// fileText returns the text of the personas file.
func (d *desktop) fileText() string {
	d.t.Helper()
	text, err := os.ReadFile(d.set.PersonasFile)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// others replaces a text in the personas file as another program does.
func (d *desktop) others(from, to string) {
	d.t.Helper()
	text := strings.Replace(d.fileText(), from, to, 1)
	if err := os.WriteFile(d.set.PersonasFile, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// row returns the line of a persona in the list.
func (d *desktop) row(name string) string {
	d.t.Helper()
	for line := range strings.SplitSeq(d.screenText(), "\n") {
		if strings.Contains(line, "╭") {
			continue
		}
		if line, _, _ = strings.Cut(strings.TrimPrefix(line, "│"), "│"); strings.Contains(" "+line, " "+name+" ") {
			return strings.Join(strings.Fields(line), " ")
		}
	}
	d.t.Fatalf("there is no %s:\n%s", name, d.screenText())
	return ""
}

// The list has the subject, the roles, the key, the live tokens and when the last was issued;
// what is disabled or has no key says so in a word.
func TestPersonasList(t *testing.T) {
	t.Parallel()
	d := people(t, team)
	d.resize(180, 40)
	d.shows("5 Personas", "5 personas · 1 disabled", "NAME SUBJECT ROLES KEY ACTIVE")
	equal(t, "customer", d.row("customer"), "▌ ○ customer carla@shop.example customer abc5cd36")
	equal(t, "support", d.row("support"), "○ support sam@shop.example customer, support, reader abc5cd36")
	equal(t, "signer", d.row("signer"), "▲ signer sue no key")
	equal(t, "guest", d.row("guest"), "○ guest no subject abc5cd36")
	equal(t, "locked", d.row("locked"), "– locked lou jobs:read, jobs:write abc5cd36 disabled")
	d.press("enter", "enter")
	d.after(90 * time.Second)
	equal(t, "customer with tokens", d.row("customer"), "▌ ● customer carla@shop.example customer abc5cd36 2 1m ago")
	d.after(8 * time.Hour)
	equal(t, "customer later", d.row("customer"), "▌ ○ customer carla@shop.example customer abc5cd36 8h ago")
}

// What was issued in an earlier run, or by a command, counts too: the ledger knows.
func TestPersonasLastIssued(t *testing.T) {
	t.Parallel()
	file, err := filepath.Abs(".env")
	if err != nil {
		t.Fatal(err)
	}
	row := func(persona, settings string, before time.Duration) ledger.Row {
		r := ledgerRow(t, "ada", before, time.Minute)
		r.Persona, r.Settings = persona, settings
		return r
	}
	d := newDesktop(t, personasOf(t, team), withLedger(t,
		row("customer", file, 72*time.Hour), row("customer", file, 5*time.Hour), row("support", "/elsewhere/.env", time.Hour)))
	d.press("f6")
	d.resize(180, 40)
	equal(t, "customer", d.row("customer"), "▌ ○ customer carla@shop.example customer abc5cd36 5h ago")
	equal(t, "support of another project", d.row("support"), "○ support sam@shop.example customer, support, re… abc5cd36")
	d.press("enter")
	equal(t, "customer", strings.HasSuffix(d.row("customer"), "1 0s ago"), true)
}

// The list narrows while the user types, by any of its columns and by the claims.
func TestPersonasSearch(t *testing.T) {
	t.Parallel()
	d := people(t, team)
	for text, want := range map[string]string{
		"SAM": "support", "reader": "support", "jobs:w": "locked", "es256": "signer", "tenant": "guest", "disab": "locked",
	} {
		d.press("/")
		d.typed(text)
		d.shows("1 of 5 personas")
		d.row(want)
		d.press("esc")
	}
	d.press("/")
	d.typed("zzz")
	d.shows("Nothing matches. esc clears the filter.", "nothing is selected")
	d.press("enter", "enter", "x", "e") // nothing to do it with
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	d.press("esc")
	d.shows("5 personas · 1 disabled")
	d.press("/")
	d.typed("shop")
	d.press("down", "enter") // keeps it
	equal(t, "typing", d.typing(), false)
	d.shows("2 of 5 personas", "/ shop")
}

// A secret in the file stands in the list as a sign with a word, and beside it as a sentence
// with its line. It goes when it is removed from the file.
func TestPersonasSecrets(t *testing.T) {
	t.Parallel()
	d := people(t, "ada: {subject: ada}\nbob:\n  subject: bob\n  claims:\n    password: Tr0ub4dor9qx\n")
	d.resize(120, 40)
	d.shows("2 personas · ▲ 1 secret")
	equal(t, "ada", d.row("ada"), "▌ ○ ada ada abc5cd36")
	equal(t, "bob", d.row("bob"), "▲ bob · secret bob abc5cd36")
	d.hides("personas.yaml:5")
	d.press("down")
	d.shows("✗ personas.yaml:5: the claim \"password\" of bob is probably a secret, going by its name and value; " +
		"remove it: the file is shared")
	d.press("/")
	d.typed("secret")
	d.shows("1 of 2 personas")
	d.press("esc", "m", "enter")
	d.shows("3 personas · ▲ 2 secrets")
	d.press("u")
	d.shows("▲ 1 secret")
	d.others("password: Tr0ub4dor9qx", "role: admin")
	d.press("f2", "f6")
	d.hides("secret")
}

// Enter issues for the selected persona, which stays selected; its token can be copied.
func TestPersonasIssue(t *testing.T) {
	t.Parallel()
	d := people(t, team, "enter")
	d.shows("issued for carla@shop.example, and on the board", "● active", "2 Board 1")
	equal(t, "the selected one", d.row("customer")[:len("▌")], "▌")
	d.press("y")
	equal(t, "the clipboard", d.clip[len(d.clip)-1], d.entry().Token.Compact)
	d.press("down")
	d.shows("support · not signed")
	d.press("y") // it has no token
	equal(t, "copies", len(d.clip), 1)
	d.press("up")
	d.shows("customer · not signed")
	d.press("ctrl+y")
	equal(t, "copies", len(d.clip), 2)
	d.press("down", "down", "enter")
	d.shows("signs with ES256, but the key is for HS256")
	d.press("down", "down", "enter") // it is disabled
	equal(t, "tokens", d.ctx.Board.Len(), 1)
	d.find("issue a token for the persona")
	d.press("enter")
	d.shows("the persona is disabled: z enables it")
	d.press("esc", "up", "enter") // one without a subject is asked for it in the form
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the claims", d.field("Claims"), "tenant:=7")
}

// Beside the list stands what the next token would have, with where each claim comes from, and
// where the persona is; tab goes there.
func TestPersonasPreview(t *testing.T) {
	t.Parallel()
	d := people(t, team, "down")
	d.resize(200, 40)
	d.shows("support · not signed", "personas.yaml:9", "sub sam@shop.example persona support",
		"exp 22:05:12 UTC 1795471512 persona customer", `session "{{uuid}}" persona customer {{uuid}}`,
		"jti fresh in every token random", "alg HS256")
	d.shows("8 # They may read everything.", "9 support:", "t edits it")
	d.press("tab")
	d.press("v")
	equal(t, "the clipboard", d.clip[0], "sam@shop.example")
	d.press("esc", "end")
	d.shows("▲ disabled: no token is issued for it; z enables it", "personas.yaml:17")
	d.press("up", "up")
	d.shows("✗ the persona signer signs with ES256, but the key is for HS256")
	d.resize(40, 12)
	d.hides("not signed")
	d.press("home", "tab")
	d.shows("sub carla@shop.example")
	d.press("esc")
	d.shows("5 personas")
}

// A persona fills the form, where it can be changed before a token is issued.
func TestPersonasFill(t *testing.T) {
	t.Parallel()
	d := people(t, team, "down", "o")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the subject", d.field("Subject"), "sam@shop.example")
	d.shows("persona support")
}

// A new persona is written at the end of the file, which n creates.
func TestPersonasNew(t *testing.T) {
	t.Parallel()
	d := people(t, "")
	if err := os.Remove(d.set.PersonasFile); err != nil {
		t.Fatal(err)
	}
	d.press("f3", "f6")
	d.shows("No personas yet.", "n make the first one: it is written to personas.yaml", "It will look like this:", "carla@shop.example")
	d.press("n", "enter")
	d.shows("New persona", "✗ the persona has no name; type one, such as support")
	d.typed("a b")
	d.shows("✗ this cannot be the name of a persona")
	d.write("support")
	d.press("tab")
	d.typed("sam@shop.example")
	d.press("tab")
	d.typed("never")
	d.shows("✗ ")
	d.press("enter")
	d.write("8h")
	d.shows("now until 22:05:12 UTC", "exp 22:05:12 UTC")
	d.press("tab", "tab", "tab", "tab")
	d.typed("role=")
	d.shows("role")
	d.typed("support")
	d.press("enter")
	d.typed("-x")
	d.press("ctrl+s")
	d.shows("✗ a persona cannot leave out a claim; remove -x")
	d.press("backspace", "backspace", "ctrl+s")
	d.shows("wrote support to personas.yaml · u undoes it", "1 persona")
	equal(t, "the file", d.fileText(), "support:\n  subject: sam@shop.example\n  lifetime: 8h\n  claims:\n    role: support\n")
	d.press("u")
	d.shows("undone: the new persona support", "No personas yet.")
}

// The form changes a persona and its name, keeps comments and order, and shows what the token
// would have.
func TestPersonasForm(t *testing.T) {
	t.Parallel()
	d := people(t, team, "e")
	d.shows("Edit customer", "For carla@shop.example", "Good for 8h", "Extends nobody", "Preview: not signed")
	d.write("cleo@shop.example")
	d.shows("sub cleo@shop.example persona customer", "▲ not saved")
	d.press("tab", "tab", "tab", "tab", "tab")
	d.press("ctrl+t")
	d.shows(`"role": "customer"`)
	d.press("ctrl+t", "ctrl+end", "enter")
	d.typed("plan=gold")
	d.shows("plan gold persona customer")
	d.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
	d.write("support")
	d.shows("✗ there is already a persona with that name; choose another one")
	d.press("enter")
	d.shows("Edit customer")
	d.write("buyer")
	d.press("enter")
	d.shows("wrote buyer to personas.yaml")
	equal(t, "the selected one", strings.HasPrefix(d.row("buyer"), "▌"), true)
	for _, want := range []string{
		"# The users of the shop.\n\nbuyer: # buys\n  subject: cleo@shop.example\n", "plan: gold", "extends: buyer",
		"# They may read everything.",
	} {
		if !strings.Contains(d.fileText(), want) {
			t.Errorf("the file has no %q:\n%s", want, d.fileText())
		}
	}
	d.press("u")
	equal(t, "the file after undo", d.fileText(), team)
}

// The choices of the form: a parent that makes no circle, a shape, a key that is configured.
func TestPersonasChoices(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, pairs(t), personasOf(t, team))
	d.press("f6", "e", "tab", "tab")
	d.shows("‹ nobody ›")
	d.typed("s") // support extends customer
	d.shows("‹ signer ›", "inherits everything that is not set here")
	d.press("tab")
	d.typed("k")
	d.shows("‹ keycloak-access ›")
	d.press("left", "right", "tab")
	d.press("right")
	d.shows("‹ ES256 0b9827fa ›")
	d.press("right")
	d.shows("‹ EdDSA ", "key 2026-11")
	d.press("tab", "tab", "space")
	d.shows("‹ yes ›  no token is issued for it")
	d.press("enter")
	d.shows("wrote customer to personas.yaml")
	for _, want := range []string{"extends: signer", "shape: keycloak-access", `key: "2026-11"`, "disabled: true"} {
		if !strings.Contains(d.fileText(), want) {
			t.Errorf("the file has no %q:\n%s", want, d.fileText())
		}
	}
}

// What was typed is thrown away only after a question, and stays while the user looks at
// another screen.
func TestPersonasLeave(t *testing.T) {
	t.Parallel()
	d := people(t, team, "e", "esc")
	d.shows("5 personas")
	d.press("e")
	d.typed("x")
	d.press("f3", "f6")
	d.shows("For carla@shop.examplex")
	d.press("esc")
	d.shows("esc again discards what you typed", "Edit customer")
	d.press("esc")
	d.shows("your changes were discarded", "5 personas")
	equal(t, "the file", d.fileText(), team)
}

// The text of a persona is edited with its comments; an error has its line.
func TestPersonasYAML(t *testing.T) {
	t.Parallel()
	d := people(t, team, "down", "t")
	d.shows("support as YAML", "1 # They may read everything.", "2 support:", "the text from the file, with its comments")
	d.press("ctrl+end", "enter")
	d.press("backspace", "backspace")
	d.typed("plam: x")
	d.shows("✗ 7   plam: x", "a persona has no member \"plam\"")
	if at := d.View().Cursor; at == nil {
		t.Error("there is no cursor")
	}
	d.press("ctrl+s")
	d.shows("fix this first, then save it", "support as YAML")
	d.press("end", "ctrl+u")
	d.typed("  lifetime: 5m")
	d.shows("✓ the text is valid", "exp 14:10:12 UTC")
	d.press("ctrl+s")
	d.shows("wrote support to personas.yaml")
	for _, want := range []string{"# They may read everything.\nsupport:\n  extends: customer\n", "\n  lifetime: 5m\n"} {
		if !strings.Contains(d.fileText(), want) {
			t.Errorf("the file has no %q:\n%s", want, d.fileText())
		}
	}
}

// A copy, disabling and a removal, each of which u undoes.
func TestPersonasChanges(t *testing.T) {
	t.Parallel()
	d := people(t, team, "down", "m")
	d.shows("Copy of support")
	d.write("signer")
	d.press("enter")
	d.shows("there is already a persona with that name")
	d.write("helper")
	d.press("enter")
	d.shows("helper is a copy of support", "6 personas")
	equal(t, "the selected one", strings.HasPrefix(d.row("helper"), "▌"), true)
	d.press("z")
	d.shows("helper is disabled: no token is issued for it", "6 personas · 2 disabled")
	d.press("z")
	d.shows("helper is enabled again")
	d.press("x")
	d.shows("helper was removed from personas.yaml · u puts it back", "5 personas")
	d.press("u")
	equal(t, "the selected one", strings.HasPrefix(d.row("helper"), "▌"), true)
	d.press("u", "u", "u")
	equal(t, "the file after undo", d.fileText(), team)
	d.press("home", "x")
	d.shows("support")
	equal(t, "the file after a removal that support needs", d.fileText(), team)
	d.find("rename")
	d.press("enter")
	d.typed("buyer")
	d.press("enter")
	d.shows("wrote buyer to personas.yaml")
	d.press("u", "u")
	equal(t, "the file at last", d.fileText(), team)
}

// A change of somebody else is seen when a persona is saved, shown, and not overwritten: the
// user's change can be made in the new file, or given up.
func TestPersonasConflict(t *testing.T) {
	t.Parallel()
	open := func() *desktop {
		d := people(t, team, "e")
		d.write("cleo@shop.example")
		d.others("lifetime: 8h", "lifetime: 1h")
		d.others("tenant: 7", "tenant: 8")
		d.press("enter")
		d.shows("▲ personas.yaml was changed by another program", "Nothing was written. Your changes are still in the form.",
			"customer has another lifetime", "guest has another claim tenant", "theirs: lifetime 1h instead of 8h")
		if strings.Contains(d.fileText(), "cleo") {
			t.Error("it was written")
		}
		return d
	}
	d := open()
	d.press("esc")
	d.shows("Edit customer", "cleo@shop.example")
	d.press("enter", "r")
	d.shows("wrote customer to personas.yaml")
	for _, want := range []string{"cleo@shop.example", "lifetime: 1h", "tenant: 8"} {
		if !strings.Contains(d.fileText(), want) {
			t.Errorf("the file has no %q:\n%s", want, d.fileText())
		}
	}
	d = open()
	d.press("t")
	d.shows("the file stays as the other program left it", "carla@shop.example")
	d.hides("Edit customer")

	// The persona is not there any more.
	d = people(t, team, "end", "e")
	d.write("lena")
	d.others("locked: {subject: lou, disabled: true, claims: {scope: \"jobs:read jobs:write\"}}\n", "")
	d.press("enter")
	d.shows("locked was removed")
	d.press("r")
	d.shows("wrote locked to personas.yaml")
	if !strings.Contains(d.fileText(), "locked:\n  subject: lena\n") {
		t.Errorf("the file is\n%s", d.fileText())
	}

	// A text is written as it is.
	d = people(t, team, "t")
	d.press("ctrl+end", "enter")
	d.typed("key: k1")
	d.others("lifetime: 8h", "lifetime: 1h")
	d.press("ctrl+s")
	d.shows("customer has another lifetime")
	d.press("r")
	d.shows("wrote customer")
	if !strings.Contains(d.fileText(), "lifetime: 8h") || !strings.Contains(d.fileText(), "key: k1") {
		t.Errorf("the file is\n%s", d.fileText())
	}

	// Other changes are not made in a file that the user has not seen.
	d = people(t, team, "end")
	d.others("tenant: 7", "tenant: 8")
	d.press("x")
	d.shows("personas.yaml was changed by another program: guest has another claim tenant", "nothing was written")
	d.press("x")
	d.shows("locked was removed from personas.yaml")
	d.press("u")
	d.shows("undone: the removal of locked")
}

// A change that was noticed while a persona was edited is not overwritten either.
func TestPersonasNoticedConflict(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	p.write("personas.yaml", team)
	p.press("f6", "e")
	p.look()
	p.desktop.write("cleo@shop.example")
	p.write("personas.yaml", strings.Replace(strings.Replace(team, "lifetime: 8h", "lifetime: 1h", 1), "lou, disabled: true", "lou", 1))
	p.look()
	p.shows("customer has another lifetime, locked was enabled")
	p.press("enter")
	p.shows("theirs: lifetime 1h instead of 8h")
	p.press("r")
	p.shows("wrote customer to personas.yaml")
	text, err := os.ReadFile(filepath.Join(p.dir, "personas.yaml"))
	if err != nil || !strings.Contains(string(text), "lifetime: 1h") || !strings.Contains(string(text), "cleo") {
		t.Errorf("the file is\n%s", text)
	}

	// A change of others does not matter.
	p.press("e")
	p.write("personas.yaml", strings.Replace(string(text), "tenant: 7", "tenant: 8", 1))
	p.look()
	p.press("enter")
	p.hides("Nothing was written")
}

// The screen notices what another program does to the file.
func TestPersonasWatch(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	p.write("personas.yaml", team)
	p.press("f6")
	p.look()
	p.write("personas.yaml", strings.Replace(team, "guest:", "visitor:", 1))
	p.look()
	p.shows("personas.yaml was changed by another program: visitor was added, guest was removed", "visitor")
	p.look()
	p.hides("CHANGED (f12)")
	p.press("home", "z")
	p.look()
	p.hides("another program", "CHANGED (f12)")
	p.write("personas.yaml", "a: {b: c}\n")
	p.look()
	p.shows("The personas cannot be read.", `:1:5: a persona has no member "b"`)
	p.press("n")
	p.shows("The personas cannot be read.")
	p.write("personas.yaml", team)
	p.look()
	p.shows("5 personas")
	if err := os.Remove(filepath.Join(p.dir, "personas.yaml")); err != nil {
		t.Fatal(err)
	}
	p.look()
	p.shows("No personas yet.")
}

// Personas of tokens in the settings cannot be changed, and say so.
func TestPersonasOfTokens(t *testing.T) {
	t.Parallel()
	anon := handmade(t, plainHeader, `{"role":"anon","iss":"supabase"}`)
	p := openProject(t, "JWT_SECRET="+testSecret+"\nANON_KEY="+anon+"\n")
	p.press("f6")
	p.shows("anon · .env", "read from a token in .env, so it cannot be changed here; m makes it a persona", ".env:2")
	p.press("e", "x", "z", "t")
	p.shows("1 persona")
	p.press("enter")
	equal(t, "tokens", p.ctx.Board.Len(), 1)
	p.press("m")
	p.shows("New persona", "Name anon", "role=anon")
	p.press("enter")
	p.shows("wrote anon to personas.yaml")
}

// The mouse selects a row, goes to the preview, and runs the keys of the help line.
func TestPersonasMouse(t *testing.T) {
	t.Parallel()
	d := people(t, team)
	d.click("sam@shop.example")
	d.shows("support · not signed")
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	d.shows("locked · not signed")
	d.click("guest ")
	d.shows("guest · not signed")
	d.click("enter issue")
	equal(t, "the screen", d.front(), "Issue")
}

// The personas fit every size.
func TestPersonasSizes(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{
		{}, {"/"}, {"e"}, {"t"}, {"end"}, {"tab"}, {"e", "tab", "tab", "tab", "tab", "tab", "tab"}, {"e", "shift+tab", "shift+tab"},
	} {
		d := people(t, team, keys...)
		for _, size := range [][2]int{{40, 10}, {60, 12}, {80, 24}, {100, 30}, {120, 40}, {200, 60}} {
			d.resize(size[0], size[1])
			checkSize(t, d, size[0], size[1], true)
			if c := d.View().Cursor; c == nil && d.typing() {
				t.Errorf("there is no cursor after %v at %v:\n%s", keys, size, ansi.Strip(d.View().Content))
			}
		}
	}
}

// What is written is what was typed when it was saved, although the file is written while the
// user types on.
func TestPersonasTypeWhileWriting(t *testing.T) {
	t.Parallel()
	for name, toSubject := range map[string][]string{"form": {"e", "end"}, "document": {"t", "up", "up", "end"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := people(t, team, toSubject...)
			d.typed("x")
			_, writing := d.Update(keyPress(t, "ctrl+s"))
			d.typed("y")
			d.run(writing)
			if text := d.fileText(); !strings.Contains(text, "carla@shop.examplex\n") {
				t.Errorf("the file has not what was saved:\n%s", text)
			}
		})
	}
}

package ui

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/settings"
)

// choose puts the cursor on a fault.
func (d *desktop) choose(name string) {
	d.t.Helper()
	d.press("f5", "esc", "/")
	d.typed(name)
	d.press("enter", "home")
	for range fault.Catalogue() {
		if d.chosen() == name {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("there is no fault %s:\n%s", name, d.screenText())
}

// chosen returns the name of the fault that the cursor stands on.
func (d *desktop) chosen() string {
	_, row, _ := strings.Cut(d.screenText(), "▌ ")
	name, _, _ := strings.Cut(row, " ")
	return name
}

// faultOpened reports whether the token of a fault has the keys.
func (d *desktop) faultOpened() bool { return d.groups()[0].Title == "Token" }

// faultToken returns the token of the fault that is open, as it is copied.
func (d *desktop) faultToken() string {
	d.t.Helper()
	before := len(d.clip)
	d.press("y")
	if len(d.clip) != before+1 {
		d.t.Fatalf("nothing was copied:\n%s", d.screenText())
	}
	return d.clip[before]
}

// TestFaults opens every fault: it says what is wrong, where, and why, and is
// refused with the verdict of the catalogue.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, d := range []*desktop{newDesktop(t), newDesktop(t, pairs(t))} {
		d.typed("ada@example.com")
		d.resize(98, 60) // where an open token has the whole room
		made := 0
		impossible := d.ctx.Desk.Faults(desk.Draft{Subject: "ada@example.com", Lifetime: "30m"}).Impossible()
		for _, f := range fault.Catalogue() {
			d.choose(f.Name)
			d.hush() // that of the one before
			d.press("enter")
			if reason := impossible(f); reason != "" {
				if d.faultOpened() || !strings.Contains(d.messages.last.Text, reason) {
					t.Errorf("%s cannot be made, and it says %q", f.Name, d.messages.last.Text)
				}
				continue
			}
			made++
			if !d.faultOpened() {
				t.Fatalf("%s is not open:\n%s", f.Name, d.screenText())
			}
			d.shows("Fault · "+f.Name, "✗ "+f.Wrong, "why: "+f.Why, f.Source, "an API should answer 401")
			equal(t, "the verdict of "+f.Name, d.firstVerdict(), f.Verdict.String())
			if f.Part != fault.PartToken && f.Name != "oversized" { // whose parts are not told apart
				d.shows("✗ " + string(f.Part))
			}
			d.press("esc")
		}
		if made < 45 {
			t.Errorf("%d faults were made with %s", made, d.ctx.Desk.Key().Algorithm())
		}
		equal(t, "tokens on the board", d.ctx.Board.Len(), 0)
	}
}

// firstVerdict returns the verdict of the first check that the token of a fault
// does not pass.
func (d *desktop) firstVerdict() string {
	_, below, _ := strings.Cut(flat(d.screenText()), "an API should answer")
	_, verdict, _ := strings.Cut(below, "✗ ")
	verdict, _, _ = strings.Cut(verdict, ":")
	return verdict
}

// TestFaultsCopyAs: a text that is not a readable token is copied as a request too.
func TestFaultsCopyAs(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for _, name := range []string{"white-space", "two-parts", "not-json", "oversized"} {
		d.choose(name)
		d.press("enter")
		compact := d.faultToken()
		copies := len(d.clip)
		d.press("c")
		if name == "white-space" { // the others start with the last form
			d.press("down", "down", "down")
		}
		d.press("enter")
		equal(t, "copies after "+name, len(d.clip), copies+1)
		equal(t, "the copy of "+name, d.clip[copies], "curl -H 'Authorization: Bearer "+compact+"' http://localhost:8000/")
		d.press("esc")
	}
	d.choose("empty")
	d.press("enter", "c")
	equal(t, "the dialogs over the screen", d.over(), "")

	d.press("esc") // and from the list
	d.choose("alg-none")
	d.press("c")
	d.shows("Copy as", "curl -H 'Authorization: Bearer ")
	d.press("enter")
	equal(t, "the token", strings.Contains(d.clip[len(d.clip)-1], "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0."), true)
	d.press("w")
	d.shows("Write the token to a file")
}

// TestFaultsSide: the selected fault stands beside the list or below it, as it is, and is
// that of the token that is copied.
func TestFaultsSide(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5")
	d.shows("Fault · expired", "✗ it expired an hour ago", "an API should answer 401")
	d.press("down", "down", "y")
	d.shows("Fault · not-yet-valid", "✗ its nbf is an hour after")
	d.press("enter")
	equal(t, "the copied token is shown", d.clip[0] == d.faultToken(), false) // enter makes a fresh one
	d.press("esc")
	equal(t, "the fault", d.chosen(), "not-yet-valid")
	d.choose("ecdsa-zero")
	d.shows("Fault · ecdsa-zero", "▲ the token cannot be made: it needs an EC key")
	d.press("esc")
	d.resize(80, 24)
	d.press("home")
	d.shows("Fault · expired", "why: otherwise a token", "an API should answer 401", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.")
	d.press("enter")
	d.hides("144 faults")
	d.press("esc")
	d.resize(200, 60)
	d.shows("What a probe sends", "GET / HTTP/1.1", "Host: localhost:8000", "Authorization: Bearer eyJ")
	d.choose("oversized")
	d.shows("lines more")
}

// TestFaultMarks: the member that is wrong is marked, and no other.
func TestFaultMarks(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.choose("exp-string")
	d.press("enter")
	d.shows("✗ payload", "✗ exp")
	d.hides("✗ sub", "✗ header", "✗ signature")
	d.press("esc")
	d.choose("no-exp")
	d.press("enter")
	d.shows("expected: an API should answer 401", "depends on the API: RFC 7519 makes exp optional")
	d.press("esc")
	d.choose("alg-none")
	d.press("enter")
	d.shows("✗ header", "✗ alg")
	d.hides("✗ payload", "✗ typ")
}

// TestFaultsAreForTheForm: the subject and the claims of the form are in the token.
func TestFaultsAreForTheForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5")
	d.shows("for test-user")
	d.press("1")
	d.typed("ada@example.com")
	d.press("tab", "tab")
	d.typed("role=admin")
	d.choose("expired")
	d.shows("faults")
	d.press("enter")
	compact := d.faultToken()
	token, err := auth.Decode(compact)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the subject", token.Subject(), "ada@example.com")
	role, _ := token.Claims.String("role")
	equal(t, "the role", role, "admin")
	d.press("c", "enter")
	equal(t, "copies", len(d.clip), 2)
	d.shows(token.Subject(), "✗ payload")

	d.press("esc", "esc")
	d.shows("144 faults for ada@example.com")
	d.press("y")
	equal(t, "copies", len(d.clip), 3)
	if strings.Count(d.clip[2], ".") != 2 || d.clip[2] == compact {
		t.Errorf("the copy is %q", d.clip[2])
	}
	d.choose("empty")
	d.press("y")
	equal(t, "copies", len(d.clip), 3)
	d.shows("there is nothing to copy")
}

// TestFaultsOfAForm that can no longer be issued from are for nobody in
// particular.
func TestFaultsOfAForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.typed("ada")
	d.form("Lifetime")
	d.write("until 15:00")
	d.press("f5")
	d.shows("for ada")
	d.at(moment.Add(56 * time.Minute)) // when it means tomorrow
	d.press("f5")
	d.shows("for ada")
	d.press("enter")
	d.shows("Fault · expired")
	d.press("esc", "f2")
	d.form("Lifetime")
	d.write("1.5h")
	d.press("f5")
	d.shows("for test-user")
}

// TestFaultsOfAProtectedProfile: a faulty token is signed like any other.
func TestFaultsOfAProtectedProfile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("production", "staging"))
	d.press("f5", "enter")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows("▲ production is protected")
	d.press("esc") // nothing was made before
	d.shows("· enter makes the token, and asks for what that needs first")
	d.press("enter")
	d.typed("production")
	d.press("enter")
	d.shows("Fault · expired")

	from := desk.Draft{Subject: "ada", Lifetime: "30m"}
	made, err := protected(t).ctx.Desk.Faults(from).Make(t.Context(), fault.Catalogue()[0])
	if locked, asks := errors.AsType[*desk.Locked](err); !asks || locked.Asks != desk.ProfileName || made != nil {
		t.Errorf("it signed, or did not ask: %v", err)
	}
}

// TestFaultsAfterAChange: another profile has another key.
func TestFaultsAfterAChange(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), func(c *Config, _ *settings.Settings) {
		load := c.Source.Load
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			s, err := load(o)
			if o.File == settings.ProfileFile("staging") {
				pairs(t)(nil, s)
			}
			return s, err
		}
	})
	d.choose("ecdsa-zero")
	d.shows("cannot be made: it needs an EC key")
	d.press("f9", "down", "enter")
	d.hides("cannot be made")
	d.press("enter")
	d.shows("Fault · ecdsa-zero", "✗ signature")
}

// TestFaultsLate: an answer that nobody waits for any more changes nothing.
func TestFaultsLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5")
	_, late := d.Update(keyPress(t, "enter"))
	d.press("down", "enter")
	d.shows("Fault · just-expired")
	d.run(late)
	d.shows("Fault · just-expired")
}

// TestFaultsPaste: a paste is typed into the filter, and a token is offered to
// Inspect.
func TestFaultsPaste(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f5")
	d.paste("alg-none")
	d.shows("no token was found in the pasted text")
	d.press("/")
	d.paste("alg-none")
	d.shows("/ alg-none", "5 of 144 faults")
	d.paste(handmade(t, plainHeader, goodClaims("ada")))
	equal(t, "the dialogs over the screen", d.over(), "offer")
}

// TestFaultsClick selects and opens, and the wheel and the keys scroll.
func TestFaultsClick(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(59, 44) // where the list has the whole room
	d.press("4")     // typed into the form
	d.press("f5")
	d.click("bit-flipped")
	equal(t, "the fault", d.chosen(), "bit-flipped")
	d.click("│ signature ") // the name of a group
	equal(t, "the fault", d.chosen(), "bit-flipped")
	d.press("end")
	d.hides("bit-flipped")
	d.click("oversized")
	d.shows("Fault · oversized")
	d.press("esc", "home")
	d.shows("time", "▌ expired")
	d.press("pgdown", "pgup", "up")
	equal(t, "the fault", d.chosen(), "expired")
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	equal(t, "the fault", d.chosen(), fault.Catalogue()[3].Name)

	// A click hits the row that is shown, however far the list is scrolled.
	d.press("end", "pgup")
	seen := regexp.MustCompile(`(?m)^│   ([a-z0-9-]+)`).FindAllStringSubmatch(d.screenText(), -1)
	for _, row := range seen {
		d.click("│   " + row[1] + " ")
		equal(t, "the fault", d.chosen(), row[1])
	}
}

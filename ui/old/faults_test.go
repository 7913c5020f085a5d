package old

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/settings"
)

// choose puts the cursor on a fault.
func (d *desktop) choose(name string) {
	d.t.Helper()
	d.press("f5", "esc", "/")
	d.typed(name)
	d.press("enter", "home")
	for range d.faults.list {
		if chosen := d.faults.selected(); chosen != nil && chosen.Name == name {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("there is no fault %s:\n%s", name, d.screenText())
}

// TestFaults opens every fault: it says what is wrong, where, and why, and is
// refused with the verdict of the catalogue.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, d := range []*desktop{newDesktop(t), newDesktop(t, pairs(t))} {
		d.typed("ada@example.com")
		made := 0
		for _, f := range fault.Catalogue() {
			d.choose(f.Name)
			d.toast = toast{} // of the one before
			d.press("enter")
			if reason := d.faults.impossible[f.Name]; reason != "" {
				if d.faults.opened || !strings.Contains(d.said.text, reason) {
					t.Errorf("%s cannot be made, and it says %q", f.Name, d.said.text)
				}
				continue
			}
			made++
			if !d.faults.opened {
				t.Fatalf("%s is not open:\n%s", f.Name, d.screenText())
			}
			equal(t, "the verdict of "+f.Name, d.faults.pane.entry.result.Verdict, f.Verdict)
			d.shows("Fault · "+f.Name, "✗ "+f.Wrong, "why: "+strings.TrimSuffix(f.Why, "."), f.Source, "an API should answer 401")
			if f.Part != fault.PartToken && d.faults.pane.entry.token.HeaderSegment != "" {
				d.shows("✗ " + string(f.Part))
			}
			d.press("esc")
		}
		if made < 45 {
			t.Errorf("%d faults were made with %s", made, d.desk.key().Algorithm())
		}
		equal(t, "tokens on the board", len(d.board.items), 0)
	}
}

// TestFaultsCopyAs: what cannot be read as a token is copied as a request too.
func TestFaultsCopyAs(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for n, name := range []string{"white-space", "two-parts", "not-json", "oversized"} {
		d.choose(name)
		d.press("enter", "c", "down", "down", "enter")
		equal(t, "copies after "+name, len(d.clip), n+1)
		compact := d.faults.pane.entry.token.Compact
		equal(t, "the copy of "+name, d.clip[n], "curl -H 'Authorization: Bearer "+compact+"' http://localhost:8000/")
		d.press("esc")
	}
	d.choose("empty")
	d.press("enter", "c")
	equal(t, "the overlay", d.overlay, overlayNone)
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
	d.shows("an API should answer 401. RFC 7519 makes exp optional")
	d.press("esc")
	d.choose("alg-none")
	d.press("enter")
	d.shows("✗ header", "✗ alg")
	d.hides("✗ payload", "✗ typ")
}

// TestFaultsAreForTheForm: what the form holds is in the token.
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
	token := d.faults.pane.entry.token
	equal(t, "the subject", token.Subject(), "ada@example.com")
	role, _ := token.Claims.String("role")
	equal(t, "the role", role, "admin")
	d.press("y", "c", "enter")
	equal(t, "copies", len(d.clip), 2)
	equal(t, "the token", d.clip[0], token.Compact)

	d.press("esc", "esc")
	d.shows("60 faults for ada@example.com")
	d.press("y")
	equal(t, "copies", len(d.clip), 3)
	if strings.Count(d.clip[2], ".") != 2 || d.clip[2] == token.Compact {
		t.Errorf("the copy is %q", d.clip[2])
	}
	d.choose("empty")
	d.press("y")
	equal(t, "copies", len(d.clip), 3)
	d.shows("there is nothing to copy")
}

// TestFaultsOfAProtectedProfile: a faulty token is signed like any other.
func TestFaultsOfAProtectedProfile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("production", "staging"))
	d.press("f5", "enter")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.typed("production")
	d.press("enter")
	d.shows("Fault · expired")

	msg, _ := protected(t).desk.makeFault(fault.Catalogue()[0], draft{subject: "ada", lifetime: "30m"}, 1, false)().(faultMsg)
	if msg.err == nil || msg.entry != nil {
		t.Error("it signed")
	}
}

// TestFaultsAfterAChange: another profile has another key.
func TestFaultsAfterAChange(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), func(c *Config, _ *settings.Settings) {
		load := c.LoadProfile
		c.LoadProfile = func(p settings.Profile) (*settings.Settings, error) {
			s, err := load(p)
			pairs(t)(nil, s)
			return s, err
		}
	})
	d.choose("ecdsa-zero")
	d.shows("cannot be made: it is about ECDSA")
	d.press("P", "down", "enter")
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

// TestFaultsClick selects and opens, and the wheel and the keys scroll.
func TestFaultsClick(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24)
	d.press("4") // typed into the form
	d.press("f5")
	row := func(text string) int {
		for y, line := range strings.Split(d.screenText(), "\n") {
			if strings.Contains(line, text) {
				return y
			}
		}
		t.Fatalf("%s is not on the screen:\n%s", text, d.screenText())
		return 0
	}
	click := func(y int) { d.send(tea.MouseClickMsg{X: 10, Y: y, Button: tea.MouseLeft}) }
	click(row("bit-flipped"))
	equal(t, "the fault", d.faults.selected().Name, "bit-flipped")
	click(row("│ signature ")) // the name of a group
	equal(t, "the fault", d.faults.selected().Name, "bit-flipped")
	d.press("end")
	d.hides("bit-flipped")
	click(row("oversized"))
	d.shows("Fault · oversized")
	d.press("esc", "home")
	d.shows("time", "▌ expired")
	d.press("pgdown", "pgup", "up")
	equal(t, "the fault", d.faults.selected().Name, "expired")
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	equal(t, "the cursor", d.faults.cursor, 3)
}

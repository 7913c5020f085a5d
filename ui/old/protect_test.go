package old

import (
	"testing"
)

// protected opens the console in a protected profile.
func protected(t *testing.T) *desktop {
	t.Helper()
	return newDesktop(t, in("production", "staging"))
}

// TestProtected: the name is asked for, and nothing else signs.
func TestProtected(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.typed("ada")
	d.press("tab", "tab")
	d.typed("role=admin")
	d.press("ctrl+s")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.shows("▲ production is protected", "type production to sign with its key")
	d.press("enter")
	d.typed("Production")
	d.press("enter")
	d.shows("✗ that is not its name, and nothing was signed: type production")
	equal(t, "tokens", len(d.board.items), 0)
	d.press("x")
	d.hides("that is not its name")

	// esc loses nothing that was typed.
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "the subject", d.issue.subject.Value(), "ada")
	equal(t, "the claims", d.issue.claims.Value(), "role=admin")
	equal(t, "tokens", len(d.board.items), 0)

	d.press("ctrl+s")
	d.typed("production")
	d.press("enter")
	d.shows("issued a token for ada", "● active", "▲ PROTECTED")

	// It was asked for once.
	d.press("r")
	equal(t, "tokens", len(d.board.items), 2)

	// Another profile, and the same one again, are other decisions.
	d.press("P", "enter")
	d.shows("the profile is production")
	d.press("r")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.press("esc", "P", "down", "enter", "r")
	equal(t, "tokens", len(d.board.items), 3)
	d.shows("profile staging")
	d.press("P", "up", "enter", "r")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.typed("production")
	d.press("enter")
	equal(t, "tokens", len(d.board.items), 4)
}

// TestProtectedClick: the button asks too, and issuing again on the board.
func TestProtectedClick(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.typed("ada")
	d.press("shift+tab", "enter")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.press("esc")
	d.put("bob", 0)
	d.board.selected.draft = draft{subject: "bob", lifetime: "30m"}
	d.goTo(screenBoard)
	d.press("r")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.typed("production")
	d.press("enter")
	equal(t, "tokens", len(d.board.items), 2)
}

// TestProtectedEdit: what is edited is signed when the name was typed, not before.
func TestProtectedEdit(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e")
	d.shows("Not signed", "The profile production is protected.", "can be signed; ctrl+s asks for the name of the profile first")
	d.rewrite(`"sub": "ada"`, `"sub": "eve"`)
	if d.edit.pane.entry != nil {
		t.Fatal("it was signed")
	}
	d.press("ctrl+s")
	equal(t, "the overlay", d.overlay, overlayProtect)
	d.shows("Edit as new", `"sub": "eve"`)
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayEdit)
	d.shows(`"sub": "eve"`)
	equal(t, "tokens", len(d.board.items), 0)
	d.press("ctrl+s")
	d.typed("production")
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	d.shows("signed a new token beside the original", "sub eve", "● active")
	d.press("e")
	d.shows("Signed anew")

	d = protected(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e", "x", "ctrl+s")
	equal(t, "the overlay", d.overlay, overlayEdit)
	d.shows("✗ mend it first: ")
}

// TestProtectedThrowaway: a key for this run is not the profile's.
func TestProtectedThrowaway(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.desk.useThrowaway(testKey(t, "HS256", testSecret))
	d.issued("ada")
	d.hides("PROTECTED")
	d.shows("this run only")
}

// TestProtectedDesk: what forgets to ask does not sign either.
func TestProtectedDesk(t *testing.T) {
	t.Parallel()
	d := protected(t)
	msg, _ := d.desk.issue(draft{subject: "ada", lifetime: "30m"})().(issuedMsg)
	if msg.err == nil || msg.entry != nil {
		t.Error("it signed")
	}
}

// TestProtectedHelp returns to the question.
func TestProtectedHelp(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.typed("ada")
	d.press("enter")
	d.typed("prod")
	d.press("f1")
	d.shows("enter sign")
	d.press("esc")
	d.shows("▲ production is protected", "> prod")
}

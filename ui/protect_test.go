package ui

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
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows("▲ production is protected", "type production to sign with its key")
	d.press("enter")
	d.typed("Production")
	d.press("enter")
	d.shows("✗ the name is wrong, so nothing was signed; type production")
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	d.press("x")
	d.hides("that is not its name")

	// esc loses nothing that was typed.
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the subject", d.field("Subject"), "ada")
	equal(t, "the claims", d.field("Claims"), "role=admin")
	equal(t, "tokens", d.ctx.Board.Len(), 0)

	d.press("ctrl+s")
	d.typed("production")
	d.press("enter")
	d.shows("issued for ada", "● active", "▲ PROTECTED")

	// It was asked for once.
	d.press("esc", "r")
	equal(t, "tokens", d.ctx.Board.Len(), 2)

	// Another profile, and the same one again, are other decisions.
	d.press("f9", "enter")
	d.shows("the profile is now production")
	d.press("r")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.press("esc", "f9", "down", "enter", "ctrl+s")
	equal(t, "tokens", d.ctx.Board.Len(), 3)
	d.shows("profile staging")
	d.press("f9", "up", "enter", "ctrl+s")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.typed("production")
	d.press("enter")
	equal(t, "tokens", d.ctx.Board.Len(), 4)
}

// TestProtectedClick: the button asks too, and issuing again on the board.
func TestProtectedClick(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.typed("ada")
	d.press("shift+tab", "enter")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.press("esc")
	d.put("bob", 0)
	d.press("f3", "r")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.typed("production")
	d.press("enter")
	equal(t, "tokens", d.ctx.Board.Len(), 2)
}

// TestProtectedEdit: the edited token is signed only after the name was typed.
func TestProtectedEdit(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e")
	d.shows("Not signed", "The profile production is protected.", "ctrl+s asks for the name of the profile and then signs")
	d.rewrite(`"sub": "ada"`, `"sub": "eve"`)
	d.shows("Not signed", "No token yet.")
	d.press("ctrl+s")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows("▲ production is protected", "Edit as new", `"sub": "eve"`)
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the screen", d.front(), "Edit")
	d.shows(`"sub": "eve"`)
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	d.press("ctrl+s")
	d.typed("production")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("signed a new token and kept the original", "sub eve", "● active")
	d.press("e")
	d.shows("Re-signed")

	d = protected(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e", "x", "ctrl+s")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the screen", d.front(), "Edit")
	d.shows("✗ fix this first, then keep it")
}

// TestProtectedThrowaway: a key for this run is not the profile's.
func TestProtectedThrowaway(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("production", "staging"), loadFails(testProblems()))
	d.press("down", "enter")
	d.issued("ada")
	d.hides("PROTECTED")
	d.shows("this run only")
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

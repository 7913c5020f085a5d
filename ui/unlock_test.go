package ui

import (
	"testing"
)

// TestUnlock asks for the passphrase when the console opens, and shows it nowhere.
func TestUnlock(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"))
	d.shows("Passphrase", "the private key is encrypted")
	d.press("enter")
	d.shows("type the passphrase")
	d.typed("incorrect")
	d.hides("incorrect")
	d.shows("•••••••••")
	d.press("enter")
	d.shows("this passphrase does not decrypt the key; try another")
	d.paste("correct horse\n")
	d.hides("correct horse")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the screen", d.front(), "Issue")
	d.issued("ada")
}

// TestUnlockReads: a token that is pasted where the passphrase is asked for is read.
func TestUnlockReads(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"))
	d.paste(handmade(t, plainHeader, goodClaims("ada")))
	equal(t, "the screen", d.front(), "Inspect")
	d.shows("sub ada")
	d.press("f2")
	d.shows("Type the passphrase of the key")
}

// TestUnlockLater: esc leaves the question, and the start screen has it as a choice.
func TestUnlockLater(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"))
	d.press("esc")
	d.shows("The settings need fixing", "▌ Type the passphrase of the key", "It is kept for this run only and written nowhere.",
		"there is no passphrase for it")
	d.press("enter")
	d.typed("correct horse")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.hides("decrypted")
}

// TestUnlockProfile asks for it when the profile is changed to one with such a key.
func TestUnlockProfile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), locked("correct horse"))
	d.hides("Passphrase")
	d.press("f9", "down", "enter")
	d.shows("Passphrase", "the private key is encrypted")
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "profiles")
	d.shows("Nothing was changed.")
	d.press("enter")
	d.typed("wrong")
	d.press("enter")
	d.shows("this passphrase does not decrypt the key")
	d.typed("correct horse")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.issued("ada")
}

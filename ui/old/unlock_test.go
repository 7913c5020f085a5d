package old

import (
	"testing"

	"tokendesk/settings"
)

// locked gives the console settings whose key is encrypted with a passphrase.
func locked(passphrase string) func(*Config, *settings.Settings) {
	return func(c *Config, s *settings.Settings) {
		typed, set := "", *s
		s.Key = nil
		load := func() (*settings.Settings, error) {
			if typed != passphrase {
				return s, settings.Problems{{File: ".env", Line: 2, Text: "KEY_FILE: private.pem: the private key is encrypted, and there is no passphrase for it", Encrypted: true}}
			}
			return &set, nil
		}
		c.Load = load
		if profile := c.LoadProfile; profile != nil {
			c.LoadProfile = func(p settings.Profile) (*settings.Settings, error) {
				if p.Name == "staging" {
					return load()
				}
				return profile(p)
			}
			c.Load = func() (*settings.Settings, error) { return &set, nil }
		}
		c.Unlock = func(text []byte) { typed = string(text) }
	}
}

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
	d.shows("the key cannot be decrypted with that: type another one")
	d.paste("correct horse\n")
	d.hides("correct horse")
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "the screen", d.screen, screenIssue)
	d.issued("ada")
}

// TestUnlockLater: esc leaves the question, and the start screen has it as a choice.
func TestUnlockLater(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"))
	d.press("esc")
	d.shows("The settings need mending", "▌ Type the passphrase of the key", "It is kept for this run and written nowhere.", "there is no passphrase for it")
	d.press("enter")
	d.typed("correct horse")
	d.press("enter")
	equal(t, "the screen", d.screen, screenIssue)
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
	equal(t, "the overlay", d.overlay, overlaySwitch)
	d.shows("Nothing was changed.")
	d.press("enter")
	d.typed("wrong")
	d.press("enter")
	d.shows("the key cannot be decrypted with that")
	d.typed("correct horse")
	d.press("enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	d.issued("ada")
}

// TestLocked: without a way to unlock nothing is asked.
func TestLocked(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"), func(c *Config, _ *settings.Settings) { c.Unlock = nil })
	equal(t, "the overlay", d.overlay, overlayNone)
	d.shows("▌ Read .env again")
}

package ui

import (
	"testing"

	"tokendesk/auth"
	"tokendesk/settings"
)

// TestKeys copies the public half of each key, and never more than that.
func TestKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, pairs(t))
	d.press("f8")
	d.shows("Signing key 1 of 2", "256-bit private key", "ES256, ECDSA on P-256 with SHA-256",
		"signing and verifying", "from keys/private.jwks")
	d.press("j", "p", "t")
	d.press("down")
	d.shows("Signing key 2 of 2", "verifying, and signing for personas that name it", "kid 2026-11")
	d.press("j", "a")
	if len(d.clip) != 5 {
		t.Fatalf("%d copies, want 5: %q", len(d.clip), d.clip)
	}
	first, second := d.set.Keys[0], d.set.Keys[1]
	thumbprint, err := auth.Thumbprint(first.Public())
	equal(t, "the error", err, nil)
	equal(t, "the thumbprint", d.clip[2], thumbprint)
	for i, want := range map[int][]*auth.Key{0: {first}, 1: {first}, 3: {second}, 4: {first, second}} {
		keys, err := auth.ParseKeys([]byte(d.clip[i]), "")
		if err != nil || len(keys) != len(want) {
			t.Fatalf("copy %d: %d keys, error %v", i, len(keys), err)
		}
		for n, key := range keys {
			if key.CanSign() || key.Fingerprint() != want[n].Fingerprint() {
				t.Errorf("copy %d is not the public half of key %d", i, n)
			}
		}
	}
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
}

// TestKeysOfASecret has nothing to give away.
func TestKeysOfASecret(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("shift+tab", "f8")
	d.shows("Signing keys", "280-bit HMAC secret", "HS256, HMAC with SHA-256", "a secret has no public half")
	d.press("j", "p", "t", "a", "down", "up")
	equal(t, "copies", len(d.clip), 0)
	d.hides(testSecret)
}

// TestKeysWhole: everything about a key can be seen in the smallest size.
func TestKeysWhole(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, pairs(t))
	d.resize(minWidth, minHeight)
	d.press("f8")
	d.shows("Signing key 1 of 2", "private key")
	d.hides("keys/private.jwks")
	for range 9 {
		d.press("pgdown")
		checkSize(t, d, minWidth, minHeight, true)
	}
	d.shows("from keys/private.jwks")
	d.press("down")
	d.shows("Signing key 2 of 2", "private key")
}

// TestNoKeys: without a key there is nothing to show.
func TestNoKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	d.press("f8")
	equal(t, "the dialogs over the screen", d.over(), "")
}

// TestKeysHostile: a key file may hold any text as an ID.
func TestKeysHostile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Key = testPair(t, auth.ES256, auth.WithKeyID("a\x1b]0;x\a\u202eb"))
		s.KeySource = "\x1b[31m.pem"
	})
	d.press("f8")
	d.shows(`kid a\x1b]0;x\x07<U+202E>b`, `from \x1b[31m.pem`)
}

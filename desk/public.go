package desk

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

// cannotSign is the error of a public key that was to sign. It says where the key is from.
type cannotSign struct{ text string }

func (e *cannotSign) Error() string { return e.text }

func (e *cannotSign) Unwrap() error { return auth.ErrCannotSign }

// refusePublic returns why a key of the Desk cannot sign, or nil.
func refusePublic(d *Desk, key *auth.Key) error {
	if key == nil || key.CanSign() {
		return nil
	}
	if key.OnlyDecrypts() {
		text := fmt.Sprintf("%s is %s for decryption (%s) and cannot sign", keyName(d), cmp.Or(key.Form(), "a key"), key.Algorithm())
		return advice.Add(&cannotSign{text}, "use a key for signatures to sign")
	}
	text := keyName(d) + " is " + whatIs(d, key) + ": it verifies and cannot sign"
	if slices.ContainsFunc(d.settings.Keys, (*auth.Key).CanSign) {
		text = fmt.Sprintf("the key %q of %s is public: it verifies and cannot sign", key.ID(), keyName(d))
	}
	return advice.Add(&cannotSign{text}, "use the private key to sign")
}

// whatIs says what a public key was read from, with the encodings that a setting had.
func whatIs(d *Desk, key *auth.Key) string {
	is := cmp.Or(key.Form(), "a public key")
	if c := d.settings.Recognised.Chosen; c != nil && c.Name == d.settings.KeyName && strings.HasPrefix(c.Value.What, is) {
		is = c.Value.What
	}
	if !strings.Contains(is, "public") && !strings.Contains(is, "certificate") {
		is += " without a private key"
	}
	return is
}

// keyName names the setting and the file that the key is from.
func keyName(d *Desk) string {
	set := d.settings
	switch {
	case set.KeyName == "" || set.Recognised.Chosen == nil || set.KeyName != set.Recognised.Chosen.Name:
		return cmp.Or(set.KeySource, "the key")
	case set.KeySource == "environment":
		return set.KeyName + " of the environment"
	}
	return set.KeyName + " of " + filepath.Base(set.KeySource)
}

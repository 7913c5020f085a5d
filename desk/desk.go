// Package desk is the one way from settings to a token that is signed, read or
// verified.
//
// [Open] makes a [Desk] out of a [Source]: the settings, their key and the rules
// that go with them. There is one whatever is wrong, and [Desk.Problem] says what
// that is. A Desk issues what a [Draft] asks for, reads what was pasted, signs
// what was edited, makes faulty tokens, and opens the personas and the other
// profiles. What comes of it is an [Entry]; a [Board] keeps entries in the order
// in which they expire. What has to be asked first is one error, [*Locked].
//
// The package knows no terminal, no flag and no HTTP handler.
package desk

import (
	"context"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// ThisRun is the name of a Desk whose key is never written down.
const ThisRun = "this run only"

// Desk is the keys and the rules of one profile. It never changes: another
// profile, another key, a profile that may sign, published keys each give
// another Desk. So one may be used from any goroutine, as long as the functions
// of its [Source] may.
type Desk struct {
	from     Source
	file     string // of the settings; that of from is the one it began with
	settings *settings.Settings
	problem  error
	keyring  *Keyring

	passphrase []byte // that was typed, or nil
	throwAway  bool
	allowed    bool // the name of the protected profile was typed
}

// newDesk returns the Desk of settings that were read.
func newDesk(from Source, file string, set *settings.Settings) *Desk {
	d := &Desk{from: from, file: file, settings: set}
	var own []*auth.Key
	if set.Key != nil {
		own = set.Verifying()
	}
	d.keyring = newKeyring(set.Profile, set.KeySource, own, nil)
	return d
}

// Settings returns everything that is configured. Of settings that are broken it
// is what was right.
func (d *Desk) Settings() settings.Settings { return *d.settings }

// Problem returns what is wrong with the settings or the key, and nil when
// nothing is; there may still be no key. It is [settings.Problems], the sentence
// of a key file, a *[KeyError], or a *[Locked] when nothing but a passphrase is
// missing.
func (d *Desk) Problem() error { return d.problem }

// Key returns the key that signs, which may be a public one and then does not,
// or nil.
func (d *Desk) Key() *auth.Key { return d.settings.Key }

// Keyring returns the keys that tokens are verified with.
func (d *Desk) Keyring() *Keyring { return d.keyring }

// Name returns the profile whose key signs, or [ThisRun].
func (d *Desk) Name() string { return d.keyring.profile }

// ThrowAway reports whether the key is for this run only.
func (d *Desk) ThrowAway() bool { return d.throwAway }

// Protected reports whether the key is that of a protected profile.
func (d *Desk) Protected() bool { return d.settings.Protected && !d.throwAway }

// Ready returns why nothing can be signed now, or nil: the problem, the missing
// key ([auth.ErrNoKey]), or a *[Locked] for the name of a protected profile.
func (d *Desk) Ready() error {
	switch {
	case d.problem != nil:
		return d.problem
	case d.Key() == nil:
		return auth.ErrNoKey
	case d.Protected() && !d.allowed:
		return lockedByName(d)
	}
	return nil
}

// Now returns the time by the Desk's clock.
func (d *Desk) Now() time.Time { return d.from.Now() }

// At returns the Desk with its clock standing at an instant.
func (d *Desk) At(now time.Time) *Desk {
	out := *d
	out.from.Now = func() time.Time { return now }
	return &out
}

// WithThrowAway returns the Desk with a fresh key that is never written down. It
// has no problem any more, and nothing of it is protected.
func (d *Desk) WithThrowAway(ctx context.Context) (*Desk, error) {
	if err := firstOf(ctx.Err()); err != nil {
		return nil, err
	}
	key, err := auth.NewRandomKey(d.from.Rand)
	if err != nil {
		return nil, err
	}
	out, set := *d, *d.settings
	set.Key = key
	out.settings, out.problem, out.throwAway = &set, nil, true
	out.keyring = newKeyring(ThisRun, ThisRun, []*auth.Key{key}, nil)
	return &out, nil
}

// Package desk is the one way from settings to a token that is signed, read or
// verified.
//
// [Open] opens a [Desk] from a [Source]: the settings, their key and the rules that
// go with them. There is always a Desk; [Desk.Problem] says what is wrong with its
// settings. A Desk issues the token of a [Draft], reads pasted text, signs an edited
// token, makes faulty tokens, and opens personas and other profiles. The result is an
// [Entry]; a [Board] keeps entries in the order in which they expire. If the Desk must
// ask the user something first, the error is a *[Locked].
//
// The package knows no terminal, no flag and no HTTP handler.
package desk

import (
	"context"
	"maps"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/settings"
)

// ThisRun is the name of a Desk whose key is never written to a file.
const ThisRun = "this run only"

// Desk holds the keys and the rules of one profile. It never changes: another profile,
// another key, an unlocked profile and published keys each give another Desk. So it
// can be used from any goroutine, as long as the functions of its [Source] can.
type Desk struct {
	from     Source
	file     string // of the settings; from.File is the first one of the run
	settings *settings.Settings
	problem  error
	keyring  *Keyring

	stopped   time.Time // what its clock shows, or zero for the clock of the source
	answers   answers
	nearby    []settings.Near // other env files, if there is no key
	files     *Files          // that it was read from, or nil
	throwAway bool
	allowed   bool // the user typed the name of the protected profile
	sketch    bool // only a preview is made
}

// answers are what the user answered to questions about keys.
type answers struct {
	passphrase []byte            // typed by the user, or nil
	names      map[string]string // of the secret, by settings file
	// outputs are those of the programs that print keys, by [settings.Command.ID]. They are
	// behind functions, because package fmt prints the fields of a Desk.
	outputs map[string]func() []byte
	// added are other keys to verify with, and unlock is the passphrase of one of them, or nil.
	added  []Added
	unlock []byte
}

// with returns a copy of the answers of one kind with another one. A Desk never changes.
func with[V any](given map[string]V, key string, value V) map[string]V {
	out := map[string]V{}
	maps.Copy(out, given)
	out[key] = value
	return out
}

// newDesk returns the Desk of these settings, with the answers of the user. It also verifies
// with other keys.
func newDesk(from Source, file string, set *settings.Settings, given answers, others ...Added) *Desk {
	ring := Keyring{profile: set.Profile, source: set.KeySource, allowWeak: set.AllowWeak, decrypting: set.Decrypting}
	ring.added = slices.Concat(others, given.added)
	if set.Key != nil {
		ring.own = set.Verifying()
	}
	return &Desk{from: from, file: file, settings: set, answers: given, keyring: ring.complete()}
}

// Settings returns the settings, or those that are right if some are wrong.
func (d *Desk) Settings() settings.Settings { return *d.settings }

// Problem returns what is wrong with the settings or the key, or nil; there may still
// be no key. It is [settings.Problems], the *[settings.Problem] of a key file, a
// *[KeyError], or a *[Locked] if only a passphrase is missing.
func (d *Desk) Problem() error { return d.problem }

// Nearby returns other env files that have a secret, if the Desk has no key.
func (d *Desk) Nearby() []settings.Near { return d.nearby }

// Key returns the key that signs, or nil. If it is public it can only verify.
func (d *Desk) Key() *auth.Key { return d.settings.Key }

// Keyring returns the keys to verify tokens with.
func (d *Desk) Keyring() *Keyring { return d.keyring }

// Name returns the profile whose key signs, or [ThisRun].
func (d *Desk) Name() string { return d.keyring.profile }

// ThrowAway reports whether the key is for this run only.
func (d *Desk) ThrowAway() bool { return d.throwAway }

// Protected reports whether the key belongs to a protected profile.
func (d *Desk) Protected() bool { return d.settings.Protected && !d.throwAway }

// Ready returns why nothing can be signed now, or nil: the problem, [auth.ErrNoKey],
// that the key of a protected profile is weak, or a *[Locked] for the profile's name.
func (d *Desk) Ready() error {
	switch {
	case d.problem != nil:
		return d.problem
	case d.Key() == nil:
		return auth.ErrNoKey
	}
	if err := refuseWeak(d, d.Key()); err != nil {
		return err
	}
	if d.Protected() && !d.allowed {
		return lockedByName(d)
	}
	return nil
}

// refuseWeak returns why a key must not sign in a protected profile, or nil.
func refuseWeak(d *Desk, key *auth.Key) error {
	weakness := key.Weakness()
	if weakness == nil || !d.Protected() {
		return nil
	}
	return explain.Line{
		Tone: explain.Bad, Text: "the profile " + d.settings.Profile + " is protected and does not sign with a weak key: " + weakness.Error(),
		Do: weakness.Advice(), Source: auth.WeakSource,
	}
}

// Now returns the time by the Desk's clock.
func (d *Desk) Now() time.Time {
	if d.stopped.IsZero() {
		return d.from.Now()
	}
	return d.stopped
}

// At returns the Desk with its clock stopped at an instant.
func (d *Desk) At(now time.Time) *Desk {
	out := *d
	out.stopped = now
	return &out
}

// WithThrowAway returns the Desk with a fresh key that is never written to a file. It
// has no problem and is not protected.
func (d *Desk) WithThrowAway(ctx context.Context) (*Desk, error) {
	if err := ctx.Err(); err != nil {
		return nil, err //nolint:wrapcheck // it is the caller's context
	}
	key, err := auth.NewRandomKey(d.from.Rand)
	if err != nil {
		return nil, err
	}
	out, set := *d, *d.settings
	set.Key, set.KeyName = key, ""
	set.Warnings, set.Notices = nil, nil // they are about settings that it does not use
	out.settings, out.problem, out.throwAway = &set, nil, true
	added := d.answers.added
	if own := d.keyring.own; len(own) > 0 && !Signs(d) { // they go on verifying
		added = append([]Added{{keys: own, origin: explain.Origin{From: d.keyring.source}}}, added...)
	}
	out.keyring = Keyring{profile: ThisRun, source: ThisRun, own: []*auth.Key{key}, added: added}.complete()
	return &out, nil
}

package desk

import (
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// Keyring holds the keys to verify tokens with, and says where they come from. It
// never changes.
type Keyring struct {
	profile   string      // the profile of the keys
	source    string      // where the keys of the profile come from
	own       []*auth.Key // those of the profile
	added     []Added     // those that verify besides them
	published *jwks.Set   // those that were fetched from the URL of the settings, or nil
	keys      []*auth.Key // all of them, in this order
	allowWeak bool        // the secret may be weak

	decrypting settings.Decrypting
}

// complete returns the keyring with all its keys together.
func (k Keyring) complete() *Keyring {
	k.keys = slices.Clip(k.own)
	for _, a := range k.added {
		k.keys = append(k.keys, a.keys...)
	}
	if k.published != nil {
		k.keys = append(k.keys, k.published.Keys...)
	}
	return &k
}

// with returns the keyring with the keys that were fetched.
func (k *Keyring) with(published *jwks.Set) *Keyring {
	out := *k
	out.published = published
	return out.complete()
}

// Keys returns the keys of the profile, followed by those that were added for this run and
// those that were fetched. The slice must not be changed.
func (k *Keyring) Keys() []*auth.Key { return k.keys }

// Published returns the keys that were fetched from the URL of the settings, or nil.
func (k *Keyring) Published() *jwks.Set { return k.published }

// sets returns everything that was fetched.
func (k *Keyring) sets() []*jwks.Set {
	var all []*jwks.Set
	if k.published != nil {
		all = append(all, k.published)
	}
	for _, a := range k.added {
		if a.set != nil {
			all = append(all, a.set)
		}
	}
	return all
}

// Replaces reports whether the keys have taken the place of those that judged the token: they
// are of the same profile.
func (k *Keyring) Replaces(e *Entry) bool {
	return e.keyring != nil && e.keyring != k && e.Profile == k.profile
}

// Origin returns where a key comes from: a file, "environment" or [ThisRun], or the URL
// from which it was fetched.
func (k *Keyring) Origin(key *auth.Key) explain.Origin {
	if k.published != nil && slices.Contains(k.published.Keys, key) {
		return explain.FetchedFrom(k.published)
	}
	if slices.Contains(k.decrypting.Keys, key) {
		return explain.Origin{From: k.decrypting.Source}
	}
	for _, a := range k.added {
		if slices.Contains(a.keys, key) {
			return a.origin
		}
	}
	return explain.Origin{From: k.source}
}

// Checks are requirements for a token in addition to those for every token.
type Checks struct {
	// Leeway is the tolerance for its times.
	Leeway time.Duration
	// Issuer, Audience and Type, where they are set, must match "iss", "aud" and "typ".
	// One of several audiences is enough.
	Issuer   string
	Audience []string
	Type     string
	// SignatureOnly skips the claims and the times.
	SignatureOnly bool
	// Payload is the payload of a detached token, or nil.
	Payload []byte
}

// Verify returns the entry of a token with its verdict at an instant.
func (k *Keyring) Verify(compact string, want Checks, now time.Time) *Entry {
	return k.VerifyMatch(find.Match{Compact: compact}, want, now)
}

// VerifyMatch is [Keyring.Verify] for a token that was found in a text, with everything
// that came with it.
func (k *Keyring) VerifyMatch(m find.Match, want Checks, now time.Time) *Entry {
	if want.Payload != nil {
		m.Extras.Payload = want.Payload
	}
	e := &Entry{Token: &auth.Token{Compact: m.Compact}, found: m}
	e.verifier = auth.Verifier{Leeway: want.Leeway, Iss: want.Issuer, Aud: want.Audience, Typ: want.Type}
	e.signatureOnly = want.SignatureOnly
	e.VerifyWith(k, now)
	return e
}

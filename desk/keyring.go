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
	profile   string // the profile of the keys
	source    string // where the keys of the profile come from
	keys      []*auth.Key
	published *jwks.Set // those of the keys that were fetched, or nil
	allowWeak bool      // the secret may be weak

	decrypting settings.Decrypting
}

// with returns the keyring with the keys that were fetched.
func (k *Keyring) with(published *jwks.Set) *Keyring {
	out := *k
	out.published, out.keys = published, append(slices.Clip(k.own()), published.Keys...)
	return &out
}

// Keys returns the keys of the profile, followed by those that were fetched. The slice
// must not be changed.
func (k *Keyring) Keys() []*auth.Key { return k.keys }

// own returns the keys of the profile without those that were fetched.
func (k *Keyring) own() []*auth.Key {
	if k.published == nil {
		return k.keys
	}
	return k.keys[:len(k.keys)-len(k.published.Keys)]
}

// Published returns the keys that were fetched, or nil.
func (k *Keyring) Published() *jwks.Set { return k.published }

// Origin returns where a key comes from: a file, "environment" or [ThisRun], or the URL
// from which it was fetched.
func (k *Keyring) Origin(key *auth.Key) explain.Origin {
	if k.published != nil && slices.Contains(k.published.Keys, key) {
		return explain.FetchedFrom(k.published)
	}
	if slices.Contains(k.decrypting.Keys, key) {
		return explain.Origin{From: k.decrypting.Source}
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

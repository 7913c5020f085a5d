package desk

import (
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/jwks"
)

// Keyring is the keys that a token is verified with, and where they are from. It
// never changes.
type Keyring struct {
	profile   string // whose keys they are
	source    string // where its own are from
	keys      []*auth.Key
	published *jwks.Set // that are among the keys, or nil
}

func newKeyring(profile, source string, own []*auth.Key, published *jwks.Set) *Keyring {
	k := &Keyring{profile: profile, source: source, keys: slices.Clip(own), published: published}
	if published != nil {
		k.keys = append(k.keys, published.Keys...)
	}
	return k
}

// Keys returns the keys of the profile, and behind them those that were fetched.
// Nobody may change the slice.
func (k *Keyring) Keys() []*auth.Key { return k.keys }

// own returns the keys of the profile alone.
func (k *Keyring) own() []*auth.Key {
	if k.published == nil {
		return k.keys
	}
	return k.keys[:len(k.keys)-len(k.published.Keys)]
}

// Published returns the keys that were fetched, or nil.
func (k *Keyring) Published() *jwks.Set { return k.published }

// Origin returns where a key is from: a file, "environment" or [ThisRun], or the URL
// from which it was fetched.
func (k *Keyring) Origin(key *auth.Key) explain.Origin {
	if k.published != nil && slices.Contains(k.published.Keys, key) {
		return explain.FetchedFrom(k.published)
	}
	return explain.Origin{From: k.source}
}

// Checks is what is asked of a token besides what every token must be.
type Checks struct {
	// Leeway is the tolerance on its times.
	Leeway time.Duration
	// Issuer and Audience must be in "iss" and "aud", and Type in "typ", where they
	// are set. One audience of several is enough.
	Issuer   string
	Audience []string
	Type     string
	// SignatureOnly leaves out the claims and the times.
	SignatureOnly bool
}

// Verify returns the token with its verdict at an instant.
func (k *Keyring) Verify(compact string, want Checks, now time.Time) *Entry {
	e := &Entry{Token: &auth.Token{Compact: compact}}
	e.verifier = auth.Verifier{Leeway: want.Leeway, Iss: want.Issuer, Aud: want.Audience, Typ: want.Type}
	e.signatureOnly = want.SignatureOnly
	e.VerifyWith(k, now)
	return e
}

package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/jwks"
)

// publishes reports whether an issuer publishes keys that verify for the Desk. A key
// for this run only has no issuer.
func (d *Desk) publishes() bool {
	return d.settings.JWKSURL != "" && d.from.Fetch != nil && !d.throwAway
}

// Refetches reports whether there are published keys to fetch again.
func Refetches(d *Desk) bool {
	return d.from.Fetch != nil && (d.publishes() || slices.ContainsFunc(d.keyring.added, func(a Added) bool { return a.url != "" }))
}

// Fetches reports whether the published keys may say more about a token: there are
// some, the token has a header, and none of the keys signed it.
func (d *Desk) Fetches(e *Entry) bool {
	inner := e.Result.Innermost()
	return d.publishes() && inner.Key == nil && inner.Token.Header != nil && !inner.Token.IsEncrypted()
}

// Fetch returns the Desk with the keys that are published at JWKS_URL. It fetches them
// for a kid that the cache does not have. Without a URL, and with a key for this run
// only, it returns the Desk itself. The error says why there are no keys; if they are
// outdated, that is the problem of [Keyring.Published].
func (d *Desk) Fetch(ctx context.Context, kids ...string) (*Desk, error) {
	if !d.publishes() {
		return d, nil
	}
	published, err := d.from.Fetch(ctx, d.settings.JWKSURL, kids...)
	if err != nil {
		return nil, err
	}
	out := *d
	out.keyring = d.keyring.with(published)
	return &out, nil
}

// Fetched is everything that an issuer published when it was fetched again.
type Fetched struct {
	published *jwks.Set
	added     []Added
}

// FetchAgain fetches the published keys of a Desk again, whatever their age: those of JWKS_URL
// and those of the URLs that were added for this run. The error says why not.
func FetchAgain(ctx context.Context, d *Desk) (Fetched, error) {
	again := d.from.Refetch
	if again == nil && d.from.Fetch != nil {
		again = func(ctx context.Context, url string) (*jwks.Set, error) { return d.from.Fetch(ctx, url) }
	}
	if again == nil || !Refetches(d) {
		return Fetched{}, errors.New("no published keys are used")
	}
	var f Fetched
	var err error
	if d.publishes() {
		if f.published, err = again(ctx, d.settings.JWKSURL); err != nil {
			return Fetched{}, err
		}
	}
	for _, a := range d.keyring.added {
		if a.url == "" {
			continue
		}
		set, err := again(ctx, a.url)
		if err != nil {
			return Fetched{}, err
		}
		f.added = append(f.added, published(a.url, set))
	}
	return f, nil
}

// To returns the Desk with the keys.
func (f Fetched) To(d *Desk) *Desk {
	out := d
	for _, a := range f.added {
		out = a.To(out)
	}
	if f.published == nil {
		return out
	}
	with := *out
	with.keyring = out.keyring.with(f.published)
	return &with
}

// Says says how many keys each set has.
func (f Fetched) Says(now time.Time) string {
	sets := make([]*jwks.Set, 0, 1+len(f.added))
	if f.published != nil {
		sets = append(sets, f.published)
	}
	for _, a := range f.added {
		sets = append(sets, a.set)
	}
	texts := make([]string, len(sets))
	for i, set := range sets {
		texts[i] = phrase.Count(len(set.Keys), "key", "keys") + " of " + explain.FetchedFrom(set).Text(now)
	}
	return strings.Join(texts, ", ")
}

// Sets returns the URL and the age of everything that was fetched, in a sentence each.
func (k *Keyring) Sets(now time.Time) []string {
	sets := k.sets()
	all := make([]string, len(sets))
	for i, set := range sets {
		all[i] = explain.FetchedFrom(set).Text(now)
	}
	return all
}

// Outdated reports whether a published key did not make the signature of a token that names it,
// and the set is old enough to ask for it again: its issuer may have replaced the key.
func (e *Entry) Outdated(now time.Time) bool {
	inner := e.Result.Innermost()
	if e.keyring == nil || inner.Verdict != auth.VerdictBadSignature {
		return false
	}
	set := e.keyring.naming(inner.Token)
	return set != nil && now.Sub(set.Fetched) >= jwks.RetryAfter
}

// naming returns the set that has the key that a token names, or nil.
func (k *Keyring) naming(t *auth.Token) *jwks.Set {
	for _, set := range k.sets() {
		if kid := t.KeyID(); kid != "" && set.Has(kid) {
			return set
		}
	}
	return nil
}

// addAge adds to the failure of a token that no published key verifies which set was asked and
// how old it is: it has no key with the kid of the token, or its key did not make the signature.
func (k *Keyring) addAge(r *auth.Result, now time.Time) {
	sets := k.sets()
	kid := r.Token.KeyID()
	if len(sets) == 0 || r.Inner != nil || kid == "" {
		return
	}
	named := k.naming(r.Token)
	switch {
	case r.Verdict == auth.VerdictWrongKey && !r.SignatureChecked && named == nil:
		r.Failures[0].Reason += ", and " + explain.Lacking(sets[0], now)
		r.Failures[0].Advice = explain.AskAgain(sets[0], now)
	case r.Verdict == auth.VerdictBadSignature && named != nil:
		r.Failures[0].Reason += "; " + explain.Naming(named, now)
		r.Failures[0].Advice = "if the issuer has replaced the key, fetch the published keys again"
	}
}

package desk

import (
	"context"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
)

// publishes reports whether an issuer publishes keys that verify for the Desk. A key
// for this run only has no issuer.
func (d *Desk) publishes() bool {
	return d.settings.JWKSURL != "" && d.from.Fetch != nil && !d.throwAway
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

// addAge adds to the failure of a token whose kid no key has that the published set does not
// have it either, and how old the set is.
func (k *Keyring) addAge(r *auth.Result, now time.Time) {
	if k.published == nil || r.Inner != nil || r.Verdict != auth.VerdictWrongKey || r.SignatureChecked {
		return
	}
	if kid := r.Token.KeyID(); kid != "" && !k.published.Has(kid) {
		r.Failures[0].Reason += ", and " + explain.Lacking(k.published, now)
		r.Failures[0].Advice = explain.AskAgain(k.published, now)
	}
}

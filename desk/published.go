package desk

import "context"

// Fetches reports whether fetching the published keys may help with a token: there is a
// URL, the token has a header, and none of the keys signed it.
func (d *Desk) Fetches(e *Entry) bool {
	return d.settings.JWKSURL != "" && d.from.Fetch != nil && e.Token.Header != nil && e.Result.Key == nil
}

// Fetch returns the Desk with the keys that are published at JWKS_URL. It fetches them
// for a kid that the cache does not have. Without a URL it returns the Desk itself. The
// error says why there are no keys; if they are outdated, that is the problem of
// [Keyring.Published].
func (d *Desk) Fetch(ctx context.Context, kids ...string) (*Desk, error) {
	url := d.settings.JWKSURL
	if url == "" || d.from.Fetch == nil {
		return d, nil
	}
	published, err := d.from.Fetch(ctx, url, kids...)
	if err != nil {
		return nil, err
	}
	out := *d
	k := d.keyring
	out.keyring = newKeyring(k.profile, k.source, k.own(), published)
	return &out, nil
}

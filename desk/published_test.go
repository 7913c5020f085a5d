package desk

import (
	"context"
	"crypto/ed25519"
	"errors"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
	"tokendesk/jwks"
)

// Fetch returns a Desk with the published keys, and does not change the first.
func TestFetch(t *testing.T) {
	t.Parallel()
	remote := pair(t, auth.EdDSA, auth.WithKeyID("2026-11"))
	public := must[[]byte](t)(remote.EncodePublic(auth.FormatJWK))
	set := &jwks.Set{Keys: must[[]*auth.Key](t)(auth.ParseKeys(public, "")), From: "https://auth.example.com/keys", Fetched: moment}
	var asked string
	var fails error
	d := openWith(t, "SECRET_KEY="+testSecret+"\nJWKS_URL=https://auth.example.com/jwks", func(s *Source) {
		s.Fetch = func(_ context.Context, url string, kids ...string) (*jwks.Set, error) {
			asked = url + " " + kids[0]
			return set, fails
		}
	})
	token := must[*auth.Token](t)((&auth.Issuer{Key: remote, Now: d.Now}).Issue(auth.Request{Subject: "ada"}))
	e := d.Inspect(Read(token.Compact, find.MaxPasted), 0, moment)
	equal(t, "without them", e.Result.Verdict, auth.VerdictWrongKey)
	equal(t, "worth fetching", d.Fetches(e), true)

	with := must[*Desk](t)(d.Fetch(t.Context(), e.Token.KeyID()))
	equal(t, "the requests", asked, "https://auth.example.com/jwks 2026-11")
	e.VerifyWith(with.Keyring(), moment)
	equal(t, "with them", e.Result.Verdict, auth.VerdictValid)
	equal(t, "its origin", e.Known().Origin, explain.FetchedFrom(set))
	equal(t, "the origin of others", with.Keyring().Origin(d.Key()), explain.Origin{From: d.file})
	equal(t, "worth fetching again", with.Fetches(e), false)
	equal(t, "keys", len(with.Keyring().Keys()), 2)
	equal(t, "keys before", len(d.Keyring().Keys()), 1)
	again := must[*Desk](t)(with.Fetch(t.Context(), "x"))
	equal(t, "keys, fetched twice", len(again.Keyring().Keys()), 2)
	equal(t, "published", again.Keyring().Published(), set)

	thrown := must[*Desk](t)(d.WithThrowAway(t.Context()))
	equal(t, "worth fetching with a key for this run", thrown.Fetches(e), false)
	equal(t, "with a key for this run", must[*Desk](t)(thrown.Fetch(t.Context(), "y")), thrown)
	equal(t, "the requests", asked, "https://auth.example.com/jwks x")

	private := ed25519.NewKeyFromSeed([]byte("another with thirty-two letters."))
	other := &auth.Issuer{Key: must[*auth.Key](t)(auth.NewKey(auth.EdDSA, private, auth.WithKeyID("x"))), Now: d.Now}
	stranger := must[*auth.Token](t)(other.Issue(auth.Request{Subject: "eve"}))
	unknown := d.Inspect(Read(stranger.Compact, find.MaxPasted), 0, moment)
	equal(t, "no key", unknown.Result.Verdict, auth.VerdictWrongKey)
	unknown.Unfetched()
	equal(t, "without the published keys", unknown.Result.Verdict, auth.Verdict(0))
	unknown.Verify(moment.Add(time.Minute))
	equal(t, "later", unknown.Result.Verdict, auth.Verdict(0))
	unknown.VerifyWith(with.Keyring(), moment)
	equal(t, "with them", unknown.Result.Verdict, auth.VerdictWrongKey)
	equal(t, "why", unknown.Result.Failures[0].Reason,
		`the token names the key "x", which is not configured, and the set of https://auth.example.com/keys, fetched just now, does not have it`)
	e.Unfetched()
	equal(t, "a key was known", e.Result.Verdict, auth.VerdictValid)

	fails = errors.New("the server is down")
	if _, err := d.Fetch(t.Context(), ""); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
	none := plain(t, "")
	same, err := none.Fetch(t.Context())
	equal(t, "without a URL", same, none)
	equal(t, "without a URL", err, nil)
	equal(t, "worth fetching", none.Fetches(e), false)
}

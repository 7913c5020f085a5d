package old

import (
	"errors"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// publishing gives the console a JWKS_URL, and says what it was asked for.
func publishing(t *testing.T, asked *[]string, published *Published, err *error) func(*Config, *settings.Settings) {
	t.Helper()
	return func(c *Config, s *settings.Settings) {
		s.JWKSURL = "https://auth.example.com/jwks"
		c.Published = func(url, kid string) (*Published, error) {
			*asked = append(*asked, url+" "+kid)
			if *err != nil {
				return nil, *err
			}
			return published, nil
		}
	}
}

// issuedBy returns a token of the key.
func issuedBy(t *testing.T, key *auth.Key) string {
	t.Helper()
	token, err := (&auth.Issuer{Key: key, Now: func() time.Time { return moment }}).Issue(auth.Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	return token.Compact
}

// remote is the private half of a published key.
func remote(t *testing.T) *auth.Key {
	t.Helper()
	return testPair(t, auth.EdDSA, auth.WithKeyID("2026-11"))
}

func somePublished(t *testing.T) *Published {
	t.Helper()
	text, err := remote(t).EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.ParseKeys(text, "")
	if err != nil {
		t.Fatal(err)
	}
	return &Published{Keys: keys, From: "https://auth.example.com/jwks", Fetched: moment.Add(-3 * time.Minute)}
}

// TestPublished verifies with the published keys what no configured key signed.
func TestPublished(t *testing.T) {
	t.Parallel()
	var asked []string
	var fails error
	published := somePublished(t)
	d := newDesktop(t, publishing(t, &asked, published, &fails))
	d.read(issuedBy(t, d.desk.key()))
	d.shows("✓ valid: signature verified with key " + d.desk.key().Fingerprint())
	d.hides("auth.example.com")
	equal(t, "fetches", len(asked), 0)

	token := issuedBy(t, remote(t))
	d.press("esc")
	d.read(token)
	d.shows("● active", "✓ valid: signature verified with key "+published.Keys[0].Fingerprint(), "kid 2026-11 of https://auth.example.com/jwks", "fetched 14:02:12 UTC, 3m ago")
	equal(t, "what was asked", asked[0], "https://auth.example.com/jwks 2026-11")
	d.after(time.Minute)
	d.shows("fetched 14:02:12 UTC, 4m ago")

	// They are among the keys of the run, and on the board the key is theirs.
	d.press("K", "down")
	d.shows("Signing key 2 of 2", "public key of 256 bits", "verifying alone", "from https://auth.example.com/jwks, fetched 14:02:12 UTC, 4m ago")
	d.press("esc", "b", "2")
	d.shows("EdDSA  " + published.Keys[0].Fingerprint())

	// A copy that is old says so, and one that cannot be had leaves the verdict.
	published.Problem = errors.New("auth.example.com answers 503")
	d.press("3", "esc")
	d.desk = newDesk(d.set, d.clock.now, nil)
	d.read(token)
	d.shows("● active", "▲ the published keys are those of an earlier time: auth.example.com answers 503")
	fails = errors.New("auth.example.com has not answered within 5s")
	d.press("esc")
	d.desk = newDesk(d.set, d.clock.now, nil)
	d.read(token)
	d.shows("✗ wrong key", "✗ the published keys were not looked at: auth.example.com has not answered within 5s")
}

// TestPublishedLate: the verdict of the configured keys is there at once, and an
// answer that comes when another token is shown, or another profile is used, is
// dropped.
func TestPublishedLate(t *testing.T) {
	t.Parallel()
	var asked []string
	var fails error
	published := somePublished(t)
	d := newDesktop(t, in("default", "staging"), publishing(t, &asked, published, &fails))
	read := func(text string) {
		d.press("esc")
		d.goTo(screenInspect)
		d.inspect.pane = pane{}
		_, find := d.Update(pasteOf(text))
		_, fetch := d.Update(find())
		d.shows("✗ wrong key", "fetching the keys of https://auth.example.com/jwks …")
		late := fetch()
		d.press("P", "down", "enter") // to a profile without such a URL
		d.hides("fetching the keys")
		d.send(late)
		d.shows("✗ wrong key")
	}
	read(issuedBy(t, remote(t)))
	equal(t, "the keys", len(d.desk.verifier.Keys), 1)
}

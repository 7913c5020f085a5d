package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// published is the keys that an issuer publishes, and the requests for them.
type published struct {
	set   *jwks.Set
	err   error
	asked []string
}

// publishing gives the console a JWKS_URL with these keys.
func publishing(t *testing.T, p *published) change {
	t.Helper()
	return func(c *Config, s *settings.Settings) {
		s.JWKSURL = "https://auth.example.com/jwks"
		c.Source.Fetch = func(_ context.Context, url string, kids ...string) (*jwks.Set, error) {
			p.asked = append(p.asked, url+" "+strings.Join(kids, " "))
			return p.set, p.err
		}
	}
}

// issuedBy returns a token of the key.
func issuedBy(t *testing.T, key *auth.Key) string {
	t.Helper()
	issuer := auth.Issuer{Key: key, Now: func() time.Time { return moment }, Rand: &counter{}}
	token, err := issuer.Issue(auth.Request{Subject: "ada"})
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

// someSet is the published keys, fetched three minutes ago.
func someSet(t *testing.T) *jwks.Set {
	t.Helper()
	text, err := remote(t).EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.ParseKeys(text, "")
	if err != nil {
		t.Fatal(err)
	}
	return &jwks.Set{Keys: keys, From: "https://auth.example.com/jwks", Fetched: moment.Add(-3 * time.Minute)}
}

// TestPublished verifies a token that no configured key signed with the published keys.
func TestPublished(t *testing.T) {
	t.Parallel()
	p := &published{set: someSet(t)}
	d := newDesktop(t, publishing(t, p))
	own := d.ctx.Desk.Key()
	d.read(issuedBy(t, own))
	d.shows("✓ valid: signed with HS256 by key " + own.Fingerprint())
	d.hides("auth.example.com")
	equal(t, "fetches", len(p.asked), 0)

	token := issuedBy(t, remote(t))
	d.press("esc")
	d.read(token)
	d.shows("● active", "✓ valid: signed with EdDSA by key "+p.set.Keys[0].Fingerprint()+", kid 2026-11 of",
		"https://auth.example.com/jwks, fetched 3m ago")
	equal(t, "the requests", p.asked[0], "https://auth.example.com/jwks 2026-11")
	d.after(time.Minute)
	d.shows("https://auth.example.com/jwks, fetched 4m ago")

	// They are among the keys of the run, and on the board the key is theirs.
	d.press("f8", "down")
	d.shows("Signing key 2 of 2", "256-bit public key", "verifying only",
		"from https://auth.example.com/jwks, fetched 4m ago")
	d.press("esc", "b", "2")
	d.shows(p.set.Keys[0].Fingerprint() + "  EdDSA")
}

// TestPublishedProblem: keys that are old say so, and those that cannot be had
// leave the verdict.
func TestPublishedProblem(t *testing.T) {
	t.Parallel()
	old := someSet(t)
	old.Problem = errors.New("auth.example.com answers 503")
	d := newDesktop(t, publishing(t, &published{set: old}))
	d.read(issuedBy(t, remote(t)))
	d.shows("● active", "▲ the published keys are 3m old: auth.example.com answers 503")

	d = newDesktop(t, publishing(t, &published{err: errors.New("auth.example.com has not answered within 5s")}))
	d.read(issuedBy(t, remote(t)))
	d.shows("▲ the published keys could not be fetched: auth.example.com has not answered within 5s",
		"the signature was not checked")
	d.hides("wrong key")
	d.after(time.Minute)
	d.hides("wrong key")
}

// TestPublishedElsewhere: keys that were fetched while another screen was in front
// count for the token that is shown here.
func TestPublishedElsewhere(t *testing.T) {
	t.Parallel()
	p := &published{err: errTest}
	d := newDesktop(t, publishing(t, p))
	d.read(issuedBy(t, remote(t)))
	d.shows("could not be fetched")
	p.set, p.err = someSet(t), nil
	d.press("2", "f8")
	d.shows("Signing key 1 of 2")
	d.press("esc", "3")
	d.shows("● active", "kid 2026-11 of https://auth.example.com/jwks")
}

// TestPublishedThrowaway: with a key for this run nothing is fetched.
func TestPublishedThrowaway(t *testing.T) {
	t.Parallel()
	p := &published{set: someSet(t)}
	d := newDesktop(t, noKey, publishing(t, p))
	d.press("down", "enter")
	d.read(issuedBy(t, remote(t)))
	d.shows("✗ wrong key")
	equal(t, "fetches", len(p.asked), 0)
}

// TestPublishedLate: the verdict of the configured keys is there at once, and an
// answer that comes when another token is shown, or another profile is used, is
// dropped.
func TestPublishedLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), publishing(t, &published{set: someSet(t)}))
	d.press("f4")
	_, find := d.Update(pasteOf(issuedBy(t, remote(t))))
	_, fetch := d.Update(find())
	d.shows("✗ wrong key", "fetching the keys from https://auth.example.com/jwks …")
	late := fetch()
	d.press("f9", "down", "enter") // to a profile without such a URL
	d.hides("fetching the keys")
	d.send(late)
	d.shows("✗ wrong key")
	equal(t, "the keys", len(d.ctx.Desk.Keyring().Keys()), 1)
}

// TestPublishedErrorIsLate: why no keys could be fetched for one token is not said
// about another.
func TestPublishedErrorIsLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, publishing(t, &published{err: errTest}))
	d.press("f4")
	_, find := d.Update(pasteOf(issuedBy(t, remote(t))))
	_, fetch := d.Update(find())
	late := fetch()
	d.paste(handmade(t, plainHeader, goodClaims("ada")))
	d.shows("✓ valid")
	d.send(late)
	d.shows("✓ valid")
	d.hides("could not be fetched")
}

package plain_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// TestPlainPublished verifies a token that no configured key signed with the published keys.
func TestPlainPublished(t *testing.T) {
	t.Parallel()
	key := pair(t)
	text, err := key.EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.ParseKeys(text, "")
	if err != nil {
		t.Fatal(err)
	}
	token, err := (&auth.Issuer{Key: key, Now: func() time.Time { return moment }}).Issue(auth.Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://auth.example.com/jwks"
	verdict := "Verdict: valid: signed with EdDSA by key " + keys[0].Fingerprint() + ", kid 2026-11 of " + url + ", fetched 3m ago\n"
	fetched := func(problem error) *jwks.Set {
		return &jwks.Set{Keys: keys, From: url, Fetched: moment.Add(-3 * time.Minute), Problem: problem}
	}
	fails := errors.New("it has not answered within 5s")
	for name, test := range map[string]struct {
		set  *jwks.Set
		err  error
		want string
	}{
		"fetched": {fetched(nil), nil, "> " + verdict},
		"earlier": {fetched(fails), nil, "> Keys: the published keys are 3m old: it has not answered within 5s\n" + verdict},
		"failed": {nil, fails, "> Keys: the published keys could not be fetched: " +
			"it has not answered within 5s\nVerdict: the signature was not checked: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := dialogue(t, []string{token.Compact, "/q"}, func(c *plain.Config, s *settings.Settings) {
				s.JWKSURL = url
				c.Source.Fetch = func(_ context.Context, from string, kids ...string) (*jwks.Set, error) {
					equal(t, "the fetched keys", from+" "+strings.Join(kids, " "), url+" 2026-11")
					return test.set, test.err
				}
			})
			if err != nil || !strings.Contains(got, test.want) {
				t.Errorf("error %v, got\n%s\nwant in it\n%s", err, got, test.want)
			}
		})
	}
}

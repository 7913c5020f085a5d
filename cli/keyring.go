package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// keyring is every key that a token is verified with, and where it is from.
type keyring struct {
	set       *settings.Settings
	published *jwks.Set // those of JWKS_URL, or nil
}

// keys returns the configured keys, and then the published ones.
func (k *keyring) keys() []*auth.Key {
	var keys []*auth.Key
	if k.set.Key != nil {
		keys = k.set.Verifying()
	}
	if k.published != nil {
		keys = append(slices.Clone(keys), k.published.Keys...)
	}
	return keys
}

// isPublished reports whether a key is one of the published ones.
func (k *keyring) isPublished(key *auth.Key) bool {
	return k.published != nil && slices.Contains(k.published.Keys, key)
}

// origin returns the file or the URL that a key is from, or "environment".
func (k *keyring) origin(key *auth.Key) string {
	if k.isPublished(key) {
		return k.published.From
	}
	return k.set.KeySource
}

// urlFlag adds the flag of a command that verifies.
func (s *source) urlFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.jwksURL, "jwks-url", "", "fetch the keys that an issuer publishes at this https URL, instead of JWKS_URL")
	offer(cmd, "jwks-url") // nothing: it is to be known
}

// loadToVerify is loadWithKey for a command to which a URL of keys is as good.
func (p Program) loadToVerify(s *source) (*settings.Settings, error) {
	set, err := p.load(s)
	if err != nil || set.Key != nil || set.JWKSURL != "" {
		return set, err
	}
	return nil, noKey(set)
}

// keyring returns the keys to verify with. Those of JWKS_URL are fetched anew for
// a kid that is not among them. When that fails, what is there has to do.
func (p Program) keyring(ctx context.Context, set *settings.Settings, kids ...string) (*keyring, error) {
	k := &keyring{set: set}
	if set.JWKSURL == "" {
		return k, nil
	}
	published, err := p.published(ctx, set.JWKSURL, kids...)
	switch {
	case err != nil && set.Key == nil:
		return nil, misconfigured(err)
	case err != nil:
		p.warn(err.Error() + "; the configured key alone is used")
		published = nil
	case published.Problem != nil:
		p.warn(fmt.Sprintf("the keys of %s are %s old: %v", published.From, age(published, p.Now()), published.Problem))
	}
	k.published = published
	return k, nil
}

// published fetches the keys at a URL, or takes those that were kept.
func (p Program) published(ctx context.Context, url string, kids ...string) (*jwks.Set, error) {
	source := jwks.Source{URL: url, Now: p.Now}
	if dir, err := os.UserCacheDir(); err == nil {
		source.Dir = filepath.Join(dir, "tokendesk")
	}
	return source.Keys(ctx, kids...)
}

// age is how old the published keys are.
func age(set *jwks.Set, now time.Time) string {
	return auth.FormatDuration(max(0, now.Sub(set.Fetched).Truncate(time.Second)))
}

// kidsOf returns the IDs of the keys that tokens name.
func kidsOf(found []find.Match) []string {
	kids := make([]string, 0, len(found))
	for _, f := range found {
		token, _ := decode(f.Compact)
		kids = append(kids, token.KeyID())
	}
	return kids
}

// noKey says that there is no key, and what to do.
func noKey(set *settings.Settings) error {
	if set.Found {
		return misconfigured(errors.New("there is no key: " + set.File + " has neither SECRET_KEY nor KEY_FILE; add one, or name a file with --key-file"))
	}
	return misconfigured(errors.New("there is no key: " + set.File + " is not here; run tokendesk init to make one, or name a file with --env-file or --key-file"))
}

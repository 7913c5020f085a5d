// Package jwks fetches the keys that an issuer publishes: a JWK set (RFC 7517) at a
// URL that the user configured or agreed to. Only this package and the probe open
// connections. It connects to that URL and, if there is an OpenID Connect discovery
// document, to the URL of the JWK set in it. It knows no tokens: no URL that a token names
// is fetched before the user has said yes to it.
//
// Its errors have advice, see [advice.Of].
package jwks

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

const (
	// Timeout is how long a fetch may take in total.
	Timeout = 5 * time.Second
	// MaxBytes is the size of the largest document that is read.
	MaxBytes = 64 << 10

	maxRedirects = 5
	// RetryAfter is how old a set must be before it is fetched again for a key that it
	// does not have.
	RetryAfter = 30 * time.Second
	// maxStale is how old a set may be when it replaces one that cannot be fetched.
	maxStale = 24 * time.Hour
)

// Source is where keys are published.
type Source struct {
	// URL is the URL of a JWK set, of an issuer with a discovery document (OpenID
	// Connect Discovery 1.0 section 4), or of that document.
	URL string
	// Dir is the folder that caches sets between runs; if it is empty, every call
	// fetches.
	Dir string
	// Transport makes the requests. nil is the transport of package http, which uses
	// the proxies of the environment, without compression.
	Transport http.RoundTripper
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Timeout is how long a fetch may take in total; zero is [Timeout].
	Timeout time.Duration
	// Refetch fetches even if a cached set could be used.
	Refetch bool
}

// Set holds the keys that an issuer publishes.
type Set struct {
	// Keys can verify but not sign.
	Keys []*auth.Key
	// Remarks say which keys of the set cannot be used, and why.
	Remarks []*auth.SetRemark
	// From is the URL of the set, and Fetched when it was fetched.
	From    string
	Fetched time.Time
	// Cached says that the set was not fetched for this call.
	Cached bool
	// Problem says why the set could not be fetched again although it is outdated, or
	// is nil.
	Problem error

	lasts time.Duration
	text  []byte
}

// Keys returns the published keys. A cached set is used for as long as its server
// allows, from a minute to an hour, else for five minutes. It is fetched again
// earlier for a kid that it does not have, or with Refetch. If the set cannot be fetched, a cached
// one that has these keys is returned for up to a day, with the Problem.
func (s *Source) Keys(ctx context.Context, kids ...string) (*Set, error) {
	if err := auth.CheckKeyURL(s.URL); err != nil {
		return nil, fmt.Errorf("%s: %w", s.URL, err)
	}
	kept, now := s.kept(), s.now()
	if kept != nil && !s.Refetch && kept.serves(now, kids) {
		return kept, nil
	}
	set, err := s.fetch(ctx)
	switch {
	case err == nil:
		s.keep(set)
		return set, nil
	case kept != nil && !s.Refetch && kept.age(now) < maxStale && !kept.lacks(kids):
		kept.Problem = err
		return kept, nil
	}
	return nil, err
}

func (s *Source) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// age returns how old the set is. A set from the future counts as very old.
func (s *Set) age(now time.Time) time.Duration {
	if age := now.Sub(s.Fetched); age >= 0 {
		return age
	}
	return 1 << 62
}

// Has reports whether the set has a key for tokens with that kid: one with that ID, or one
// that was published without an ID.
func (s *Set) Has(kid string) bool {
	return slices.ContainsFunc(s.Keys, func(k *auth.Key) bool {
		thumbprint, err := auth.Thumbprint(k.Public())
		return k.ID() == kid || err == nil && k.ID() == thumbprint
	})
}

// serves reports whether these keys can be looked up in the set without fetching it
// again.
func (s *Set) serves(now time.Time, kids []string) bool {
	age := s.age(now)
	unnamed := slices.ContainsFunc(kids, func(kid string) bool {
		return kid != "" && !slices.ContainsFunc(s.Keys, func(k *auth.Key) bool { return k.ID() == kid })
	})
	return age < s.lasts && (age < RetryAfter || !unnamed)
}

// lacks reports whether the set has no key for one of these IDs.
func (s *Set) lacks(kids []string) bool {
	return slices.ContainsFunc(kids, func(kid string) bool { return kid != "" && !s.Has(kid) })
}

// fetch fetches the set.
func (s *Source) fetch(ctx context.Context) (*Set, error) {
	limit := cmp.Or(s.Timeout, Timeout)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	transport := s.Transport
	if transport == nil {
		own := newTransport()
		defer own.CloseIdleConnections()
		transport = own
	}
	f := fetcher{client: http.Client{Transport: transport, CheckRedirect: sameHost}, limit: limit}
	d, err := f.find(ctx, s.URL)
	if err != nil {
		return nil, err
	}
	set := &Set{From: d.url, Fetched: s.now(), lasts: d.lasts, text: d.text}
	if set.Keys, set.Remarks, err = auth.ParsePublished(d.text); err != nil {
		return nil, fmt.Errorf("%s: %w", d.url, err)
	}
	return set, nil
}

// newTransport returns the transport of package http without compression, so that
// MaxBytes limits the bytes that are read, and with a limit for the headers.
func newTransport() *http.Transport {
	own := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // it is one
	own.DisableCompression = true
	own.MaxResponseHeaderBytes = MaxBytes
	own.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return own
}

// sameHost allows a few redirects on the same host.
func sameHost(to *http.Request, before []*http.Request) error {
	from := before[0].URL
	switch {
	case to.URL.Scheme != from.Scheme || to.URL.Host != from.Host:
		return advice.New("it redirects to another host, "+to.URL.Scheme+"://"+to.URL.Host, configureURL)
	case to.URL.User != nil:
		return advice.New("it redirects to a URL with a user name", configureURL)
	case len(before) > maxRedirects:
		return advice.New("too many redirects", configureURL)
	}
	return nil
}

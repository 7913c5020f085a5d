// Package jwks fetches the keys that an issuer publishes: a JWK set (RFC 7517)
// from a URL that the user configured. It is, with the probe, what in Tokendesk
// talks to a network, and it asks nobody but that URL and, when there is a
// discovery document of OpenID Connect, the one which that names: never what a
// token says.
package jwks

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tokendesk/auth"
)

const (
	// Timeout is how long all of a fetch may take.
	Timeout = 5 * time.Second
	// MaxBytes is the most that is read of one document.
	MaxBytes = 64 << 10

	maxRedirects = 5
	// retryAfter is how old a set must be to be fetched again for a key that it
	// does not have.
	retryAfter = 30 * time.Second
	// maxStale is how old a set may be that stands in for one which cannot be
	// fetched.
	maxStale = 24 * time.Hour
)

// Source is where keys are published.
type Source struct {
	// URL is that of a JWK set, or of an issuer with a discovery document (OpenID
	// Connect Discovery 1.0 section 4), or of that document.
	URL string
	// Dir is the folder in which sets are kept between runs; without one each call
	// fetches.
	Dir string
	// Transport makes the requests. nil is that of package http, with the proxies
	// of the environment and without compression.
	Transport http.RoundTripper
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Timeout is for all of a fetch; zero is [Timeout].
	Timeout time.Duration
}

// Set is the keys that an issuer publishes.
type Set struct {
	// Keys verify and do not sign.
	Keys []*auth.Key
	// Skipped says which keys of the set cannot be used here, and why.
	Skipped []error
	// From is the URL of the set, and Fetched when it was fetched.
	From    string
	Fetched time.Time
	// Problem is why there is no newer one, if it should be newer.
	Problem error

	lasts time.Duration
	text  []byte
}

// Keys returns the published keys. A set that was kept is used as long as its
// server said, between a minute and an hour, else for five minutes, and it is
// fetched anew for a kid that it does not have. When it cannot be fetched, the one
// that was kept is returned for up to a day, with the Problem.
func (s *Source) Keys(ctx context.Context, kids ...string) (*Set, error) {
	if err := auth.CheckKeyURL(s.URL); err != nil {
		return nil, fmt.Errorf("%s: %w", s.URL, err)
	}
	kept, now := s.kept(), s.now()
	if kept != nil && kept.serves(now, kids) {
		return kept, nil
	}
	set, err := s.fetch(ctx)
	switch {
	case err == nil:
		s.keep(set)
		return set, nil
	case kept != nil && kept.age(now) < maxStale:
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

// age is how old the set is; one from the future is as old as can be.
func (s *Set) age(now time.Time) time.Duration {
	if age := now.Sub(s.Fetched); age >= 0 {
		return age
	}
	return 1 << 62
}

// serves reports whether the set need not be fetched anew for these keys.
func (s *Set) serves(now time.Time, kids []string) bool {
	age := s.age(now)
	missing := slices.ContainsFunc(kids, func(kid string) bool {
		return kid != "" && !slices.ContainsFunc(s.Keys, func(k *auth.Key) bool { return k.ID() == kid })
	})
	return age < s.lasts && (!missing || age < retryAfter)
}

// fetch fetches the set.
func (s *Source) fetch(ctx context.Context) (*Set, error) {
	limit := s.Timeout
	if limit == 0 {
		limit = Timeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	transport := s.Transport
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // it is one
		own.DisableCompression = true                          // so that the limit is one of what is read
		own.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
		transport = own
		defer own.CloseIdleConnections()
	}
	f := fetcher{client: http.Client{Transport: transport, CheckRedirect: sameHost}, limit: limit}
	d, err := f.find(ctx, s.URL)
	if err != nil {
		return nil, err
	}
	set := &Set{From: d.url, Fetched: s.now(), lasts: d.lasts, text: d.text}
	if set.Keys, set.Skipped, err = auth.ParsePublished(d.text); err != nil {
		return nil, fmt.Errorf("%s: %w", d.url, err)
	}
	return set, nil
}

// sameHost lets a server send the request elsewhere on itself alone.
func sameHost(to *http.Request, before []*http.Request) error {
	from := before[0].URL
	switch {
	case to.URL.Scheme != from.Scheme || to.URL.Host != from.Host:
		return errors.New("it sends to another host, " + to.URL.Scheme + "://" + to.URL.Host + ": configure the URL that the keys are at")
	case to.URL.User != nil:
		return errors.New("it sends to a URL with a user name")
	case len(before) > maxRedirects:
		return errors.New("it sends from one URL to the next without end")
	}
	return nil
}

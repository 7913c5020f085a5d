package jwks

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// configureURL is the advice about a URL that leads elsewhere.
const configureURL = "configure the URL of the JWK set itself"

// fetcher reads documents.
type fetcher struct {
	client http.Client
	limit  time.Duration
}

// document is the answer from a URL.
type document struct {
	url   string
	text  []byte
	lasts time.Duration
	json  auth.Object
}

func (d *document) isSet() bool {
	_, ok := d.json.Get("keys")
	return ok
}

// keysURL returns the URL of the JWK set in a discovery document, or nothing.
func (d *document) keysURL() string {
	text, _ := d.json.String("jwks_uri")
	return text
}

// find returns the JWK set at a URL, or the one in a discovery document at or below
// it.
func (f *fetcher) find(ctx context.Context, address string) (*document, error) {
	d, err := f.get(ctx, address)
	switch {
	case err == nil && d.isSet():
		return d, nil
	case err == nil && d.keysURL() != "":
		return f.follow(ctx, d)
	case err == nil:
		err = advice.New(address+" is neither a JWK set nor a discovery document", configureURL)
	}
	if isDiscovery(address) || ctx.Err() != nil {
		return nil, err
	}
	below, other := f.get(ctx, strings.TrimSuffix(address, "/")+wellKnown)
	if other != nil || below.keysURL() == "" {
		return nil, err
	}
	return f.follow(ctx, below)
}

// follow returns the JWK set that a discovery document names. The document must be
// that of the issuer. The set may be on another host, since the issuer names it and not
// a token.
func (f *fetcher) follow(ctx context.Context, d *document) (*document, error) {
	if err := d.checkIssuer(); err != nil {
		return nil, err
	}
	if err := auth.CheckKeyURL(d.keysURL()); err != nil {
		return nil, fmt.Errorf("%s: its jwks_uri cannot be used: %w", d.url, err)
	}
	set, err := f.get(ctx, d.keysURL())
	if err == nil && !set.isSet() {
		err = fmt.Errorf("%s should be a JWK set according to %s, but is not", set.url, d.url)
	}
	return set, err
}

// get reads a JSON object from a URL.
func (f *fetcher) get(ctx context.Context, address string) (*document, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: it is not a URL", address)
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	request.Header.Set("User-Agent", "tokendesk")
	response, err := f.client.Do(request)
	if err != nil {
		return nil, f.explain(address, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		answer := fmt.Sprintf("%s answered with %d %s", address, response.StatusCode, http.StatusText(response.StatusCode))
		return nil, advice.New(answer, "check the URL")
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, MaxBytes+1))
	switch {
	case err != nil:
		return nil, f.explain(address, err)
	case len(text) > MaxBytes:
		return nil, advice.New(address+" answered with more than 64 KiB", configureURL)
	}
	d := &document{url: address, text: text, lasts: lasts(response.Header.Get("Cache-Control"))}
	if d.json, err = jsontext.ParseObject(text); err != nil {
		return nil, advice.Add(fmt.Errorf("%s did not answer with a valid JSON object: %w", address, err), "check the URL")
	}
	return d, nil
}

// explain returns why there was no answer.
func (f *fetcher) explain(address string, err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		if failed.Timeout() {
			err = context.DeadlineExceeded
		} else {
			err = failed.Err
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return advice.New(address+" did not answer within "+auth.FormatDuration(f.limit), "check the URL and the network")
	}
	if isHeaderLimit(err) {
		return advice.New(address+" answered with more than 64 KiB of headers", configureURL)
	}
	if bad, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return advice.Add(fmt.Errorf("%s has a certificate that is not trusted: %w", address, bad.Err),
			"to trust its authority, set SSL_CERT_FILE to a file with the authority's certificate")
	}
	return fmt.Errorf("%s: %w", address, err)
}

// isHeaderLimit reports whether the headers of an answer were too large. Package http
// has no error of its own for that, neither in HTTP/1.1 nor in HTTP/2.
func isHeaderLimit(err error) bool {
	return strings.Contains(err.Error(), "response headers exceeded") || strings.Contains(err.Error(), "response header list larger")
}

// lasts returns how long a set may be used according to its Cache-Control header
// (RFC 9111 section 5.2.2.1).
func lasts(control string) time.Duration {
	const usual = 5 * time.Minute
	for directive := range strings.SplitSeq(control, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "no-store", "no-cache":
			return time.Minute
		case "max-age":
			if seconds, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil {
				return time.Duration(min(max(seconds, 60), 3600)) * time.Second
			}
		}
	}
	return usual
}

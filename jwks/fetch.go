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
	"tokendesk/auth/jsontext"
)

// wellKnown is where an issuer's discovery document is, below its URL (OpenID
// Connect Discovery 1.0 section 4).
const wellKnown = "/.well-known/openid-configuration"

// fetcher reads documents.
type fetcher struct {
	client http.Client
	limit  time.Duration
}

// document is what a URL answered.
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

// keysURL returns where a discovery document says that the keys are.
func (d *document) keysURL() string {
	text, _ := d.json.String("jwks_uri")
	return text
}

// find returns the JWK set at a URL, or the one that a discovery document at or
// below it names.
func (f *fetcher) find(ctx context.Context, address string) (*document, error) {
	d, err := f.get(ctx, address)
	issuer, isDiscovery := strings.CutSuffix(address, wellKnown)
	switch {
	case err == nil && d.isSet():
		return d, nil
	case err == nil && d.keysURL() != "":
		return f.follow(ctx, d, issuer)
	case err == nil:
		err = fmt.Errorf("%s has neither a JWK set nor a discovery document: configure the URL that the keys are at", address)
	}
	if isDiscovery || ctx.Err() != nil {
		return nil, err
	}
	below, other := f.get(ctx, strings.TrimSuffix(address, "/")+wellKnown)
	if other != nil || below.keysURL() == "" {
		return nil, err
	}
	return f.follow(ctx, below, address)
}

// follow returns the JWK set that a discovery document names, which must be that
// of the issuer (OpenID Connect Discovery 1.0 section 4.3). The set may be on
// another host: the document of the issuer says so, not a token.
func (f *fetcher) follow(ctx context.Context, d *document, issuer string) (*document, error) {
	if named, _ := d.json.String("issuer"); named != issuer {
		return nil, fmt.Errorf("%s is the discovery document of another issuer, %s: configure that one's URL, letter by letter",
			d.url, jsontext.Quote(named))
	}
	if err := auth.CheckKeyURL(d.keysURL()); err != nil {
		return nil, fmt.Errorf("%s: its jwks_uri cannot be used: %w", d.url, err)
	}
	set, err := f.get(ctx, d.keysURL())
	if err == nil && !set.isSet() {
		err = fmt.Errorf("%s is not the JWK set that %s says it is", set.url, d.url)
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
		return nil, fmt.Errorf("%s answers %d %s", address, response.StatusCode, http.StatusText(response.StatusCode))
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, MaxBytes+1))
	switch {
	case err != nil:
		return nil, f.explain(address, err)
	case len(text) > MaxBytes:
		return nil, fmt.Errorf("%s answers with more than 64 KiB, which no JWK set has", address)
	}
	d := &document{url: address, text: text, lasts: lasts(response.Header.Get("Cache-Control"))}
	if d.json, err = jsontext.ParseObject(text); err != nil {
		return nil, fmt.Errorf("%s answers with something else than one faultless JSON object: %w", address, err)
	}
	return d, nil
}

// explain says why there was no answer.
func (f *fetcher) explain(address string, err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		if failed.Timeout() {
			err = context.DeadlineExceeded
		} else {
			err = failed.Err
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s has not answered within %s: check the URL and the network", address, auth.FormatDuration(f.limit))
	}
	if bad, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Errorf("%s has a certificate that is not trusted: %w; SSL_CERT_FILE names a file with others that are", address, bad.Err)
	}
	return fmt.Errorf("%s: %w", address, err)
}

// lasts returns how long a set may be used, by its Cache-Control (RFC 9111 section
// 5.2.2.1).
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

package auth

import (
	"errors"
	"net/netip"
	"net/url"
)

// CheckKeyURL returns why keys must not be fetched from a URL, or nil: whoever can
// change what comes from there decides which tokens are good. It is for https,
// and for http on this machine alone.
func CheckKeyURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return errors.New("it is not a URL: write one such as https://auth.example.com/jwks.json")
	}
	address, err := netip.ParseAddr(u.Hostname())
	local := u.Hostname() == "localhost" || err == nil && address.IsLoopback()
	switch {
	case u.User != nil:
		return errors.New("it holds a user name or a password, which keys that everybody may read do not need: take it out")
	case u.Fragment != "":
		return errors.New("it has a fragment: take the # and what is behind it out")
	case u.Scheme == "https", u.Scheme == "http" && local:
		return nil
	case u.Scheme == "http":
		return errors.New("it is http, so that anybody on the way could put in keys of his own: use https")
	default:
		return errors.New("it is not an https URL: write one such as https://auth.example.com/jwks.json")
	}
}

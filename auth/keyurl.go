package auth

import (
	"net/netip"
	"net/url"

	"tokendesk/auth/advice"
)

// CheckKeyURL returns why keys must not be fetched from a URL, or nil: whoever can change
// the answer decides which tokens are valid. It accepts https, and http only for this
// machine.
func CheckKeyURL(text string) error {
	const example = "write one such as https://auth.example.com/jwks.json"
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return advice.New("it is not a URL", example)
	}
	address, err := netip.ParseAddr(u.Hostname())
	local := u.Hostname() == "localhost" || err == nil && address.IsLoopback()
	switch {
	case u.User != nil:
		return advice.New("it contains a user name or a password, which public keys do not need", "remove it")
	case u.Fragment != "":
		return advice.New("it has a fragment", "remove the # and the text after it")
	case u.Scheme == "https", u.Scheme == "http" && local:
		return nil
	case u.Scheme == "http":
		return advice.New("it uses http, so anyone on the network path could replace the keys", "use https")
	default:
		return advice.New("it is not an https URL", example)
	}
}

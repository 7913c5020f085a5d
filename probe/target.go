package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// DefaultTimeout is how long an answer is waited for when nothing else is said.
const DefaultTimeout = 10 * time.Second

// Place is where in a request the token goes.
type Place int

// The places.
const (
	InHeader Place = iota
	InCookie
	InQuery
)

// String returns "header", "cookie" or "query".
func (p Place) String() string { return [...]string{"header", "cookie", "query"}[p] }

// Range is the statuses from First to Last, both of them included.
type Range struct{ First, Last int }

// Target is an API and how a token is sent to it.
type Target struct {
	// URL is http or https, without a user and a password.
	URL string
	// Method is GET when it is empty.
	Method string
	// Header goes with every request. What stands where the token goes is replaced;
	// cookies are kept beside it. "Host" names another host than the URL does.
	Header http.Header
	Body   []byte
	In     Place
	// Name is the name of the header, the cookie or the parameter of the query;
	// empty, it is "Authorization" or "access_token". In Authorization the token
	// stands behind "Bearer " (RFC 6750 section 2.1), elsewhere alone.
	Name string
	// Accept are the statuses of a token that was let in; nil is 200 to 299.
	// Refuse are those of a refusal; nil is 401 and 403. No status is in both.
	Accept, Refuse []Range
	// Timeout is for each request, up to the end of the header of the answer; zero
	// is DefaultTimeout.
	Timeout time.Duration
	// InsecureTLS takes any certificate.
	InsecureTLS bool
	// AllowPublic says that the user has confirmed what Public named. Without it no
	// connection is made to a public address, whatever the host resolves to by then.
	AllowPublic bool
	// Transport replaces the package's own, which makes a connection for each
	// request, uses no proxy and asks for no compression. AllowPublic, InsecureTLS
	// and the limit on the size of a header are then its own matter.
	Transport http.RoundTripper
}

// Resolver looks up the addresses of a host; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Public returns the host of the target when one of its addresses is neither
// loopback nor private, and otherwise the empty string. A nil resolver is
// [net.DefaultResolver]. The error says that the target cannot be used or that
// its host has no address.
func (t *Target) Public(ctx context.Context, resolver Resolver) (string, error) {
	address, err := t.parse()
	if err != nil {
		return "", err
	}
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	host := address.Hostname()
	addresses := []netip.Addr{}
	if literal, err := netip.ParseAddr(host); err == nil {
		addresses = append(addresses, literal)
	} else if addresses, err = resolver.LookupNetIP(ctx, "ip", host); err != nil || len(addresses) == 0 {
		if ctx.Err() != nil {
			return "", ctx.Err() //nolint:wrapcheck // the caller knows what was cancelled
		}
		return "", fmt.Errorf("the host %s has no address: check the URL", host)
	}
	if slices.ContainsFunc(addresses, isPublic) {
		return host, nil
	}
	return "", nil
}

// shared is the address space between a provider and its customers (RFC 6598),
// in which overlay networks put their hosts too.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// metadata are the addresses at which a cloud tells a machine about itself, and
// hands out its credentials: they look private, and are not the user's.
var metadata = []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("fd00:ec2::254")}

// isPublic reports whether the address can be somebody else's: all but loopback,
// RFC 1918, unique local, link-local and shared addresses, and "this host". The
// metadata service of a cloud is somebody else's.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if slices.Contains(metadata, a.WithZone("")) {
		return true
	}
	return !a.IsLoopback() && !a.IsPrivate() && !a.IsLinkLocalUnicast() && !a.IsUnspecified() && !shared.Contains(a)
}

// parse returns the URL, or why it cannot be used. No error repeats it: it may
// hold a secret.
func (t *Target) parse() (*url.URL, error) {
	address, err := url.Parse(t.URL)
	switch {
	case err != nil || address.Host == "" || address.Hostname() == "":
		return nil, errors.New("the URL cannot be read: write it as https://host/path")
	case address.Scheme != "http" && address.Scheme != "https":
		return nil, errors.New("the URL must begin with http:// or https://")
	case address.User != nil:
		return nil, errors.New("the URL holds a user or a password: take them out and send a header instead")
	}
	return address, nil
}

// check returns the URL, or why the target cannot be used.
func (t *Target) check() (*url.URL, error) {
	address, err := t.parse()
	if err != nil {
		return nil, err
	}
	if t.Method != "" && !isName(t.Method) {
		return nil, errors.New("the method is not one of HTTP: write GET, POST or the like")
	}
	if !isName(t.name()) {
		return nil, fmt.Errorf("the name of the %s may hold letters, digits and - only", t.In)
	}
	for name, values := range t.Header {
		if !isName(name) {
			return nil, errors.New("the name of a header may hold letters, digits and - only")
		}
		for _, value := range values {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				return nil, fmt.Errorf("the value of the header %s holds a line break or another control character", name)
			}
		}
	}
	for status := 100; status < 1000; status++ {
		if within(status, t.accepted()) && within(status, t.refused()) {
			return nil, fmt.Errorf("the status %d says both that a token was let in and that it was refused: take it out of one", status)
		}
	}
	return address, nil
}

// isName reports whether the text is a token of RFC 9110 section 5.6.2.
func isName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

func (t *Target) name() string {
	switch {
	case t.Name != "":
		return t.Name
	case t.In == InHeader:
		return "Authorization"
	default:
		return "access_token"
	}
}

func (t *Target) timeout() time.Duration {
	if t.Timeout == 0 {
		return DefaultTimeout
	}
	return t.Timeout
}

func (t *Target) accepted() []Range {
	if t.Accept == nil {
		return []Range{{200, 299}}
	}
	return t.Accept
}

func (t *Target) refused() []Range {
	if t.Refuse == nil {
		return []Range{{http.StatusUnauthorized, http.StatusUnauthorized}, {http.StatusForbidden, http.StatusForbidden}}
	}
	return t.Refuse
}

func within(status int, ranges []Range) bool {
	return slices.ContainsFunc(ranges, func(r Range) bool { return r.First <= status && status <= r.Last })
}

// outcome returns what the status of an answer says. What the user named comes
// before what is known of the others.
func (t *Target) outcome(status int) (Outcome, string) {
	switch {
	case within(status, t.accepted()):
		return LetIn, ""
	case within(status, t.refused()):
		return Refused, ""
	case status == http.StatusTooManyRequests:
		return Limited, "the API limits how many requests it takes: send fewer a second (--rate)"
	case status >= 500 && status <= 599:
		return FellOver, ""
	case status >= 300 && status <= 399:
		return OtherStatus, "a redirect, which is not followed"
	default:
		return OtherStatus, ""
	}
}

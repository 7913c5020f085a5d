package probe

import (
	"cmp"
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

	"tokendesk/auth/advice"
)

// DefaultTimeout is how long a request waits for its answer by default.
const DefaultTimeout = 10 * time.Second

// Place is where in a request the token goes.
type Place int

// The places.
const (
	InHeader Place = iota
	InCookie
	InQuery
	InBody // of a form (RFC 6750 section 2.2)
)

// Places returns all places.
func Places() []Place { return []Place{InHeader, InCookie, InQuery, InBody} }

// Name returns "header", "cookie", "query" or "body".
func (p Place) Name() string { return [...]string{"header", "cookie", "query", "body"}[p] }

// Range holds the statuses from First to Last, both included.
type Range struct{ First, Last int }

// Target is an API and how a token is sent to it.
type Target struct {
	// URL is http or https, without a user name and a password.
	URL string
	// Method is the HTTP method; empty is GET, or POST if the token is in the body.
	Method string
	// Header is sent with every request. The token replaces a value in its place, but
	// other cookies are kept. "Host" overrides the host of the URL.
	Header http.Header
	Body   []byte
	Placing
	// Accept are the statuses of an accepted token; nil is 200 to 299. Refuse are those of
	// a refused one; nil is 401 and 403, and where RFC 6750 allows it 400. No status
	// may be in both.
	Accept, Refuse []Range
	// Timeout limits each request up to the end of the response headers; zero is
	// [DefaultTimeout].
	Timeout time.Duration
	// InsecureTLS accepts any certificate.
	InsecureTLS bool
	// AllowPublic says that the user has confirmed the host that [Target.Public]
	// returned. Without it the probe connects to no public address, whatever the host
	// resolves to by then.
	AllowPublic bool
	// Transport replaces the package's own, which opens a connection for each request,
	// uses no proxy and asks for no compression. It then decides itself about
	// AllowPublic, InsecureTLS and the size of headers.
	Transport http.RoundTripper
}

// Resolver looks up the addresses of a host; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Public returns the host of the target if one of its addresses is neither loopback
// nor private, else the empty string. A nil resolver is [net.DefaultResolver]. The
// error says that the target cannot be used or that its host has no address.
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
		return "", advice.New("the host "+host+" has no address", "check the URL")
	}
	if slices.ContainsFunc(addresses, isPublic) {
		return host, nil
	}
	return "", nil
}

// shared is the address space that a provider shares with its customers (RFC 6598).
// Overlay networks use it for their hosts too.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// metadata are the addresses of the metadata services of clouds, which hand out
// credentials. They look private but do not belong to the user.
var metadata = []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("fd00:ec2::254")}

// isPublic reports whether the address may belong to somebody else. Loopback, RFC
// 1918, unique local, link-local, shared and unspecified addresses do not; the
// metadata service of a cloud does.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if slices.Contains(metadata, a.WithZone("")) {
		return true
	}
	return !a.IsLoopback() && !a.IsPrivate() && !a.IsLinkLocalUnicast() && !a.IsUnspecified() && !shared.Contains(a)
}

// parse returns the URL, or why it cannot be used. No error quotes it: it may
// contain a secret.
func (t *Target) parse() (*url.URL, error) {
	address, err := url.Parse(t.URL)
	switch {
	case err != nil || address.Host == "" || address.Hostname() == "":
		return nil, advice.New("the URL cannot be read", "write it as https://host/path")
	case address.Scheme != "http" && address.Scheme != "https":
		return nil, errors.New("the URL must start with http:// or https://")
	case address.User != nil:
		return nil, advice.New("the URL contains a user name or a password", "remove them and send a header instead")
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
		return nil, advice.New("the method is not an HTTP method", "use GET, POST or another method")
	}
	if !isName(t.name()) {
		return nil, fmt.Errorf("the name of the %s may contain only letters, digits and -", t.In.Name())
	}
	switch {
	case strings.Count(t.value(), placeholder) != 1:
		return nil, advice.New("the value does not have "+placeholder+" once", "write it as 'Bearer "+placeholder+"'")
	case strings.ContainsFunc(t.value(), isControl):
		return nil, errors.New("the value contains a line break or another control character")
	}
	for name, values := range t.Header {
		if !isName(name) {
			return nil, errors.New("the name of a header may contain only letters, digits and -")
		}
		for _, value := range values {
			if strings.ContainsFunc(value, isControl) {
				return nil, fmt.Errorf("the value of the header %s contains a line break or another control character", name)
			}
		}
	}
	for status := 100; status < 1000; status++ {
		if within(status, t.accepted()) && within(status, t.refused()) {
			return nil, advice.New(fmt.Sprintf("the status %d counts both as accepted and as refused", status), "remove it from one of the two")
		}
	}
	return address, nil
}

// isControl reports whether a character must not be in a header.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// isName reports whether the text is a token of RFC 9110 section 5.6.2.
func isName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// The names of the usual header, and of the usual cookie or parameter (RFC 6750).
const (
	authorization = "Authorization"
	accessToken   = "access_token"
)

func (t *Target) name() string {
	if t.In == InHeader {
		return cmp.Or(t.Name, authorization)
	}
	return cmp.Or(t.Name, accessToken)
}

// placeholder stands for the token in a value.
const placeholder = "{token}"

func (t *Target) value() string {
	if t.Value == "" && t.isBearer() {
		return "Bearer " + placeholder
	}
	return cmp.Or(t.Value, placeholder)
}

// filled returns the value with the token.
func (t *Target) filled(token string) string {
	return strings.Replace(t.value(), placeholder, token, 1)
}

func (t *Target) method() string {
	if t.Method == "" && t.In == InBody {
		return http.MethodPost
	}
	return cmp.Or(t.Method, http.MethodGet)
}

func (t *Target) timeout() time.Duration { return cmp.Or(t.Timeout, DefaultTimeout) }

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

// tooLarge are the statuses of a request that is too large to be read (RFC 9110 sections
// 15.5.14 and 15.5.15, RFC 6585 section 5): nobody gets in with one.
var tooLarge = []int{http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge}

// outcome returns the outcome and the detail of an answer to a token that has that fault,
// or to none. The statuses that the user named come before the usual meaning of the others.
// A request without a readable token may be answered with 400 (RFC 6750 section 3.1).
func (t *Target) outcome(a *answer, unreadable bool) (Outcome, string) {
	status := a.status
	switch {
	case within(status, t.accepted()):
		return Accepted, ""
	case within(status, t.refused()):
		return Refused, ""
	case t.Refuse == nil && (unreadable && status == http.StatusBadRequest || slices.Contains(tooLarge, status)):
		return Refused, ""
	case status == http.StatusTooManyRequests:
		return Limited, "the API limits the rate of requests"
	case status >= 400 && status <= 599 && a.judged():
		return WrongStatus, ""
	case status >= 500 && status <= 599:
		return ServerError, ""
	case status >= 300 && status <= 399:
		return OtherStatus, "a redirect, which is not followed"
	default:
		return OtherStatus, ""
	}
}

package probe

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// maxHeader is how many bytes of response headers are read at most.
const maxHeader = 64 << 10

// maxBody is how many bytes of the body of a response are read at most, and bodyWait how
// long they may take: the status is enough, and a body may be endless.
const (
	maxBody  = 512
	bodyWait = 200 * time.Millisecond
)

// errPublic refuses to connect to a public address that was not confirmed.
var errPublic = errors.New("the address is public and was not confirmed")

// sender sends requests to a target that has been checked.
type sender struct {
	target    *Target
	url       *url.URL
	transport http.RoundTripper
	now       func() time.Time
	ticks     <-chan time.Time // one for each request but the first; nil is no limit
}

// answer is the answer to one request.
type answer struct {
	status       int // 0 when there was none
	detail       string
	body         string // the start of it
	challenge    string // the WWW-Authenticate header
	sent, came   time.Time
	date         time.Time // of the Date header, or zero
	wasCancelled bool
}

// newTransport returns a transport that connects to the target and nothing else.
// Every request has a connection of its own, so that one that is closed or out of
// sync after a malformed response affects no other.
func newTransport(t *Target) *http.Transport {
	dialer := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		host, err := netip.ParseAddrPort(address)
		if err != nil || !t.AllowPublic && isPublic(host.Addr()) {
			return errPublic
		}
		return nil
	}}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{InsecureSkipVerify: t.InsecureTLS}, //nolint:gosec // the user asked for it
		DisableKeepAlives:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// wait waits until the next request may be sent. It returns false when the context
// was cancelled.
func (s *sender) wait(ctx context.Context) bool {
	if s.ticks != nil {
		select {
		case <-s.ticks:
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// send sends one request with the token, or without one if it is nil.
func (s *sender) send(ctx context.Context, token *string) answer {
	limited, cancel := withPatience(ctx, s.target.timeout())
	defer cancel()
	a := answer{sent: s.now()}
	response, err := s.transport.RoundTrip(s.request(limited, token))
	a.came = s.now()
	if err != nil {
		a.wasCancelled = ctx.Err() != nil
		if late := context.Cause(limited); errors.Is(late, context.DeadlineExceeded) {
			err = late
		}
		a.detail = s.explain(err)
		return a
	}
	defer func() { _ = response.Body.Close() }()
	a.status = response.StatusCode
	a.date, _ = http.ParseTime(response.Header.Get("Date"))
	a.challenge = response.Header.Get("WWW-Authenticate")
	a.body = start(response.Body, cancel)
	return a
}

// start returns the start of a body as text, and ends the request when it takes too long.
func start(body io.Reader, end func()) string {
	timer := time.AfterFunc(bodyWait, end)
	defer timer.Stop()
	text := make([]byte, maxBody)
	n, _ := io.ReadFull(body, text) // whatever came of it
	return strings.ToValidUTF8(string(text[:n]), "\ufffd")
}

// Lines returns a request with a token as it is sent: its first line and its header. The
// error says why the target cannot be used.
func (t *Target) Lines(token string) ([]string, error) {
	address, err := t.check()
	if err != nil {
		return nil, err
	}
	r := (&sender{target: t, url: address}).request(context.Background(), &token)
	lines := []string{r.Method + " " + r.URL.RequestURI() + " HTTP/1.1", "Host: " + cmp.Or(r.Host, r.URL.Host)}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			if name != "Host" {
				lines = append(lines, name+": "+value)
			}
		}
	}
	return lines, nil
}

// request returns the request with the exact bytes of the token: net/http would
// quote one that is not a valid cookie value.
func (s *sender) request(ctx context.Context, token *string) *http.Request {
	t := s.target
	address := *s.url
	r := &http.Request{Method: t.method(), URL: &address, Header: t.Header.Clone()}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if len(r.Header["User-Agent"]) == 0 {
		r.Header.Set("User-Agent", "tokendesk")
	}
	r.Host = r.Header.Get("Host")
	body := t.Body
	if t.In == InBody {
		body = t.form(r, token)
	}
	if len(body) > 0 {
		r.Body = io.NopCloser(bytes.NewReader(body))
		r.ContentLength = int64(len(body))
	}
	switch t.In {
	case InHeader:
		t.putInHeader(r, token)
	case InCookie:
		t.putInCookie(r, token)
	case InQuery:
		r.URL.RawQuery = t.parameters(r.URL.RawQuery, token)
	case InBody:
	}
	return r.WithContext(ctx)
}

// cannotCarry returns why a token would not arrive as it is, or nothing. A server ends a
// token in a header at white space, and many leave out a cookie with other characters than
// those of RFC 6265 section 4.1.1. A query carries any text.
func (t *Target) cannotCarry(token string) string {
	unusual := strings.IndexFunc(token, func(r rune) bool {
		switch t.In {
		case InHeader:
			return r < ' ' || r > '~' || r == ' ' && t.isBearer()
		case InCookie:
			return r <= ' ' || r > '~' || strings.ContainsRune(`",;\`, r)
		default:
			return false
		}
	})
	if unusual < 0 {
		return ""
	}
	names := map[byte]string{' ': "space", '"': "quotation marks"}
	return fmt.Sprintf("a %s cannot carry its %s: it would not arrive", t.In.Name(), cmp.Or(names[token[unusual]], "unusual character"))
}

// isBearer reports whether the token is sent as RFC 6750 section 2.1 says.
func (t *Target) isBearer() bool {
	return t.In == InHeader && strings.EqualFold(t.name(), authorization)
}

func (t *Target) putInHeader(r *http.Request, token *string) {
	r.Header.Del(t.name())
	if token == nil {
		return
	}
	r.Header.Set(t.name(), t.filled(*token))
}

func (t *Target) putInCookie(r *http.Request, token *string) {
	var cookies []string
	for _, row := range r.Header["Cookie"] {
		for pair := range strings.SplitSeq(row, ";") {
			name, _, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if name != "" && name != t.name() {
				cookies = append(cookies, strings.TrimSpace(pair))
			}
		}
	}
	if token != nil {
		cookies = append(cookies, t.name()+"="+t.filled(*token))
	}
	r.Header.Del("Cookie")
	if len(cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
}

// form returns the body as a form with the token (RFC 6750 section 2.2).
func (t *Target) form(r *http.Request, token *string) []byte {
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return []byte(t.parameters(string(t.Body), token))
}

// parameters returns the parameters of a query or a form with the token.
func (t *Target) parameters(raw string, token *string) string {
	var pairs []string
	for pair := range strings.SplitSeq(raw, "&") {
		start, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(start); pair != "" && (err != nil || name != t.name()) {
			pairs = append(pairs, pair)
		}
	}
	if token != nil {
		value := strings.ReplaceAll(url.QueryEscape(t.filled(*token)), "+", "%20")
		pairs = append(pairs, url.QueryEscape(t.name())+"="+value)
	}
	return strings.Join(pairs, "&")
}

// explain returns in a few words why there was no answer. It quotes nothing of the
// error, which may contain the URL with the token, or text from the server.
func (s *sender) explain(err error) string {
	network, isNetwork := errors.AsType[net.Error](err)
	operation, isOperation := errors.AsType[*net.OpError](err)
	text := err.Error() // net/http has no values for some errors
	for _, reason := range []struct {
		applies bool
		text    string
	}{
		{errors.Is(err, context.DeadlineExceeded) || isNetwork && network.Timeout(), fmt.Sprintf("no answer within %s", s.target.timeout())},
		{errors.Is(err, context.Canceled), "stopped"},
		{errors.Is(err, errPublic), "the host now has a public address, which was not confirmed"},
		{isA[*net.DNSError](err), "the host has no address"},
		{isA[*tls.CertificateVerificationError](err), "the certificate is not trusted"},
		{
			isA[tls.RecordHeaderError](err) || isA[tls.AlertError](err) || strings.Contains(text, "HTTP response to HTTPS client"),
			"TLS handshake failed",
		},
		{errors.Is(err, syscall.ECONNREFUSED), "connection refused"},
		{strings.Contains(text, "server response headers exceeded"), fmt.Sprintf("response headers exceed %d KiB", maxHeader>>10)},
		{
			strings.Contains(text, "EOF") || strings.Contains(text, "closed") ||
				errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE),
			"the connection was closed",
		},
		{isOperation && operation.Op == "dial", "connection failed"},
	} {
		if reason.applies {
			return reason.text
		}
	}
	return "not an HTTP response"
}

// isA reports whether the error is of a type or wraps one that is.
func isA[E error](err error) bool {
	_, is := errors.AsType[E](err)
	return is
}

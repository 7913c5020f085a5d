package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// Every fault arrives byte for byte, wherever it is sent, beside everything else that
// the user sends.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		target Target
		find   func(*http.Request) (string, bool)
		beside func(*http.Request) bool
	}{
		{"header", Target{Header: http.Header{"Authorization": {"Basic x"}}}, func(r *http.Request) (string, bool) {
			value := r.Header.Get("Authorization")
			if value == "Bearer" { // without a token, and without the space at the end
				return "", true
			}
			return strings.CutPrefix(value, "Bearer ")
		}, func(*http.Request) bool { return true }},
		{"other header", Target{Placing: Placing{Name: "X-Token"}}, func(r *http.Request) (string, bool) {
			value, ok := r.Header["X-Token"]
			return strings.Join(value, "|"), ok
		}, func(*http.Request) bool { return true }},
		{"cookie", Target{
			Placing: Placing{In: InCookie}, Header: http.Header{"Cookie": {"a=1; access_token=old", "b=2"}},
		}, func(r *http.Request) (string, bool) {
			_, token, ok := strings.Cut(r.Header.Get("Cookie"), "; access_token=")
			return token, ok
		}, func(r *http.Request) bool {
			row := r.Header.Get("Cookie")
			return strings.HasPrefix(row, "a=1; b=2") && !strings.Contains(row, "=old")
		}},
		{"query", Target{Placing: Placing{In: InQuery, Name: "t"}, URL: "/me?a=%2f&t=old&b"}, func(r *http.Request) (string, bool) {
			return r.URL.Query().Get("t"), r.URL.Query().Has("t")
		}, func(r *http.Request) bool {
			return strings.HasPrefix(r.URL.RawQuery, "a=%2f&b") && len(r.URL.Query()["t"]) < 2 && !strings.Contains(r.URL.RawQuery, "+")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := makerAt(t, newClock().Now)
			v := verifierOf(t, m)
			var mu sync.Mutex
			var arrived []string
			without := 0
			tt.target.Method, tt.target.Body = http.MethodPost, []byte("hello")
			tt.target.Header = tt.target.Header.Clone()
			if tt.target.Header == nil {
				tt.target.Header = http.Header{}
			}
			tt.target.Header.Set("X-Other", "kept")
			tt.target.Header.Set("Host", "api.example.com")
			tt.target.URL = serve(t, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				body := make([]byte, 6)
				n, _ := r.Body.Read(body)
				if string(body[:n]) != "hello" || r.Method != http.MethodPost || r.Host != "api.example.com" || r.Header.Get("X-Other") != "kept" ||
					!tt.beside(r) || r.Header.Get("Accept-Encoding") != "" || !r.Close {
					t.Errorf("%s %q %v", r.Method, body[:n], r)
				}
				token, ok := tt.find(r)
				if !ok {
					without++
				}
				arrived = append(arrived, token)
				if !ok || v.Verify(token).Verdict != auth.VerdictValid {
					w.WriteHeader(http.StatusUnauthorized)
				}
			}) + tt.target.URL
			report, err := (&Probe{Target: tt.target, Maker: m, Faults: fault.Catalogue()}).Run(t.Context(), nil)
			if err != nil || !report.Right() || without != 1 {
				t.Fatalf("%v, %d requests without a token: %s", err, without, report.Summary())
			}
			for _, result := range report.Results {
				if result.Outcome != NotMade && !slices.Contains(arrived, result.Case.Token) {
					t.Errorf("%s did not arrive as it is", result.Case.Name)
				}
			}
		})
	}
}

// raw starts a server that verifies tokens, and calls a function with every
// connection that has a bad one.
func raw(t *testing.T, v *auth.Verifier, bad func(net.Conn)) string {
	t.Helper()
	return serve(t, answersFor(v, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)         // to answer after the end of the request
		conn, _, err := w.(http.Hijacker).Hijack() //nolint:forcetypeassert // it is one
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = conn.Close() }()
		bad(conn)
	}))
}

// endless writes until the other side closes the connection.
func endless(conn net.Conn, head, text string) {
	_, err := conn.Write([]byte(head))
	for err == nil {
		_, err = conn.Write([]byte(text))
	}
}

// A server that misbehaves on a fault is a result, and affects no other request.
func TestHostileServers(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	for _, tt := range []struct {
		name    string
		bad     func(net.Conn)
		outcome Outcome
		detail  string
	}{
		{"closes", func(net.Conn) {}, NoAnswer, "the connection was closed"},
		{"resets", func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }, NoAnswer, "the connection was closed"},
		{
			"garbage", func(c net.Conn) { _, _ = c.Write([]byte("\x00\x1b]52;c;aGk=\x07 garbage\r\n\r\n")) }, NoAnswer,
			"not an HTTP response",
		},
		{"bad status", func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 abc OK\r\n\r\n")) }, NoAnswer, "not an HTTP response"},
		{"half a header", func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 401 Un")) }, NoAnswer, "the connection was closed"},
		{"endless headers", func(c net.Conn) {
			endless(c, "HTTP/1.1 401 Unauthorized\r\n", "X-A: "+strings.Repeat("a", 1000)+"\r\n")
		}, NoAnswer, "response headers exceed 64 KiB"},
		{"endless informational", func(c net.Conn) {
			endless(c, "", "HTTP/1.1 103 Early Hints\r\nX-A: "+strings.Repeat("a", 1000)+"\r\n\r\n")
		}, NoAnswer, "response headers exceed 64 KiB"},
		{"endless body", func(c net.Conn) { endless(c, "HTTP/1.1 401 Unauthorized\r\n\r\n", strings.Repeat("a", 1000)) }, Refused, ""},
		{"wrong length", func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\nx")) }, Refused, ""},
		{"no such status", func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 999 \x1b[31mred\r\n\r\n")) }, OtherStatus, ""},
		{"switches", func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"))
		}, OtherStatus, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				p := &Probe{Maker: m, Faults: faults(t, "expired", "alg-none", "oversized"), Target: Target{Method: method, Body: []byte("x")}}
				p.Target.URL = raw(t, v, tt.bad)
				report, err := p.Run(t.Context(), nil)
				if err != nil || !report.GoodAfter.Right {
					t.Fatalf("%v, %+v", err, report)
				}
				for _, got := range report.Results {
					if got.Outcome != tt.outcome || got.Detail != tt.detail {
						t.Errorf("%s %s: %s %q", method, got.Case.Name, got.Outcome, got.Detail)
					}
				}
			}
		})
	}
}

// A request to a server that hangs times out. The test has a clock of its own.
func TestHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := makerAt(t, time.Now)
		v := verifierOf(t, m)
		p := &Probe{Maker: m, Faults: faults(t, "expired"), Target: Target{URL: "http://localhost", Timeout: 3 * time.Second}}
		p.Target.Transport = transport(func(r *http.Request) (int, error) {
			token, ok := bearer(r)
			if ok && v.Verify(token).Verdict != auth.VerdictValid {
				<-r.Context().Done()
				return 0, r.Context().Err()
			}
			return map[bool]int{true: 200, false: 401}[ok], nil
		})
		report, err := p.Run(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Results[0]; got.Outcome != NoAnswer || got.Detail != "no answer within 3s" || got.Took != 3*time.Second ||
			report.Took != 3*time.Second {
			t.Errorf("%+v", got)
		}
	})
}

// transport answers without a network.
type transport func(*http.Request) (int, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	status, err := t(r)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Body: http.NoBody}, nil
}

// No more requests are sent per second than Rate, and a token is made just before it
// is sent.
func TestRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := makerAt(t, time.Now)
		v := verifierOf(t, m)
		begin := time.Now()
		var sent []time.Duration
		p := &Probe{
			Maker: m, Faults: faults(t, "just-expired", "just-expired", "just-expired"), Rate: 0.5, Target: Target{URL: "http://localhost"},
		}
		p.Target.Transport = transport(func(r *http.Request) (int, error) {
			sent = append(sent, time.Since(begin))
			token, ok := bearer(r)
			if !ok {
				return 401, nil
			}
			result := v.Verify(token)
			if exp, _ := result.Token.Date("exp"); result.Verdict == auth.VerdictExpired && exp.Sub(time.Now()) != -time.Second {
				t.Errorf("the token expired %s ago", exp.Sub(time.Now()))
			}
			return map[bool]int{true: 200, false: 401}[result.Verdict == auth.VerdictValid], nil
		})
		report, err := p.Run(t.Context(), nil)
		if err != nil || !report.Right() {
			t.Fatalf("%v, %+v", err, report)
		}
		if want := []time.Duration{0, 2e9, 4e9, 6e9, 8e9, 10e9}; !slices.Equal(sent, want) {
			t.Errorf("sent at %v, want %v", sent, want)
		}
	})
}

type resolver map[string][]string

func (r resolver) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	var all []netip.Addr
	for _, a := range r[host] {
		all = append(all, netip.MustParseAddr(a))
	}
	if all == nil {
		return nil, errors.New("hunter2")
	}
	return all, nil
}

func TestPublic(t *testing.T) {
	t.Parallel()
	hosts := resolver{
		"localhost":       {"127.0.0.1", "::1"},
		"lan":             {"192.168.1.4", "10.0.0.1", "172.31.0.1", "fd00::1", "fe80::1", "169.254.1.1", "100.64.0.1", "100.127.255.255"},
		"api.example.com": {"192.0.2.1"}, "mixed": {"10.0.0.1", "2001:db8::1"},
	}
	for url, want := range map[string]string{
		"http://localhost:8000/me": "", "http://lan": "", "https://api.example.com": "api.example.com", "https://mixed/": "mixed",
		"http://127.0.0.1:1": "", "http://[::1]:1": "", "http://8.8.8.8": "8.8.8.8",
		"http://[::ffff:8.8.8.8]": "::ffff:8.8.8.8", "http://[::ffff:10.0.0.1]": "",
		"http://100.128.0.1": "100.128.0.1", "http://172.32.0.1": "172.32.0.1", "http://[64:ff9b::a00:1]": "64:ff9b::a00:1", "http://0.0.0.0": "",
		"http://224.0.0.1": "224.0.0.1", "http://169.254.169.254/": "169.254.169.254",
		"http://[fd00:ec2::254]": "fd00:ec2::254", "http://[::ffff:169.254.169.254]": "::ffff:169.254.169.254",
	} {
		target := Target{URL: url}
		if got, err := target.Public(t.Context(), hosts); got != want || err != nil {
			t.Errorf("%s: %q, %v", url, got, err)
		}
	}
	target := Target{URL: "http://nowhere"}
	if _, err := target.Public(t.Context(), hosts); err == nil || err.Error() != "the host nowhere has no address" {
		t.Errorf("no address: %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := target.Public(cancelled, hosts); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// No connection is made to a public address unless that was confirmed, whatever the
// host resolved to before. The address is one for documentation.
func TestPublicIsNotDialled(t *testing.T) {
	t.Parallel()
	p := &Probe{Target: Target{URL: "http://192.0.2.1:9"}, Maker: makerAt(t, newClock().Now)}
	_, err := p.Run(t.Context(), nil)
	const want = "the good token was not accepted: the host now has a public address, which was not confirmed"
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// An untrusted certificate is refused unless the user allows it.
func TestTLS(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	server := httptest.NewUnstartedServer(answersFor(verifierOf(t, m),
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	for _, tt := range []struct {
		url      string
		insecure bool
		want     string
	}{
		{server.URL, true, "<nil>"},
		{server.URL, false, "the good token was not accepted: the certificate is not trusted"},
		{strings.Replace(plain, "http:", "https:", 1), true, "the good token was not accepted: TLS handshake failed"},
	} {
		p := &Probe{Target: Target{URL: tt.url, InsecureTLS: tt.insecure}, Maker: m, Faults: faults(t, "expired")}
		report, err := p.Run(t.Context(), nil)
		if fmt.Sprint(err) != tt.want || err == nil && !report.Right() {
			t.Errorf("%s: %v", tt.url, err)
		}
	}
}

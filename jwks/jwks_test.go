package jwks

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tokendesk/auth"
)

var moment = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// public returns the public half of a key with that ID, as JWK.
func public(t *testing.T, id string) string {
	t.Helper()
	key, err := auth.NewKey(auth.EdDSA, ed25519.NewKeyFromSeed([]byte("a seed of thirty-two characters.")), auth.WithKeyID(id))
	if err != nil {
		t.Fatal(err)
	}
	text, err := key.EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// issuer is an HTTPS server that publishes keys, and counts how often each path
// was asked for.
type issuer struct {
	*httptest.Server
	paths map[string]http.HandlerFunc
	hits  map[string]*atomic.Int32
}

func newIssuer(t *testing.T, paths map[string]http.HandlerFunc) *issuer {
	t.Helper()
	i := &issuer{paths: paths, hits: map[string]*atomic.Int32{}}
	for path := range paths {
		i.hits[path] = &atomic.Int32{}
	}
	i.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handle, ok := i.paths[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		i.hits[r.URL.Path].Add(1)
		handle(w, r)
	}))
	i.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are to fail
	i.StartTLS()
	t.Cleanup(i.Close)
	return i
}

// source returns a source that trusts the server.
func (i *issuer) source(path string) *Source {
	transport := i.Client().Transport.(*http.Transport).Clone() //nolint:forcetypeassert // it is one
	transport.DisableCompression = true
	return &Source{URL: i.URL + path, Transport: transport, Now: func() time.Time { return moment }, Timeout: time.Minute}
}

func answer(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

func set(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `]}` }

func TestKeys(t *testing.T) {
	t.Parallel()
	good := set(public(t, "one"))
	elsewhere := newIssuer(t, map[string]http.HandlerFunc{"/": answer(good)})
	var i *issuer
	discovery := func(issuer, keys string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"issuer":%q,"jwks_uri":%q}`, i.URL+issuer, i.URL+keys)
		}
	}
	to := func(url string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, http.StatusFound) }
	}
	i = newIssuer(t, map[string]http.HandlerFunc{
		"/jwks":      answer(good),
		"/to":        to("/jwks"),
		"/elsewhere": func(w http.ResponseWriter, r *http.Request) { to(elsewhere.URL)(w, r) },
		"/plain":     to("http://" + "127.0.0.1/jwks"),
		"/loop":      to("/loop"),
		"/full":      answer(good + strings.Repeat(" ", MaxBytes-len(good))),
		"/large":     answer(good + strings.Repeat(" ", MaxBytes-len(good)+1)),
		"/garbage":   answer("<html>sign in</html>"),
		"/twice":     answer(`{"keys":[],"keys":[]}`),
		"/empty":     answer(set()),
		"/private":   answer(set(public(t, "one"), `{"kty":"EC","kid":"two","d":"AA"}`)),
		"/secret":    answer(set(`{"kty":"oct","k":"AAAA"}`)),
		"/useless":   answer(set(`{"kty":"RSA","use":"enc","n":"AQAB","e":"AQAB"}`)),
		"/cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, good)
		},
		"/gzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
			_ = z.Close()
		},
		"/tenant" + wellKnown:                            discovery("/tenant", "/jwks"),
		"/slash/" + wellKnown:                            answer(good),
		"/slash" + wellKnown:                             discovery("/slash/", "/jwks"),
		"/common" + wellKnown:                            discovery("/{tenantid}/v2.0", "/jwks"),
		"/.well-known/oauth-authorization-server/tenant": discovery("/tenant/", "/jwks"),
		"/other" + wellKnown:                             discovery("/another", "/jwks"),
		"/broken" + wellKnown:                            discovery("/broken", "/garbage"),
		"/nothing" + wellKnown:                           discovery("/nothing", "/nothing"+wellKnown),
		"/http" + wellKnown: func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"issuer":%q,"jwks_uri":"http://auth.example.com/jwks"}`, i.URL+"/http")
		},
		"/neither": answer(`{"hello":"world"}`),
	})
	for path, want := range map[string]string{
		"/jwks":               "",
		"/to":                 "",
		"/full":               "",
		"/tenant":             "",
		"/tenant" + wellKnown: "",
		"/slash/":             "",
		"/slash":              "",
		"/slash" + wellKnown:  "",
		"/.well-known/oauth-authorization-server/tenant": "",
		"/common":    "/common" + wellKnown + ` is for many issuers, "` + i.URL + `/{tenantid}/v2.0", and not for one`,
		"/elsewhere": "/elsewhere: it redirects to another host, " + elsewhere.URL,
		"/plain":     "/plain: it redirects to another host, http://127.0.0.1",
		"/loop":      "/loop: too many redirects",
		"/large":     "/large answered with more than 64 KiB",
		"/garbage":   "/garbage did not answer with a valid JSON object: ",
		"/twice":     `duplicate name "keys"`,
		"/gzip":      "/gzip did not answer with a valid JSON object: ",
		"/cut":       "/cut: unexpected EOF",
		"/gone":      "/gone answered with 404 Not Found",
		"/neither":   "/neither is neither a JWK set nor a discovery document",
		"/empty":     "/empty: the JWK set has no keys",
		"/private": `/private: key 2 ("two") of the JWK set contains private key material, ` +
			`so anyone who reads the set can sign tokens`,
		"/secret":            "/secret: key 1 of the JWK set contains private key material",
		"/useless":           `/useless: no key of the JWK set can be used: key 1: the use of the JWK is "enc", not sig`,
		"/other":             "/other" + wellKnown + ` is the discovery document of another issuer, "` + i.URL + `/another"`,
		"/other" + wellKnown: "is the discovery document of another issuer",
		"/broken":            "/garbage did not answer with a valid JSON object",
		"/nothing":           "/nothing" + wellKnown + " should be a JWK set according to ",
		"/http": "/http" + wellKnown + ": its jwks_uri cannot be used: it uses http, " +
			"so anyone on the network path could replace the keys",
		"/gone" + wellKnown:    "/gone" + wellKnown + " answered with 404 Not Found",
		"/garbage?a=b":         "/garbage?a=b did not answer with a valid JSON object",
		"/jwks#fragment":       "it has a fragment",
		"/../../etc/passwd":    "answered with 404",
		"/jwks/%zz":            "it is not a URL",
		"/tenant/../../tenant": "answered with 404",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			got, err := i.source(path).Keys(t.Context())
			switch {
			case want == "" && err != nil:
				t.Fatal(err)
			case want == "":
				if len(got.Keys) != 1 || got.Keys[0].ID() != "one" || got.Keys[0].CanSign() || !got.Fetched.Equal(moment) || got.Problem != nil {
					t.Errorf("the set is %+v", got)
				}
			case err == nil || !strings.Contains(err.Error(), want):
				t.Errorf("the error is %v, want %s", err, want)
			}
		})
	}
	if n := elsewhere.hits["/"].Load(); n != 0 {
		t.Errorf("the other host was asked %d times", n)
	}
}

// A set has keys for other purposes too, and of kinds that are not known here.
func TestSkipped(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, map[string]http.HandlerFunc{"/": answer(set(
		`{"kty":"RSA","use":"enc","alg":"RSA-OAEP","kid":"one","n":"AQAB","e":"AQAB"}`,
		`{"kty":"EC","crv":"secp256k1","kid":"coins","x":"AA","y":"AA"}`,
		`{"kty":"RSA","kid":"small","n":"AQAB","e":"AQAB"}`,
		`{"kty":"AKP","alg":"ML-DSA-44","kid":"new","pub":"AA"}`,
		`"no object"`,
		public(t, "one"),
	))})
	got, err := i.source("/").Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Keys) != 1 || len(got.Remarks) != 5 {
		t.Fatalf("%d keys, skipped %q", len(got.Keys), got.Remarks)
	}
	for n, name := range []string{
		`key 1 ("one"): the use`, `key 2 ("coins"): `, `key 3 ("small"): `, `key 4 ("new"): `, "key 5: it is not an object",
	} {
		if !strings.HasPrefix(got.Remarks[n].Error(), "ignored "+name) {
			t.Errorf("%q, want %s", got.Remarks[n], name)
		}
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}})
	s := i.source("/")
	s.Timeout = time.Millisecond
	_, err := s.Keys(t.Context())
	if want := i.URL + "/ did not answer within "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("the error is %v", err)
	}
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, map[string]http.HandlerFunc{"/": answer("")})
	_, err := (&Source{URL: i.URL}).Keys(t.Context())
	if want := i.URL + " has a certificate that is not trusted: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("the error is %v", err)
	}
	if i.hits["/"].Load() != 0 {
		t.Error("a request was sent")
	}
}

// On this machine http is allowed.
func TestLoopback(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(answer(set(public(t, "one"))))
	t.Cleanup(server.Close)
	if got, err := (&Source{URL: server.URL}).Keys(t.Context()); err != nil || len(got.Keys) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestKept follows a cached set until it is too old.
func TestKept(t *testing.T) {
	t.Parallel()
	keys, control, down := []string{"one"}, "", false
	i := newIssuer(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) {
		if down {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Cache-Control", control)
		all := make([]string, len(keys))
		for n, id := range keys {
			all[n] = public(t, id)
		}
		fmt.Fprint(w, set(all...))
	}})
	s := i.source("/")
	s.Dir = filepath.Join(t.TempDir(), "a", "b")
	now := moment
	s.Now = func() time.Time { return now }
	step := func(name string, later time.Duration, hits int32, age time.Duration, problem string, kids ...string) {
		t.Helper()
		now = now.Add(later)
		got, err := s.Keys(t.Context(), kids...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if i.hits["/"].Load() != hits || now.Sub(got.Fetched) != age {
			t.Errorf("%s: asked %d times, want %d; the age is %s, want %s", name, i.hits["/"].Load(), hits, now.Sub(got.Fetched), age)
		}
		if got.Cached != (age > 0) {
			t.Errorf("%s: it is said that the set is from the cache: %t", name, got.Cached)
		}
		if fmt.Sprint(got.Problem) != "<nil>" != (problem != "") || problem != "" && !strings.Contains(got.Problem.Error(), problem) {
			t.Errorf("%s: the problem is %v, want %q", name, got.Problem, problem)
		}
	}
	step("first", 0, 1, 0, "")
	info, err := os.Stat(s.path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	step("kept", 4*time.Minute, 1, 4*time.Minute, "")
	step("kept with its kid", 0, 1, 4*time.Minute, "", "one", "")
	keys = append(keys, "two")
	step("another kid", 0, 2, 0, "", "two")
	step("a kid that is nowhere, at once", 29*time.Second, 2, 29*time.Second, "", "three")
	step("a kid that is nowhere, later", time.Second, 3, 0, "", "three")
	s.Refetch = true
	step("although it could be used", time.Second, 4, 0, "")
	s.Refetch = false
	control = "public, max-age=600"
	step("too old", 5*time.Minute, 5, 0, "")
	step("as long as the server says", 9*time.Minute, 5, 9*time.Minute, "")
	control = "max-age=99999999"
	step("longer than that", time.Minute, 6, 0, "")
	step("no longer than an hour", time.Hour, 7, 0, "")
	control = "no-store"
	step("again", time.Hour, 8, 0, "")
	step("for a minute", 59*time.Second, 8, 59*time.Second, "")
	down = true
	step("stale", time.Hour, 9, time.Hour+59*time.Second, "answered with 503 Service Unavailable")
	step("stale, with its kid", 0, i.hits["/"].Load()+1, time.Hour+59*time.Second, "answered with 503 Service Unavailable", "one")
	if _, err := s.Keys(t.Context(), "four"); err == nil || !strings.Contains(err.Error(), "answered with 503") {
		t.Errorf("for a kid that is not in the copy the error is %v", err)
	}
	s.Refetch = true
	if _, err := s.Keys(t.Context()); err == nil || !strings.Contains(err.Error(), "answered with 503") {
		t.Errorf("if it is to be fetched, the error is %v", err)
	}
	s.Refetch = false
	down = false
	step("the clock was put back", -3*time.Hour, i.hits["/"].Load()+1, 0, "")
	down = true
	now = now.Add(24 * time.Hour)
	if _, err := s.Keys(t.Context()); err == nil || !strings.Contains(err.Error(), "answered with 503") {
		t.Errorf("after a day the error is %v", err)
	}
	down = false
	for name, text := range map[string]string{
		"no JSON": "{", "of another URL": `{"url":"https://other.example.com","set":{}}`,
		"no set": fmt.Sprintf(`{"url":%q,"fetched":%d,"lasts":300,"set":{}}`, s.URL, now.Unix()),
	} {
		if err := os.WriteFile(s.path(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		step(name, 0, i.hits["/"].Load()+1, 0, "")
	}
	s.Dir = s.path() // a file
	step("nowhere to keep it", 0, i.hits["/"].Load()+1, 0, "")
}

func TestLasts(t *testing.T) {
	t.Parallel()
	for control, want := range map[string]time.Duration{
		"":                       5 * time.Minute,
		"max-age=0":              time.Minute,
		"Max-Age=120":            2 * time.Minute,
		`public, max-age="1800"`: 30 * time.Minute,
		"max-age=86400":          time.Hour,
		"max-age=-5":             time.Minute,
		"max-age=many":           5 * time.Minute,
		"no-cache, max-age=1800": time.Minute,
	} {
		if got := lasts(control); got != want {
			t.Errorf("%q lasts %s, want %s", control, got, want)
		}
	}
}

// A private key is refused, so it never gets into the cache.
func TestPrivateIsNotKept(t *testing.T) {
	t.Parallel()
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), []byte("a seed of thirty-two characters."))
	if err != nil {
		t.Fatal(err)
	}
	key, err := auth.NewKey(auth.ES256, private)
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := key.EncodePrivate(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	i := newIssuer(t, map[string]http.HandlerFunc{"/": answer(set(string(jwk)))})
	s := i.source("/")
	s.Dir = t.TempDir()
	if _, err := s.Keys(t.Context()); err == nil || strings.Contains(err.Error(), `"d"`) {
		t.Errorf("the error is %v", err)
	}
	if files, err := os.ReadDir(s.Dir); err != nil || len(files) != 0 {
		t.Errorf("it kept %v, %v", files, err)
	}
}

// The size of the headers is limited too.
func TestHeaders(t *testing.T) {
	t.Parallel()
	size := MaxBytes / 2
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Filler", strings.Repeat("a", size))
		answer(set(public(t, "one")))(w, r)
	}))
	t.Cleanup(server.Close)
	if _, err := (&Source{URL: server.URL}).Keys(t.Context()); err != nil {
		t.Errorf("%d bytes of headers: %v", size, err)
	}
	size = MaxBytes
	_, err := (&Source{URL: server.URL}).Keys(t.Context())
	if want := server.URL + " answered with more than 64 KiB of headers"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// Redirects stay on the host. No connection is needed to know that.
func TestSameHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ from, to, want string }{
		{"https://a.example/x", "https://a.example/y?z", ""},
		{"https://a.example/x", "https://b.example/x", "it redirects to another host, https://b.example"},
		{"https://a.example/x", "https://a.example:8443/x", "it redirects to another host, https://a.example:8443"},
		{"https://a.example/x", "http://a.example/x", "it redirects to another host, http://a.example"},
		{"https://a.example/x", "http://127.0.0.1/x", "it redirects to another host, http://127.0.0.1"},
		{"https://a.example/x", "https://ada@a.example/x", "it redirects to a URL with a user name"},
	} {
		from, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, tt.from, nil)
		to, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, tt.to, nil)
		got := ""
		if err := sameHost(to, []*http.Request{from}); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("from %s to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

// A key without an ID is for tokens with any.
func TestHas(t *testing.T) {
	t.Parallel()
	named, _, err := auth.ParsePublished([]byte(set(public(t, "one"))))
	if err != nil {
		t.Fatal(err)
	}
	unnamed, _, err := auth.ParsePublished([]byte(set(strings.Replace(public(t, "one"), `"kid":"one",`, "", 1))))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		keys []*auth.Key
		kid  string
		want bool
	}{{named, "one", true}, {named, "two", false}, {unnamed, "two", true}, {nil, "one", false}} {
		if got := (&Set{Keys: tt.keys}).Has(tt.kid); got != tt.want {
			t.Errorf("%d keys have %s: %t", len(tt.keys), tt.kid, got)
		}
	}
}

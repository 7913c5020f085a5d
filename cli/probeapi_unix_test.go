//go:build unix

package cli_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/test/api"
)

// found returns the faults that the program reports as accepted, and its exit code.
func found(t *testing.T, dir, url string) ([]string, int) {
	t.Helper()
	cmd := program(t, "tokendesk", "probe", url, "ada@example.com")
	cmd.Dir = dir
	out, err := cmd.Output()
	if _, exited := err.(*exec.ExitError); err != nil && !exited { //nolint:errorlint // it is not wrapped
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(out)) {
		if rest, ok := strings.CutPrefix(line, "  ✗ accepted"); ok {
			names = append(names, strings.Fields(rest)[1])
		}
	}
	if !strings.Contains(string(out), "  ✓ accepted 200  a good token after\n") {
		t.Errorf("the good token is not accepted:\n%s", out)
	}
	return names, cmd.ProcessState.ExitCode()
}

// TestProbeFindsHoles: a probe finds nothing in a correct API, and exactly the holes
// of one that has some.
func TestProbeFindsHoles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), []byte("a seed of thirty-two characters."))
	if err != nil {
		t.Fatal(err)
	}
	key, err := auth.NewKey(auth.ES256, private, auth.WithKeyID("2026-11"))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := key.EncodePrivate(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"key.jwk": string(jwk),
		".env":    "KEY_FILE=key.jwk\nISSUER=https://auth.example.com\nAUDIENCE=orders\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	serve := func(holes ...api.Hole) string {
		handler := &api.API{
			Key: &private.PublicKey, KeyID: "2026-11", Issuer: "https://auth.example.com", Audience: "orders",
			MaxLifetime: time.Hour, Now: func() time.Time { return noon }, Holes: holes,
		}
		server := httptest.NewServer(http.Handler(handler))
		t.Cleanup(server.Close)
		return server.URL
	}
	lets := map[api.Hole]string{
		api.AcceptNone:        "alg-none",
		api.TrustEmbeddedKey:  "embedded-jwk",
		api.PublicKeyAsSecret: "hmac-public-pem",
		api.IssuerPrefix:      "issuer-prefix",
		api.IgnoreCritical:    "crit-unknown",
		api.NoExpiry:          "no-exp",
	}
	check := func(want []string, code int, holes ...api.Hole) {
		t.Helper()
		got, ended := found(t, dir, serve(holes...))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || ended != code {
			t.Errorf("with the holes %q it finds %q and ends with %d, want %q and %d", holes, got, ended, want, code)
		}
	}
	check(nil, 0)
	var all []string
	for _, hole := range api.Holes() {
		check([]string{lets[hole]}, 1, hole)
		all = append(all, lets[hole])
	}
	check(all, 1, api.Holes()...)
}

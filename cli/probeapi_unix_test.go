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
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/test/api"
)

// found returns the faults that the program reports as accepted, or as an error of the
// server, and its exit code.
func found(t *testing.T, dir, url string) ([]string, int) {
	t.Helper()
	cmd := program(t, "tokendesk", "probe", url, "ada@example.com", "--policy", "fail")
	cmd.Dir = dir
	out, err := cmd.Output()
	if _, exited := err.(*exec.ExitError); err != nil && !exited { //nolint:errorlint // it is not wrapped
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "  ✗ accepted"):
			names = append(names, fields[3])
		case strings.HasPrefix(line, "  ▲ accepted"):
			names = append(names, fields[4]) // after the mark of what depends on the API
		case strings.HasPrefix(line, "  ▲ server error"):
			names = append(names, fields[4])
		}
	}
	if !regexp.MustCompile(`(?m)^  ✓ accepted 200 +a good token after$`).Match(out) {
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
	check := func(want []string, code int, holes ...api.Hole) {
		t.Helper()
		got, ended := found(t, dir, serve(holes...))
		slices.Sort(got)
		if want = slices.Sorted(slices.Values(want)); !slices.Equal(got, want) || ended != code {
			t.Errorf("with the holes %q it finds %q and ends with %d, want %q and %d", holes, got, ended, want, code)
		}
	}
	check(nil, 0)
	for _, hole := range api.Holes() {
		check(hole.Lets(), 1, hole)
	}
	several := []api.Hole{api.AcceptNone, api.TrustCertificate, api.IssuerInArray, api.StrayCharacters}
	var all []string
	for _, hole := range several {
		all = append(all, hole.Lets()...)
	}
	check(all, 1, several...)
}

package plain_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// Faults are listed and made.
func TestPlainFaults(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{
		"/faults alg none", "/fault alg-none", "ada", "/fault expired", "/token", "/fault expird", "/fault zzzzzz", "/faults zzzz",
	})
	if !isFailed(err) {
		t.Error(err)
	}
	found := explain.Search(fault.Catalogue(), "alg none", nil)
	says(t, got, "> Faults of the ", "\nalg-none: "+found[0].Wrong)
	says(t, got, "Claim sub: test-user ", "Fault: ", "Claim sub: ada (subject)\n", "ada, HS256, with the fault expired: ",
		"> Error: there is no fault with that name; did you mean expired?\n> Error: there is no fault with that name; /faults lists them\n",
		"> Error: no fault has these words; /faults lists all\n")
}

// A probe says at once what an API lets in, and sums up.
func TestPlainProbe(t *testing.T) {
	t.Parallel()
	api := func(answer func(token string) int) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(answer(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	open := api(func(token string) int {
		if token == "" {
			return http.StatusUnauthorized
		}
		return http.StatusOK
	})
	shut := api(func(string) int { return http.StatusUnauthorized })
	got, err := dialogue(t, []string{"ada", "/probe " + open, "/probe " + shut, "/probe", "/probe ftp://x"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> Sending a valid token and then ", " for ada. ctrl+c stops it and leaves.\n", "accepted 200: ", "10 of ", "faults tried: ",
		"> Sending a valid token", "Error: the good token was not accepted: answered with 401",
		"> Error: type the URL of one of your APIs after /probe\n",
		"> Error: the URL must start with http:// or https://\n")
	got, err = dialogue(t, []string{"/probe https://192.0.2.1/", "192.0.2.2"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "The host 192.0.2.1 is neither on this machine nor in a private network.",
		"host> Error: the name is wrong, so nothing was sent\n")
}

// Keys are listed and printed, and another one verifies for the rest of the run.
func TestPlainKeys(t *testing.T) {
	t.Parallel()
	other := handmadeWith(stagingSecret, testHeader, `{"sub":"eve"}`)
	got, err := dialogue(t, []string{
		"/keys", "/keys jwk", "/keys x", other, "/key", "wrong-" + stagingSecret, "/key", stagingSecret, "/keys", other,
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> Key abc5cd36  HS256  280-bit HMAC secret, from .env; used for signing and verifying\n> Error: a secret has no public half",
		"> Error: there is no such form of a key; type /keys jwk or /keys pem\n", "> Verdict: bad signature: ",
		"> Paste the key; it is not shown.\nkey> Error: this key did not make the signature",
		"key> Verdict: valid: ", "Token #1: ", "; used for verifying until you quit\n", "> Verdict: valid: ")
	if strings.Contains(got, stagingSecret) {
		t.Error("the secret is shown")
	}
	public := func(_ *plain.Config, s *settings.Settings) { s.Key = pair(t) }
	got, err = dialogue(t, []string{"/keys jwk", "/keys PEM"}, public)
	if err != nil {
		t.Error(err)
	}
	says(t, got, `> {"keys":[{"use":"sig","kty":"OKP","kid":"2026-11",`, "> -----BEGIN PUBLIC KEY-----\n")
}

// The settings are read again, and what is wrong with them changes nothing.
func TestPlainReload(t *testing.T) {
	t.Parallel()
	calls := 0
	got, err := dialogue(t, []string{"ada", "/reload", "ada", "/reload", "/refetch"}, func(c *plain.Config, s *settings.Settings) {
		other := *s
		other.Key = testKey(t, stagingSecret)
		c.Source.Load = func(settings.Options) (*settings.Settings, error) {
			calls++
			switch calls {
			case 1:
				return s, nil
			case 2:
				return &other, nil
			default:
				return &other, testProblems()
			}
		}
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "key abc5cd36", "> Tokendesk. Job Board 1.0.0. HS256 · key "+testKey(t, stagingSecret).Fingerprint(), "> Verdict: valid: ",
		"> Problem: .env:3: ", "Nothing was changed. The key is still the one that was read before.\n", "> Error: no published keys are used\n")
}

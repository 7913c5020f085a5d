package weak

import (
	"strings"
	"testing"
)

// Published secrets are recognized in their exact spelling, also with white space around
// them, and so are the bytes that some programs decode from them.
func TestPublished(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]string{
		"your-256-bit-secret": "an example of jwt.io",
		"a-valid-string-secret-that-is-at-least-384-bits-long":                                   "an example of jwt.io",
		"a-string-secret-at-least-256-bits-long":                                                 "an example of jwt.io",
		"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7":                       "an example of FastAPI",
		"supersecretkeyhere!!":                                                                   "an example of FastAPI",
		"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow": "an example of RFC 7515",
		"\x03\x23\x35\x4b\x2b\x0f\xa5\xbc\x83\x7e\x06\x65\x77\x7b\xa6\x8f\x5a\xb3\x28\xe6\xf0\x54\xc9\x28" +
			"\xa9\x0f\x84\xb2\xd2\x50\x2e\xbf\xd3\xfb\x5a\x92\xd2\x06\x47\xef\x96\x8a\xb4\xc3\x77\x62\x3d\x22" +
			"\x3d\x2e\x21\x72\x05\x2e\x4f\x08\xc0\xcd\x9a\xf5\x67\xd0\x80\xa3": "an example of RFC 7515",
		"======================BezKoder=Spring===========================": "an example of Spring tutorials",
		"secret":                           "common in tutorials",
		"\xb1\xe7\x2b\x7a":                 "an example of Spring tutorials", // secret, decoded from base64
		"0123456789abcdef0123456789abcdef": "common in tutorials",
		"Secret1":                          "",
		"your-256-bit-secret-":             "",
		"":                                 "",
		"= an example of jwt.io":           "",
		"# Secrets that documentation, tutorials and the defaults of programs print, in their exact": "",
	} {
		if got := PublishedBy(secret); got != want {
			t.Errorf("%q is %q, want %q", secret, got, want)
		}
		if got := PublishedBy("\t" + secret + "\n"); got != want {
			t.Errorf("%q with space around it is %q, want %q", secret, got, want)
		}
	}
}

// Every row is a secret with a place, and no two rows of a place are equal.
func TestPublishedRows(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	decoded := 0
	for secret, where := range Published() {
		if secret == "" || where == "" || strings.Contains(where, ",") || seen[where+secret] {
			t.Errorf("%q of %q", secret, where)
		}
		seen[where+secret] = true
		if where == "an example of Spring tutorials" {
			decoded++
		}
		if PublishedBy(secret) == "" {
			t.Errorf("%q is not found", secret)
		}
	}
	if len(seen) < 120 || decoded < 15 {
		t.Errorf("%d secrets, %d of Spring", len(seen), decoded)
	}
	for range Published() {
		break
	}
}

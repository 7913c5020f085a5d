package ui

import (
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// The tests of this file edit tokens that were read, and in a profile that asks
// first.

// TestEditKeepsOrderAndNumbers signs them as they were written.
func TestEditKeepsOrderAndNumbers(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	claims := `{"z":1.10,"sub":"ada","big":9007199254740993,"nested":{"b":[1,{"a":null}],"a":"x"},"text":"a\u202eb\n"}`
	header := `{"typ":"at+jwt","alg":"HS256","kid":"old"}`
	d.read(handmadeWith(t, "another secret", header, claims)) // or the edited one would be the same
	d.press("e", "ctrl+s")
	token := d.entry().Token
	equal(t, "the claims", compactJSON(t, token.Claims), claims)
	equal(t, "the header", compactJSON(t, token.Header), header)
}

func compactJSON(t *testing.T, o auth.Object) string {
	t.Helper()
	data, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEditNotSigned(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Minute })
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e")
	d.shows("Not signed", "No token yet.", "✗ ")
}

func TestEditForeign(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmadeWith(t, "x", `{"alg":"RS256","typ":"JWT","kid":"far"}`, goodClaims("ada")))
	d.press("e")
	d.shows(`▲ alg was "RS256", but the configured key signs with HS256`)
	d.typed(" ")
	d.shows("✓ re-signed with key")
	d.press("ctrl+s")
	equal(t, "alg", d.entry().Token.Algorithm(), auth.HS256)
}

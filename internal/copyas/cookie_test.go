package copyas_test

import (
	"testing"

	"tokendesk/internal/copyas"
)

func TestCookie(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`access_token="Bearer {token}"`:    `Cookie: access_token="Bearer ` + jws + `"`,
		`session={token}`:                  `Cookie: session=` + jws,
		` __Host-jwt = Bearer%20{token} `:  `Cookie: __Host-jwt=Bearer%20` + jws,
		`a=b={token}`:                      `Cookie: a=b=` + jws,
		`access_token=s:{token}.signature`: `Cookie: access_token=s:` + jws + `.signature`,
	} {
		cookie, err := copyas.ParseCookie(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got, err := render(t, "cookie", copyas.Token{Compact: jws, Request: copyas.Request{Cookie: cookie}})
		if err != nil || got != want {
			t.Errorf("%s\n got %s, %v\nwant %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "session", "=x", "session=", "a b={token}", "a;b={token}", "ä={token}", "session=x", "session={token}{token}",
		"session={token}; Path=/",
		"a\x00={token}",
	} {
		if cookie, err := copyas.ParseCookie(text); err == nil {
			t.Errorf("%q is %+v, want an error", text, cookie)
		}
	}
	if got, err := render(t, "cookie", copyas.Token{Compact: "a;b"}); err == nil {
		t.Errorf("a text that ends the cookie became %s", got)
	}
}

// These clients send a header of Latin-1 or refuse it.
func TestOutsideASCII(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"powershell", "fetch", "requests"} {
		if got, err := render(t, name, copyas.Token{Compact: "Zoë"}); err == nil {
			t.Errorf("%s is %s, want an error", name, got)
		}
	}
}

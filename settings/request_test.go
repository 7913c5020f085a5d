package settings

import (
	"testing"

	"tokendesk/internal/copyas"
)

func TestRequest(t *testing.T) {
	t.Parallel()
	quoted := copyas.Cookie{Name: "access_token", Value: `"Bearer {token}"`}
	for text, want := range map[string]copyas.Request{
		"":                                   {},
		"API_URL=https://api.example.com/me": {URL: "https://api.example.com/me"},
		"API_URL=/api":                       {URL: "/api"}, // of a front end: no reason to stop
		`API_COOKIE=access_token="Bearer {token}"`:   {Cookie: quoted},
		`API_COOKIE='access_token="Bearer {token}"'`: {Cookie: quoted},
		"API_COOKIE=session={token}":                 {Cookie: copyas.Cookie{Name: "session", Value: "{token}"}},
	} {
		s, err := load(t, "SECRET_KEY="+canary+"\n"+text+"\n", nil)
		if err != nil || s.Request != want {
			t.Errorf("%s: %+v, %v, want %+v", text, s.Request, err, want)
		}
	}
	s, err := load(t, "SECRET_KEY="+canary+"\nAPI_COOKIE=session\n", nil)
	got := sentences(s, err)
	const want = ".env:2: API_COOKIE cannot be used: the cookie has no name or no value; " +
		`write it as access_token={token} or access_token="Bearer {token}"`
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

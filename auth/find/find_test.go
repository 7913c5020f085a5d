package find

import (
	"errors"
	"strings"
	"testing"

	"tokendesk/auth"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, `{"sub":"ada"}`)
	b := compactOf(hs256, `{"sub":"bob"}`)
	c := compactOf(hs256, `{"sub":"carol"}`)
	none := b64(`{"alg":"none"}`) + "." + b64(`{"sub":"eve"}`) + "."
	tests := []struct {
		name, text string
		want       []string // each token
		around     string   // around the first
	}{
		{"bare", a, []string{a}, ""},
		{"white space", "\n  " + a + "\r\n", []string{a}, "white space"},
		{"quotes", `"` + a + `"`, []string{a}, "quotes"},
		{"Bearer", "Bearer " + a, []string{a}, "Bearer"},
		{"bearer", "bearer  " + a, []string{a}, "Bearer"},
		{"header", "Authorization: Bearer " + a, []string{a}, "the Authorization header, Bearer"},
		{"curl", "curl -X POST -H 'Authorization: Bearer " + a + "' https://api.example.com/v1.2.3/x", []string{a}, "the Authorization header"},
		{"curl with double quotes", `curl --header "authorization: bearer ` + a + `" https://x`, []string{a}, "the Authorization header"},
		{"curl option", "curl --oauth2-bearer " + a + " https://x", []string{a}, "the text around it"},
		{
			"JSON", `{"id_token":"` + b + `","refresh_token":"` + c + `","access_token": "` + a + `","token_type":"bearer"}`,
			[]string{a, b, c},
			"the value of access_token",
		},
		{"cookie", "Cookie: theme=dark; session=" + a + "; lang=en", []string{a}, "the value of session"},
		{"Set-Cookie", "Set-Cookie: access_token=" + a + "; Path=/; HttpOnly", []string{a}, "the value of access_token"},
		{"URL", "https://app.example.com/cb?x=1&token=" + a + "&y=2", []string{a}, "the value of token"},
		{"fragment", "https://app.example.com/#access_token=" + a, []string{a}, "the value of access_token"},
		{"sentence", "the token is " + a + ".", []string{a}, "the text around it"},
		{"no signature", "Authorization: Bearer '" + none + "'", []string{none}, "the Authorization header, Bearer, quotes"},
		{"no signature in a curl", `curl -H "Authorization: Bearer ` + none + `" x`, []string{none}, "the Authorization header"},
		{"two lines", a + "\n" + b + "\n", []string{a, b}, "the text around it"},
		{"the same twice", a + "\n" + a, []string{a}, "the text around it"},
		{"broken by spaces", a[:40] + "    " + a[40:], []string{a[:40] + "    " + a[40:]}, ""},
		{"a character lost", a + "?", []string{a + "?"}, ""},
		{"broken over lines", a[:40] + "\n" + a[40:80] + "\n  " + a[80:], []string{a}, ""},
		{"a word before it", "token " + a, []string{a}, "the text around it"},
		{"JSON in a log line", `2026-11-23T14:05:12Z INFO {\"access_token\":\"` + a + `\"}`, []string{a}, "the value of access_token"},
		{"nothing", "hello 1.2.3 api.example.com", []string{"hello 1.2.3 api.example.com"}, ""},
		{"garbage in one word", "1.2.3", []string{"1.2.3"}, ""},
		{"padded", a + "==", []string{a + "=="}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found, err := Tokens(tt.text, MaxPasted)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.Compact)
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			if around := strings.Join(found[0].Around, ", "); around != tt.around {
				t.Errorf("around %q, want %q", around, tt.around)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	if _, err := Tokens(strings.Repeat("a", MaxPasted), MaxPasted); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	_, err := Tokens(strings.Repeat("a", MaxPasted+1), MaxPasted)
	var refused *auth.DecodeError
	if !errors.As(err, &refused) || refused.Stage != auth.StageSize || refused.Token == nil ||
		refused.Reason != "the text has 65537 bytes, more than the maximum of 65536" {
		t.Errorf("above the limit: %v", err)
	}
}

func TestTokensNamesEveryLayerOnce(t *testing.T) {
	t.Parallel()
	compact := compactOf(hs256, "{}")
	found, err := Tokens(strings.Repeat(`"`, 500)+strings.Repeat("Bearer ", 500)+compact+strings.Repeat(`"`, 500), MaxPasted)
	if err != nil || len(found) != 1 || found[0].Compact != compact {
		t.Fatalf("%v, %v", found, err)
	}
	if got := strings.Join(found[0].Around, ", "); got != "quotes, Bearer" {
		t.Errorf("around it %q", got)
	}
}

// A sentence can end with any number of dots; a token has two.
func TestTokensBeforeManyDots(t *testing.T) {
	t.Parallel()
	unsigned := b64(hs256) + "." + b64("{}") + "."
	found, err := Tokens("x "+unsigned+strings.Repeat(".", MaxPasted/2), MaxPasted)
	if err != nil || len(found) != 1 || found[0].Compact != unsigned {
		t.Errorf("%.200v, %v", found, err)
	}
}

func TestIsToken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"eyJhbGciOiJub25lIn0.e30.": true, "eyJ.a.b.c.d": true, "eyJ.a": false, "www.example.com": false, "": false,
	} {
		m := Match{Compact: text}
		if got := m.IsToken(); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

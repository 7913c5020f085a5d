package find

import (
	"slices"
	"strings"
	"testing"
)

// compactsOf returns the tokens in a text, and the text around the first.
func compactsOf(t *testing.T, text string) (compacts []string, first Match) {
	t.Helper()
	found, err := Tokens(text, MaxPasted)
	if err != nil || len(found) == 0 {
		t.Fatalf("%.80q: %v, %v", text, found, err)
	}
	for _, f := range found {
		compacts = append(compacts, f.Compact)
	}
	return compacts, found[0]
}

// An access token comes before an ID token and other named tokens, and those before any
// other.
func TestTokensOrder(t *testing.T) {
	t.Parallel()
	a, b, c := compactOf(hs256, `{"n":1}`), compactOf(hs256, `{"n":2}`), compactOf(hs256, `{"n":3}`)
	for _, name := range []string{"access_token", "accessToken", "ACCESS_TOKEN"} {
		got, first := compactsOf(t, `x=`+b+` jwt=`+c+` `+name+`=`+a)
		if want := []string{a, c, b}; !slices.Equal(got, want) || first.Around[0] != "the value of "+name {
			t.Errorf("%s: %q, around %q", name, got, first.Around)
		}
	}
	for _, name := range []string{"id_token", "idToken", "token", "jwt", "JWT", "Authorization"} {
		got, _ := compactsOf(t, `x=`+b+` `+name+`=`+a+` access_token=`+c)
		if want := []string{c, a, b}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got, _ := compactsOf(t, "refresh_token="+b+" tokens="+a); !slices.Equal(got, []string{b, a}) {
		t.Errorf("others keep their order: %q", got)
	}
}

// The word before a token is its name if there is a sign between them.
func TestTokensLabels(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, "{}")
	const none = "the text around it"
	for text, want := range map[string]string{
		"key=" + a + " ":                        "the value of key",
		"key = " + a + " ":                      "the value of key",
		"key:\t\r\n" + a + " ":                  "the value of key",
		`"key" : "` + a + `"} `:                 "the value of key",
		`{'key':'` + a + `'} `:                  "the value of key",
		`\"key\":\"` + a + `\" `:                "the value of key",
		"key := " + a + " ":                     "the value of key",
		"my-key.v1_a=" + a + " ":                "the value of my-key.v1_a",
		"(key=" + a + ")":                       "the value of key",
		"x;key=" + a + ")":                      "the value of key",
		"key " + a + " ":                        none,
		"key/" + a + " ":                        none,
		"=" + a + " ":                           none,
		" key: Bearer " + a + ";":               "the value of key",
		" key:Bearer " + a + ";":                "the value of key",
		" key: BEARER \"" + a + "\";":           "the value of key",
		" key Bearer " + a + ";":                none,
		"bearer " + a + " .":                    none,
		"earer " + a + " .":                     none,
		"Xbearer " + a + " .":                   none,
		"> AUTHORIZATION: Bearer " + a + " .":   "the Authorization header",
		"> proxy-authorization: " + a + " .":    "the value of proxy-authorization",
		strings.Repeat("k", 60) + "=" + a + " ": "the value of " + strings.Repeat("k", 60),
		strings.Repeat("k", 63) + "=" + a + " ": "the value of " + strings.Repeat("k", 63),
		strings.Repeat("k", 64) + "=" + a + " ": "the value of " + strings.Repeat("k", 63),
		strings.Repeat("k", 90) + "=" + a + " ": "the value of " + strings.Repeat("k", 63),
	} {
		got, first := compactsOf(t, text)
		if !slices.Equal(got, []string{a}) || len(first.Around) != 1 || first.Around[0] != want || first.Folded {
			t.Errorf("%q: %q, around %q, want %q", text, got, first.Around, want)
		}
	}
}

// The layers around a token are removed from outside in. A text without layers is
// returned unchanged.
func TestTokensLayers(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, "{}")
	for text, want := range map[string]string{
		a:                                      "",
		a + "\n":                               "white space",
		"\u00a0" + a:                           "white space",
		"'" + a + "'":                          "quotes",
		"`" + a + "`":                          "quotes",
		`"'` + a + `'"`:                        "quotes",
		` " ` + a + ` " `:                      "quotes",
		`" ` + a + `"`:                         "quotes",
		"BEARER " + a:                          "Bearer",
		"bearer Bearer " + a:                   "Bearer",
		"'Bearer " + a + "'":                   "quotes, Bearer",
		"authorization:" + a:                   "the Authorization header",
		"AUTHORIZATION : " + a:                 "the text around it",
		`"Authorization: Bearer '` + a + `'" `: "quotes, the Authorization header, Bearer",
	} {
		got, first := compactsOf(t, text)
		if around := strings.Join(first.Around, ", "); !slices.Equal(got, []string{a}) || around != want && want != "the text around it" {
			t.Errorf("%q: %q, around %q, want %q", text, got, around, want)
		}
	}
	for text, want := range map[string]string{
		"":              "",
		" ":             "",
		`"`:             `"`,
		`""`:            "",
		`"'`:            `"'`,
		"bearer":        "bearer",
		"authorization": "authorization",
		"Bearer ":       "Bearer",
		"bearers x":     "bearers x",
		`"a`:            `"a`,
		"aba":           "aba",
		"(a(":           "(a(",
	} {
		if got, _ := compactsOf(t, text); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A token in base64 instead of base64url is found too, so that Decode can say what is
// wrong with it.
func TestTokensInAnotherEncoding(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, "{}")
	for _, text := range []string{a + "=", a + "+", a + "/", a[:60] + "+/=" + a[60:]} {
		if got, first := compactsOf(t, "'"+text+"'"); !slices.Equal(got, []string{text}) || strings.Join(first.Around, ", ") != "quotes" {
			t.Errorf("%q: %q, around %q", text, got, first.Around)
		}
	}
	for _, mark := range []string{"!", "*", ",", ";", "<", ">", "#", "0=0"} {
		if got, _ := compactsOf(t, a+mark); !slices.Equal(got, []string{a}) && mark != "0=0" {
			t.Errorf("%q behind it: %q", mark, got)
		}
	}
	if got, _ := compactsOf(t, "x.y.z="); !slices.Equal(got, []string{"x.y.z="}) {
		t.Errorf("no token: %q", got)
	}
	if got, _ := compactsOf(t, "token="+a); !slices.Equal(got, []string{a}) {
		t.Errorf("with a name before it: %q", got)
	}
}

// A token that was split over lines is joined; one that was split within a line is not.
func TestTokensOverLines(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, `{"sub":"ada"}`)
	b := compactOf(hs256, `{"sub":"bob"}`)
	for _, text := range []string{
		a[:40] + "\n" + a[40:], a[:40] + "\r\n" + a[40:], a[:40] + "\r" + a[40:], a[:40] + " \n\t" + a[40:] + " ",
		"'" + a[:50] + "\n" + a[50:60] + "\n" + a[60:] + "'", a[:len(a)-1] + "\n" + a[len(a)-1:],
	} {
		got, first := compactsOf(t, text)
		if !slices.Equal(got, []string{a}) || !first.Folded {
			t.Errorf("%q: %q, %+v", text, got, first)
		}
	}
	for name, text := range map[string]string{
		"a gap in a line":    a[:9] + " " + a[9:20] + "\n" + a[20:],
		"a tab in a line":    a[:9] + "\t" + a[9:],
		"a vertical tab":     a[:9] + "\v" + a[9:],
		"two tokens":         a + "\n" + b,
		"a word before one":  "token\n" + a,
		"a mark in it":       a[:9] + "\n!" + a[9:],
		"two segments":       a[:strings.LastIndexByte(a, '.')][:9] + "\n" + a[9:strings.LastIndexByte(a, '.')],
		"no object in front": "abcd.\nefgh.ijkl",
	} {
		if got, first := compactsOf(t, text); first.Folded || slices.Equal(got, []string{a}) && name != "a word before one" {
			t.Errorf("%s: %q, %+v", name, got, first)
		}
	}
	for _, word := range []string{"token", a[:8], a[:8] + "."} {
		if got, first := compactsOf(t, word+"\n"+a); !slices.Equal(got, []string{a}) || first.Folded {
			t.Errorf("%s before one: %q", word, got)
		}
	}
}

// The dots that end a sentence are not part of the token, but the dot before an empty
// signature is.
func TestTokensInSentences(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, "{}")
	unsigned := a[:strings.LastIndexByte(a, '.')+1]
	for text, want := range map[string][]string{
		"see " + a + ".":                           {a},
		"see " + a + "...":                         {a},
		"see " + unsigned + " there":               {unsigned},
		"see " + unsigned + ".":                    {unsigned},
		"see " + unsigned + "..":                   {unsigned},
		"see " + a + ".x":                          {a + ".x"},
		"see " + a + ".x.":                         {a + ".x"},
		"see " + a + ", " + a + ".":                {a},
		"see " + a + "? " + unsigned:               {unsigned},
		"see " + a + " ?":                          {a},
		"a.b.c eyJ.b.c " + a:                       {a},
		"é" + a + "é":                              {a},
		"see " + a[:strings.LastIndexByte(a, '.')]: {"see " + a[:strings.LastIndexByte(a, '.')]},
	} {
		if got, _ := compactsOf(t, text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

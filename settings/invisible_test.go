package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Characters in a secret that nobody sees or types are warned about, wherever they are.
func TestInvisibleCharacters(t *testing.T) {
	t.Parallel()
	const base = "kT8vQ2mX5zL9pR4wN7jH3cF6bY1dG0sA"
	for value, want := range map[string]string{
		base:                           "",
		"'" + base + "'":               "",
		base + " # “a comment”":        "",
		"Zoë " + base + " 字 größer":    "",
		base + "\u200b":                "an invisible character of no width (U+200B)",
		"'a\ufeff" + base + "'":        "an invisible character of no width (U+FEFF)",
		base + "\u00a0":                "a no-break space (U+00A0)",
		base + "\u00a0 # comment":      "a no-break space (U+00A0)",
		"'" + base + "\u202f'":         "a no-break space (U+202F)",
		"“" + base + "”":               "a typographic quotation mark, which an editor puts in place of a plain one (U+201C)",
		"it’s " + base:                 "a typographic quotation mark, which an editor puts in place of a plain one (U+2019)",
		base + "\u3000x":               "a space of an unusual width (U+3000)",
		base + "\u00adx":               "a soft hyphen, which is invisible (U+00AD)",
		`"` + base + "\u202e" + `abc"`: "an invisible character (U+202E)",
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte("A=1\nSECRET_KEY="+value+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: path, Lookup: func(string) (string, bool) { return "", false }})
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		got := ""
		for _, w := range s.Warnings {
			if text, ok := strings.CutPrefix(w.Text, "SECRET_KEY contains "); ok {
				got = text
				if w.Line != 2 || w.Do == "" || strings.Contains(w.Text+w.Do, base) {
					t.Errorf("%q: %+v", value, w)
				}
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
	s, err := Load(Options{Lookup: func(name string) (string, bool) {
		return map[string]string{"SECRET_KEY": base + "\u200b"}[name], name == "SECRET_KEY"
	}, File: filepath.Join(t.TempDir(), "none")})
	if err != nil || len(s.Warnings) != 1 || s.Warnings[0].Text != "SECRET_KEY contains an invisible character of no width (U+200B)" {
		t.Errorf("in the environment: %v, %v", s.Warnings, err)
	}
}

// A secret in a file of its own is checked as well; random bytes are not text.
func TestInvisibleCharactersInAKeyFile(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]bool{
		"kT8vQ2mX5zL9pR4wN7jH3cF6bY1dG0sA\u200b": true, "kT8vQ2mX5zL9pR4wN7jH3cF6bY1dG0sA": false,
		"\xc2\xa0\xff\x00\x01\x02\x03kT8vQ2mX5zL9pR4wN7jH3cF6bY1dG0": false,
	} {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		s := FromEnvironment(Options{Lookup: func(string) (string, bool) { return "", false }})
		if err := s.LoadKeys(path, false); err != nil {
			t.Fatal(err)
		}
		got := false
		for _, w := range s.Warnings {
			got = got || strings.HasPrefix(w.Text, "the secret contains an invisible")
		}
		if got != want {
			t.Errorf("%q: %v", secret, s.Warnings)
		}
	}
}

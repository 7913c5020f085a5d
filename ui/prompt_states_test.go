package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// promptStates are those of the dialogs that the form and the start screen open,
// and of the shell.
func promptStates() []state {
	typed := func(d *desktop) { d.typed("ada@example.com") }
	return []state{
		{"help form", after(func(d *desktop) { d.press("f1") })},
		{"help token", after(ada("?"))},
		{"copy", after(ada("c", "down", "down", "down"))},
		{"write", after(ada("w"))},
		{"write error", after(func(d *desktop) {
			ada("w")(d)
			d.write("testing_test.go")
			d.press("enter")
		})},
		{"toast", after(ada("y"))},
		{"personas", withPersonas(manyPersonas, "ctrl+p")},
		{"personas filtered", withPersonas(manyPersonas, "ctrl+p", "A", "D", "M")},
		{"personas none left", withPersonas(manyPersonas, "ctrl+p", "z", "z")},
		{"persona save", after(func(d *desktop) { d.typed("ada"); d.press("ctrl+r") }, func(_ *Config, s *settings.Settings) {
			s.PersonasFile = "personas.yaml"
		})},
		{"offer", after(func(d *desktop) { d.paste(handmade(d.t, plainHeader, goodClaims("ada"))) })},
		{"profile", after(func(*desktop) {}, in("default", "staging"))},
		{"profile protected", after(typed, in("production", "staging"))},
		{"protect", after(func(d *desktop) { typed(d); d.press("enter") }, in("production", "staging"))},
		{
			"protect refused",
			after(func(d *desktop) { typed(d); d.press("enter"); d.typed("staging"); d.press("enter") }, in("production", "staging")),
		},
		{"unlock", after(func(d *desktop) { d.typed("secret") }, locked("correct horse"))},
		{"key command", func(t *testing.T) *desktop {
			t.Helper()
			return after(func(*desktop) {}, printing(t, &keyProgram{}))(t)
		}},
		{"key command failed", func(t *testing.T) *desktop {
			t.Helper()
			failing := &keyProgram{err: errors.New("SECRET_KEY_COMMAND: it failed with exit code 1: gpg: decryption failed: No secret key")}
			return after(func(*desktop) {}, printing(t, failing), trusting())(t)
		}},
		{"keys secret", after(func(d *desktop) { d.press("f8") })},
		{"keys", func(t *testing.T) *desktop {
			t.Helper()
			return after(func(d *desktop) { d.press("f8", "down") }, pairs(t))(t)
		}},
		{"profiles", after(func(d *desktop) { d.press("f9", "down") }, in("default", "broken", "production", "staging"))},
		{"profiles broken", after(func(d *desktop) { d.press("f9", "down", "enter") }, in("default", "broken", "production", "staging"))},
		{"profiles one", after(func(d *desktop) { d.press("f9") }, in("default"))},
		{"profiles token elsewhere", after(ada("f9", "down", "enter"), in("default", "staging"))},
	}
}

const somePersonas = `
customer:
  subject: carla@shop.example
  lifetime: 8h
  claims: {role: customer, session: "{{uuid}}", at: "{{now}}", level: 9007199254740993}
admin: {extends: customer, subject: ada@shop.example, claims: {role: admin}}
guest: {claims: {"a=b": 1}}
signer: {algorithm: ES256}
other: {key: elsewhere}
past: {lifetime: until 2020-01-01}
`

// manyPersonas are more than a small screen has lines.
var manyPersonas = somePersonas + func() string {
	var b strings.Builder
	for n := range 30 {
		fmt.Fprintf(&b, "user-%02d: {subject: user%02d@shop.example, lifetime: %dm}\n", n, n, n+1)
	}
	return b.String()
}()

// personasOf gives the settings a file of personas with that text.
func personasOf(t testing.TB, text string) change {
	t.Helper()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(_ *Config, s *settings.Settings) { s.PersonasFile = path }
}

// withPersonas returns a console with these personas after some keys.
func withPersonas(text string, keys ...string) func(*testing.T) *desktop {
	return func(t *testing.T) *desktop {
		t.Helper()
		return after(func(d *desktop) { d.press(keys...) }, personasOf(t, text))(t)
	}
}

// Secrets of the profiles in these tests.
const (
	stagingSecret    = "staging-Tq8XvW2pLz5RkUd0yJcBf7HsNa"
	productionSecret = "production-q8XvW2pLz5RkUd0yJcBf7Hs"
)

// testProfile returns the settings of a profile, or what is wrong with it.
func testProfile(t testing.TB, p settings.Profile) (*settings.Settings, error) {
	t.Helper()
	s := testSettings(t)
	s.File, s.KeySource, s.Profile = p.File, p.File, p.Name
	switch p.Name {
	case "staging":
		s.Key, s.Lifetime = testKey(t, auth.HS256, stagingSecret), 45*time.Minute
	case "production":
		s.Key, s.Protected = testKey(t, auth.HS256, productionSecret), true
	case "broken":
		return &settings.Settings{File: p.File, Profile: p.Name, Found: true}, settings.Problems{
			{File: p.File, Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 needs 32", Do: "make one with openssl rand -hex 32"},
			{File: p.File, Line: 5, Name: "MAX_TOKEN_MINUTES", Text: "MAX_TOKEN_MINUTES is not a number", Do: "use whole minutes, such as 30"},
		}
	case "empty":
		s.Key = nil
	}
	return s, nil
}

// in opens the console in the first of these profiles.
func in(name string, others ...string) change {
	return func(c *Config, s *settings.Settings) {
		var all []settings.Profile
		for _, each := range append([]string{name}, others...) {
			all = append(all, settings.Profile{Name: each, File: settings.ProfileFile(each)})
		}
		t := noTest{}
		first, _ := testProfile(t, all[0])
		*s = *first
		c.Source.File = all[0].File
		c.Source.Profiles = func(string) []settings.Profile { return all }
		begins := c.Source.Load
		opened := false
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			for _, p := range all {
				if p.File == o.File && opened {
					return testProfile(t, p)
				}
			}
			opened = true
			return begins(o)
		}
	}
}

// noTest is for helpers that cannot fail here.
type noTest struct{ testing.TB }

func (noTest) Helper()           {}
func (noTest) Fatal(args ...any) { panic(args) }

// locked gives the console settings whose key is encrypted with a passphrase:
// those it opens with, or where it has profiles, those of staging.
func locked(passphrase string) change {
	return func(c *Config, s *settings.Settings) {
		full, begins := *s, c.Source.Load
		profiles := len(c.Source.Profiles("")) > 0
		if !profiles {
			s.Key = nil
		}
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			if profiles && o.File != settings.ProfileFile("staging") {
				return begins(o)
			}
			if typed, err := o.Passphrase(); err == nil && string(typed) == passphrase {
				return &full, nil
			}
			empty := full
			empty.Key = nil
			return &empty, settings.Problems{{
				File: ".env", Line: 2, Encrypted: true,
				Text: "KEY_FILE: private.pem: the private key is encrypted and there is no passphrase for it",
			}}
		}
	}
}

package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth/advice"
)

func TestProfileName(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		".env":                        "default",
		"../api/.env":                 "default",
		".env.staging":                "staging",
		"/srv/api/.env.eu.production": "eu.production",
		"good.env":                    "good.env",
		".env.":                       ".env.",
		".env.default":                ".env.default", // the name default is taken
		".environment":                ".environment",
	} {
		if got := ProfileName(file); got != want {
			t.Errorf("the profile of %s is %q, want %q", file, got, want)
		}
	}
	for _, name := range []string{"default", "staging"} {
		if got := ProfileName(ProfileFile(name)); got != name {
			t.Errorf("the file of %s is that of %s", name, got)
		}
	}
}

func TestProfiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{
		".env", ".env.staging", ".env.production", ".env.Local", "good.env", ".environment", ".env.",
		".env.template", ".env.example", ".env.staging.sample", ".env.DIST",
		".env.staging~", ".env.swp", ".env.staging.swp", ".env.bak", ".env.staging.orig", "#.env.staging#", ".env.#x#",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".env.d"), 0o700); err != nil {
		t.Fatal(err)
	}
	in := func(names ...string) []Profile {
		var all []Profile
		for _, name := range names {
			all = append(all, Profile{ProfileName(name), filepath.Join(dir, name)})
		}
		return all
	}
	for file, want := range map[string][]Profile{
		".env":         in(".env", ".env.Local", ".env.production", ".env.staging"),
		".env.staging": in(".env", ".env.Local", ".env.production", ".env.staging"),
		"good.env":     in(".env", ".env.Local", "good.env", ".env.production", ".env.staging"),
		".env.missing": in(".env", ".env.Local", ".env.missing", ".env.production", ".env.staging"),
	} {
		if got := Profiles(filepath.Join(dir, file)); !slices.Equal(got, want) {
			t.Errorf("beside %s are\n%v, want\n%v", file, got, want)
		}
	}
	nowhere := filepath.Join(dir, "nowhere", ".env")
	if got := Profiles(nowhere); !slices.Equal(got, []Profile{{"default", nowhere}}) {
		t.Errorf("in no folder are %v", got)
	}
}

// If the name has no folder, neither have those in the list.
func TestProfilesHere(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env.staging", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := []Profile{{"default", ".env"}, {"staging", ".env.staging"}}
	if got := Profiles(""); !slices.Equal(got, want) {
		t.Errorf("here are %v, want %v", got, want)
	}
}

// The environment cannot undo the protection of a file.
func TestProtected(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, env string
		want      bool
	}{
		{"", "", false},
		{"PROTECTED=true", "", true},
		{"PROTECTED=false", "", false},
		{"PROTECTED=", "", false},
		{"PROTECTED=1", "false", true},
		{"PROTECTED=false", "true", true},
		{"", "yes", true},
	} {
		s, err := load(t, tt.file+"\n", map[string]string{"PROTECTED": tt.env})
		if err != nil || s.Protected != tt.want || s.Profile != "default" || len(s.Replaced) > 0 {
			t.Errorf("%q and %q in the environment: %t, %v, replaced %q", tt.file, tt.env, s.Protected, err, s.Replaced)
		}
	}
	for _, tt := range []struct{ file, env, want string }{
		{"PROTECTED=perhaps", "", ".env:1: PROTECTED is neither true nor false; use true or false"},
		{"PROTECTED=perhaps", "true", ".env:1: PROTECTED is neither true nor false; use true or false"},
		{"PROTECTED=true", "perhaps", "environment: PROTECTED is neither true nor false; use true or false"},
	} {
		s, err := load(t, tt.file+"\n", map[string]string{"PROTECTED": tt.env})
		if got := sentences(s, err); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// A later line must not undo the protection.
func TestProtectedTwice(t *testing.T) {
	t.Parallel()
	_, err := load(t, "PROTECTED=true\nISSUER=me\nPROTECTED=false\n", nil)
	if err == nil || !strings.HasSuffix(err.Error(), ".env:3: PROTECTED is set a second time; keep one of the two lines") {
		t.Errorf("the error is %v", err)
	}
}

func TestCheckProfileName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"staging": "", "a[b]": "", "größer 2": "", "eu-west.1": "", "#1": "", "!": "",
		"a/b":       "a profile has a name such as staging, for .env.staging; use --env-file for a path",
		`a\b`:       "a profile has a name such as staging, for .env.staging; use --env-file for a path",
		"a\nb":      "the name of the profile contains a control character or an invisible one; use letters and digits",
		"a\x1b[1mb": "the name of the profile contains a control character or an invisible one; use letters and digits",
		"a\u200bb":  "the name of the profile contains a control character or an invisible one; use letters and digits",
		"a\u202eb":  "the name of the profile contains a control character or an invisible one; use letters and digits",
		"a\x00b":    "the name of the profile contains a control character or an invisible one; use letters and digits",
		"a\xff":     "the name of the profile is not valid UTF-8; use letters and digits",
		" a":        "", ".": "", "..": "", "a*": "", "a?": "", "a ": "",
		"on Windows: a ":         "Windows allows no file named .env.a ; use letters and digits",
		"on Windows: a.":         "Windows allows no file named .env.a.; use letters and digits",
		"on Windows: a:b":        "Windows allows no file named .env.a:b; use letters and digits",
		"on Windows: a[b]":       "",
		strings.Repeat("x", 201): "the name of the profile is too long for a file; use a shorter one",
	} {
		bare, windows := strings.CutPrefix(name, "on Windows: ")
		err, got := checkProfileName(bare, windows), ""
		if err != nil {
			got = err.Error() + "; " + advice.Of(err)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// A template never gets a secret, whatever it is made from.
func TestTemplatesGetNoSecret(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		".env": false, ".env.staging": false, ".env.local": false, "my settings": false, "sample.txt": false, ".env.sampler": false,
		".env.template": true, ".env.example": true, ".env.EXAMPLE": true, ".env.local.sample": true, "env.dist": true, ".env-example": true,
		"env_sample": true, "example.env": true, ".env.tmpl": true, ".env.example.env": true,
	} {
		path := filepath.Join(t.TempDir(), name)
		_, err := Create(path, "SECRET_KEY=\n", "secret")
		if (err != nil) != want {
			t.Errorf("%s: %v", name, err)
		}
		if _, missing := os.Stat(path); (missing != nil) != want {
			t.Errorf("%s: it was written: %v", name, missing == nil)
		}
	}
}

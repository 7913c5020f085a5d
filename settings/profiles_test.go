package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

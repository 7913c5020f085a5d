package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// canary is used in values. It must never appear in a sentence.
const canary = "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ"

// load reads settings from a file of that text and an environment.
func load(t *testing.T, text string, env map[string]string) (*Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(Options{File: path, Lookup: lookupIn(env)})
}

func lookupIn(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}
}

// sentences returns the problems and warnings, without the folder in file names.
func sentences(s *Settings, err error) []string {
	var out []string
	var problems Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			out = append(out, p.Error())
		}
	}
	for _, w := range s.Warnings {
		out = append(out, w.String())
	}
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], filepath.Dir(s.File)+string(filepath.Separator), "")
	}
	return out
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	s, err := load(t, "SECRET_KEY="+canary+"\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Key == nil || s.Key.Algorithm() != auth.HS256 || s.Key.ID() != "" {
		t.Errorf("key = %v, want one for HS256 without an ID", s.Key)
	}
	if s.KeySource != s.File || !s.Found {
		t.Errorf("source = %q, found = %t, want the file", s.KeySource, s.Found)
	}
	if s.Lifetime != 30*time.Minute || s.MaxLifetime != 0 || !s.Mouse || len(s.Warnings) != 0 {
		t.Errorf("lifetime %v, limit %v, mouse %t, warnings %v", s.Lifetime, s.MaxLifetime, s.Mouse, s.Warnings)
	}
}

func TestLoadEverything(t *testing.T) {
	t.Parallel()
	s, err := load(t, `# a FastAPI project
PROJECT_NAME="Job Board"
export PROJECT_VERSION=1.0.0
DATABASE_URL=postgresql://user:secret@db/app
SECRET_KEY='`+canary+strings.Repeat("x", 20)+`'
ALGORITHM=HS384
ACCESS_TOKEN_EXPIRE_MINUTES=60
MAX_TOKEN_MINUTES=1440
ISSUER=https://auth.example.com
AUDIENCE=https://api.example.com, https://admin.example.com
KEY_ID=2026-11
TOKENDESK_MOUSE=off
`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.ProjectName != "Job Board" || s.ProjectVersion != "1.0.0" || s.Issuer != "https://auth.example.com" {
		t.Errorf("got %q %q %q", s.ProjectName, s.ProjectVersion, s.Issuer)
	}
	if want := []string{"https://api.example.com", "https://admin.example.com"}; !slices.Equal(s.Audience, want) {
		t.Errorf("audience = %q, want %q", s.Audience, want)
	}
	if s.Key.Algorithm() != auth.HS384 || s.Key.ID() != "2026-11" || s.Mouse {
		t.Errorf("key %s %q, mouse %t", s.Key.Algorithm(), s.Key.ID(), s.Mouse)
	}
	if s.Lifetime != time.Hour || s.MaxLifetime != 24*time.Hour {
		t.Errorf("lifetime %v, limit %v", s.Lifetime, s.MaxLifetime)
	}
}

// The environment overrides the file, but an empty variable does not.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	other := strings.Repeat("0a1B", 16)[3:60]
	file := "SECRET_KEY=" + canary + "\nACCESS_TOKEN_EXPIRE_MINUTES=5\nISSUER=file\n"
	s, err := load(t, file, map[string]string{
		"ACCESS_TOKEN_EXPIRE_MINUTES": "10", "ISSUER": "", "SECRET_KEY": other + "Qx9",
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Lifetime != 10*time.Minute || s.Issuer != "file" || s.KeySource != "environment" {
		t.Errorf("lifetime %v, issuer %q, source %q", s.Lifetime, s.Issuer, s.KeySource)
	}
	alone, err := auth.NewHMACKey(auth.HS256, []byte(other+"Qx9"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Key.Fingerprint() != alone.Fingerprint() {
		t.Error("the environment's SECRET_KEY was not used byte for byte")
	}
}

// A variable that repeats or adds a setting overrides nothing.
func TestReplaced(t *testing.T) {
	t.Parallel()
	s, err := load(t, "SECRET_KEY="+canary+"\nALGORITHM=HS256\nISSUER=a\nAUDIENCE=\n", map[string]string{
		"SECRET_KEY": canary + "2", "ALGORITHM": "HS256", "ISSUER": "", "AUDIENCE": "x", "KEY_ID": "k1",
	})
	if err != nil || !slices.Equal(s.Replaced, []string{"SECRET_KEY"}) {
		t.Errorf("replaced %v, %v, want SECRET_KEY alone", s.Replaced, err)
	}
}

func TestNoKey(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), ".env")
	s, err := Load(Options{File: missing, Lookup: lookupIn(nil)})
	if err != nil || s.Found || s.Key != nil || s.Lifetime != 30*time.Minute {
		t.Errorf("without a file: %+v, %v, want defaults and no key", s, err)
	}
	s, err = load(t, "PROJECT_NAME=x\nSECRET_KEY=\n", nil)
	if err != nil || !s.Found || s.Key != nil {
		t.Errorf("without a secret: %+v, %v, want a found file and no key", s, err)
	}
	_, err = Load(Options{File: missing, Explicit: true, Lookup: lookupIn(nil)})
	if want := missing + ": no such file; check the name, or leave it out to start without a file"; err == nil || err.Error() != want {
		t.Errorf("a named file that is missing: %v, want %s", err, want)
	}
}

// Settings that are right are kept when others are wrong.
func TestProblemsKeepTheRest(t *testing.T) {
	t.Parallel()
	s, err := load(t, "PROJECT_NAME=Desk\nSECRET_KEY="+canary+"\nMAX_TOKEN_MINUTES=no\n", nil)
	if err == nil || s == nil || s.ProjectName != "Desk" || s.Key == nil {
		t.Errorf("got %+v, %v, want an error and the other settings", s, err)
	}
}

// A limit below the default lifetime shortens it: the user did not set the default.
func TestLimitBelowTheDefault(t *testing.T) {
	t.Parallel()
	s, err := load(t, "MAX_TOKEN_MINUTES=10\n", nil)
	if err != nil || s.Lifetime != 10*time.Minute {
		t.Errorf("lifetime %v, %v, want the limit", s.Lifetime, err)
	}
}

func TestNotAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	_, err := Load(Options{File: folder, Lookup: lookupIn(nil)})
	if want := folder + ": it is a folder, not a file; choose a file"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A dangling link is not the same as a missing file.
func TestLinkToNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	dangling, loop := filepath.Join(dir, ".env"), filepath.Join(dir, "loop")
	for link, target := range map[string]string{dangling: "nowhere.env", loop: "loop"} {
		if err := os.Symlink(target, link); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	for path, want := range map[string]string{
		dangling: dangling + ": it is a symbolic link to nowhere.env, which does not exist; create that file, or remove the link",
		loop:     loop + ": it is a symbolic link to itself; remove the link",
	} {
		s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
		if err == nil || err.Error() != want || !s.Found {
			t.Errorf("got %v, found %t, want %s", err, s.Found, want)
		}
	}
}

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

// canary stands in values. It must never come out in a sentence.
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

// sentences returns what was said, with the folder taken off the file's name.
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

// The environment replaces the file, but an empty variable hides nothing.
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
	if want := missing + ": there is no such file; check the name, or leave it out to start without one"; err == nil || err.Error() != want {
		t.Errorf("a named file that is missing: %v, want %s", err, want)
	}
}

const makeOne = "put a secret there, for example from openssl rand -hex 32"

// Every problem and every warning, word for word.
func TestSentences(t *testing.T) {
	t.Parallel()
	good := "SECRET_KEY=" + canary + "\n"
	better := "; put a better one there, for example from openssl rand -hex 64, or set ALLOW_WEAK_SECRET=true for a test system that has it"
	loaders := func(what string) string {
		return ".env:1: SECRET_KEY has " + what + ", so an API may read another secret out of this line; use a secret of letters and digits, for example from openssl rand -hex 32"
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{"zero minutes", good + "ACCESS_TOKEN_EXPIRE_MINUTES=0", []string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is zero, so every token would have expired when it is issued; write whole minutes, such as 30"}},
		{"negative minutes", good + "ACCESS_TOKEN_EXPIRE_MINUTES=-5", []string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is negative, so every token would have expired when it is issued; write whole minutes, such as 30"}},
		{"a fraction", good + "ACCESS_TOKEN_EXPIRE_MINUTES=1.5", []string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is not a whole number; write whole minutes, such as 30"}},
		{"text", good + "ACCESS_TOKEN_EXPIRE_MINUTES=" + canary, []string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is not a number; write whole minutes, such as 30"}},
		{"overflow", good + "MAX_TOKEN_MINUTES=99999999999999999999", []string{".env:2: MAX_TOKEN_MINUTES is larger than any lifetime; write whole minutes, such as 30"}},
		{"overflow of the duration", good + "MAX_TOKEN_MINUTES=999999999999", []string{".env:2: MAX_TOKEN_MINUTES is larger than any lifetime; write whole minutes, such as 30"}},
		{"above the limit", good + "ACCESS_TOKEN_EXPIRE_MINUTES=60\nMAX_TOKEN_MINUTES=30", []string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is above MAX_TOKEN_MINUTES; lower the one or raise the other"}},
		{"unknown algorithm", good + "ALGORITHM=" + canary, []string{".env:2: ALGORITHM names no algorithm that can be used here; write HS256, HS384 or HS512"}},
		{"lower case algorithm", good + "ALGORITHM=hs256", []string{".env:2: ALGORITHM names no algorithm that can be used here; write HS256, HS384 or HS512"}},
		{"unknown encoding", good + "SECRET_KEY_ENCODING=" + canary, []string{".env:2: SECRET_KEY_ENCODING is not an encoding; write utf8, base64, base64url or hex"}},
		{"not hex", good + "SECRET_KEY_ENCODING=hex", []string{".env:1: SECRET_KEY is not hex, as SECRET_KEY_ENCODING says; correct the one or the other"}},
		{"neither on nor off", good + "TOKENDESK_MOUSE=" + canary, []string{".env:2: TOKENDESK_MOUSE is neither true nor false; write true or false"}},
		{"all at once, by line", "ALGORITHM=x\n" + good + "MAX_TOKEN_MINUTES=0", []string{
			".env:1: ALGORITHM names no algorithm that can be used here; write HS256, HS384 or HS512",
			".env:3: MAX_TOKEN_MINUTES is zero, so every token would have expired when it is issued; write whole minutes, such as 30",
		}},

		{"short", "SECRET_KEY=Qx7pL2", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret has 6 bytes and needs at least 32 for this algorithm" + better}},
		{"short for the algorithm", good + "ALGORITHM=HS512", []string{".env:1: SECRET_KEY cannot be used with HS512: the secret has 33 bytes and needs at least 64 for this algorithm" + better}},
		{"placeholder", "SECRET_KEY=changeme", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret is a placeholder that asks to be replaced: it needs at least 32 random bytes" + better}},
		{"known", "SECRET_KEY=a-string-secret-at-least-256-bits-long", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret is publicly known from documentation and tutorials: it needs at least 32 random bytes" + better}},
		{"URL", "SECRET_KEY=postgres://user:" + canary + "@host/db", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret is a URL, not an HMAC secret: it needs at least 32 random bytes; " + makeOne}},
		{"PEM", "SECRET_KEY=\"-----BEGIN PUBLIC KEY-----\nMIIB" + canary + "\n-----END PUBLIC KEY-----\"", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret is a PEM block, not an HMAC secret: it needs at least 32 random bytes; " + makeOne}},
		{"blank", "SECRET_KEY='   '", []string{".env:1: SECRET_KEY is blank; " + makeOne}},
		{"a variable that was never expanded", "SECRET_KEY=${SECRET_KEY}", []string{".env:1: SECRET_KEY is made of variables that have no value in this file; write the secret itself, in single quotes if it has a $"}},
		{"the same in single quotes", "SECRET_KEY='$SECRET_KEY_OF_THE_SERVICE_IN_PRODUCTION'", []string{".env:1: SECRET_KEY cannot be used with HS256: the secret is a variable that was never expanded, not an HMAC secret: it needs at least 32 random bytes; " + makeOne}},
		{"allowed all the same", "SECRET_KEY=Qx7pL2\nALLOW_WEAK_SECRET=true", []string{".env:1: ALLOW_WEAK_SECRET lets a weak key sign: the secret has 6 bytes and needs at least 32 for this algorithm; use it against test systems only"}},

		{"set twice", good + "X=1\nSECRET_KEY=" + canary + "2", []string{".env:1: SECRET_KEY is set again further down, and some programs take the first; keep one of the lines"}},
		{"dollar", "SECRET_KEY=" + canary + "$$9", []string{loaders("a $, which some programs replace and others do not")}},
		{"braces in single quotes", "SECRET_KEY='" + canary + "${X}'", []string{loaders("a $, which some programs replace and others do not")}},
		{"backslash", `SECRET_KEY="` + canary + `\t"`, []string{loaders("a backslash, which some programs take away and others do not")}},
		{"inner quote", "SECRET_KEY=" + canary + `"x`, []string{loaders("a quote, which some programs take away and others do not")}},
		{"outer space", "SECRET_KEY=' " + canary + "'", []string{loaders("a space at an end inside its quotes, which some programs cut off and others do not")}},
		{"comment", "SECRET_KEY=" + canary + " # the key", []string{loaders("a # behind a space, where some programs see a comment and others do not")}},
		{"inner space", "SECRET_KEY=" + canary + " x", []string{loaders("a space, where some programs stop and others do not")}},
		{"dollar in single quotes", "SECRET_KEY='" + canary + "$x'", nil},
		{"plain", good, nil},
		{"double quotes", "SECRET_KEY=\"" + canary + "\"", nil},
		{"Windows line ends", "SECRET_KEY=" + canary + "\r\nISSUER=x\r\n", nil},

		{"open quote", "A=1\n\nISSUER=\"" + canary, []string{".env:3: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"}},
		{"hyphen in a name", good + "SECRET-KEY=" + canary, []string{".env:2: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"}},
		{"no sign", good + "what is " + canary, []string{".env:2: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"}},
		{"byte order mark", "\ufeff" + good, []string{".env:1: it begins with a byte order mark; save it as UTF-8 without one"}},
		{"UTF-16", "\xff\xfeS\x00", []string{".env:1: it is UTF-16; save it as UTF-8"}},
		{"NUL", good + "X=\x00", []string{".env:2: this line has a control character in it; type the line again"}},
		{"escape", good + "X=\x1b[31m", []string{".env:2: this line has a control character in it; type the line again"}},
		{"carriage return inside a line", "X=a\rSECRET_KEY=" + canary, []string{".env:1: this line has a control character in it; type the line again"}},
		{"bad UTF-8", good + "X=\xff", []string{".env:2: this line is not valid UTF-8; save the file as UTF-8"}},
		{"too large", good + strings.Repeat("#", maxFile), []string{".env: it is larger than 64 KiB; check that it is a settings file"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, tt.text, nil)
			got := sentences(s, err)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
			if strings.Contains(strings.Join(got, "\n"), canary) {
				t.Error("a value came out")
			}
		})
	}
}

func TestControlCharactersFromTheEnvironment(t *testing.T) {
	t.Parallel()
	s, err := load(t, "", map[string]string{"PROJECT_NAME": "\x1b]52;c;aGk=\a", "ISSUER": "\xff"})
	want := []string{
		"environment: PROJECT_NAME has a control character in it; type it again",
		"environment: ISSUER is not valid UTF-8; type it again",
	}
	if got := sentences(s, err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is right is kept when something else is wrong.
func TestProblemsKeepTheRest(t *testing.T) {
	t.Parallel()
	s, err := load(t, "PROJECT_NAME=Desk\nSECRET_KEY="+canary+"\nMAX_TOKEN_MINUTES=no\n", nil)
	if err == nil || s == nil || s.ProjectName != "Desk" || s.Key == nil {
		t.Errorf("got %+v, %v, want an error and the other settings", s, err)
	}
}

// The default gives way to a limit below it; nobody wrote the default.
func TestLimitBelowTheDefault(t *testing.T) {
	t.Parallel()
	s, err := load(t, "MAX_TOKEN_MINUTES=10\n", nil)
	if err != nil || s.Lifetime != 10*time.Minute {
		t.Errorf("lifetime %v, %v, want the limit", s.Lifetime, err)
	}
}

// The secret is what these files mean to python-dotenv 0.21 and to FastAPI's
// own settings; a token signed with another one would be refused.
func TestSecretBytes(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"bare", "SECRET_KEY=" + canary, canary},
		{"no end of line", "X=1\nSECRET_KEY=" + canary, canary},
		{"spaces around the sign", "SECRET_KEY = " + canary, canary},
		{"export", "export SECRET_KEY=" + canary, canary},
		{"double quotes", `SECRET_KEY="` + canary + `"`, canary},
		{"single quotes", "SECRET_KEY='" + canary + "'", canary},
		{"trailing space", "SECRET_KEY=" + canary + "  \n", canary},
		{"Windows line ends", "SECRET_KEY=" + canary + "\r\n", canary},
		{"comment", "SECRET_KEY=" + canary + " # secret", canary},
		{"hash inside", "SECRET_KEY=" + canary + "#1", canary + "#1"},
		{"equals signs", "SECRET_KEY=" + canary + "==", canary + "=="},
		{"the last of two", "SECRET_KEY=x\nSECRET_KEY=" + canary, canary},
		{"base64", "SECRET_KEY=Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK\nSECRET_KEY_ENCODING=base64", canary},
		{"base64 with padding", "SECRET_KEY=Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZKQQ==\nSECRET_KEY_ENCODING=base64", canary + "A"},
		{"base64url", "SECRET_KEY=Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK_-8\nSECRET_KEY_ENCODING=base64url", canary + "\xff\xef"},
		{"hex", "SECRET_KEY=43616E61727937685771324C7A58396D4234764B7031546E5238735964334766 4A\nSECRET_KEY_ENCODING=hex", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, _ := load(t, tt.text, nil)
			if tt.want == "" {
				if s.Key != nil {
					t.Error("a key was made of a secret that is not what its encoding says")
				}
				return
			}
			want, err := auth.NewHMACKey(auth.HS256, []byte(tt.want))
			if err != nil {
				t.Fatal(err)
			}
			if s.Key == nil || s.Key.Fingerprint() != want.Fingerprint() {
				t.Errorf("the key is not made of the bytes that were meant")
			}
		})
	}
}

func TestNotAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	_, err := Load(Options{File: folder, Lookup: lookupIn(nil)})
	if want := folder + ": it is a folder, not a file; name a file"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

package plain_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// TestPlainFirstRun asks for a key first.
func TestPlainFirstRun(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"9", "1", "2", "/q"}, noKey)
	if !isFailed(err) {
		t.Fatal(err)
	}
	question := "Problem: .env: there is no key: the file does not exist\n" +
		"1: create .env with a fresh secret. 2: use a key for this run only. 3: go on without a key, to read tokens. 4: quit.\n" +
		"1, 2, 3 or 4> "
	equal(t, "the dialogue", got, question+"Type 1, 2, 3 or 4.\n"+question+"Error: no luck today\n"+question+
		strings.Replace(testTitle, "HS256 · key abc5cd36, from .env.", "HS256 · key 117d1856, from this run only.", 1)+"> ")

	got, err = dialogue(t, []string{"", "ada"}, creating(settings.Created{Path: ".env"}))
	if err != nil || !strings.Contains(got, "Wrote .env with a fresh secret.\nTokendesk. Job Board 1.0.0.") ||
		!strings.Contains(got, "Verdict: valid: ") {
		t.Errorf("%v\n%s", err, got)
	}

	got, err = dialogue(t, []string{"4"}, loadFails(testProblems()))
	problems := "Problem: .env:3: has 6 bytes and HS256 needs 32; make one with openssl rand -hex 32\nProblem: environment: "
	if err != nil || !strings.HasPrefix(got, problems) {
		t.Errorf("%v\n%s", err, got)
	}

	_, err = dialogue(t, []string{"ada"}, noKey) // the input ends
	want := "the input ended before there was a key, so nothing was done; run tokendesk init first, or set SECRET_KEY"
	if !errors.Is(err, plain.ErrNoKey) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	got, err = dialogue(t, nil, loadFails(errTest))
	if !errors.Is(err, plain.ErrNoKey) || !strings.HasSuffix(err.Error(), "; fix the settings first") ||
		!strings.HasPrefix(got, "Problem: no luck today\n1: read the settings again.") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainWeak says once that the key is weak, where warnings go.
func TestPlainWeak(t *testing.T) {
	t.Parallel()
	weak := func(_ *plain.Config, s *settings.Settings) {
		s.Key = testKey(t, "secret")
		s.Warnings = []settings.Warning{{File: ".env", Text: "SECRET_KEY is weak", Do: "make one", Source: "RFC 7518 section 3.2", Weak: true}}
	}
	const warning = ".env: SECRET_KEY is weak; make one (RFC 7518 section 3.2)"
	got, err := dialogue(t, []string{"ada", "/q"}, weak)
	if err != nil || !strings.HasPrefix(got, "Warning: "+warning+"\n") || strings.Count(got, "Warning") != 1 ||
		!strings.Contains(got, "\nFinding: danger: the secret that signed it is published") || !strings.Contains(got, "> Verdict: valid: ") {
		t.Errorf("%v\n%s", err, got)
	}
	var warned []string
	got, err = dialogue(t, []string{"ada", "/q"}, weak, func(c *plain.Config, _ *settings.Settings) {
		c.Warn = func(line explain.Line) { warned = append(warned, line.String()) }
	})
	if err != nil || strings.Contains(got, "Warning") || len(warned) != 1 || warned[0] != warning {
		t.Errorf("%v, %q\n%s", err, warned, got)
	}
	got, err = dialogue(t, []string{"ada", "/q"}, weak, func(_ *plain.Config, s *settings.Settings) {
		s.Warnings, s.AllowWeak = nil, true
	})
	if err != nil || strings.Contains(got, "weak") || strings.Contains(got, "published") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainPassphrase asks for a passphrase if there is somebody to ask, and
// otherwise says that it is missing.
func TestPlainPassphrase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		".env": "KEY_FILE=secret.pem", "secret.pem": encrypted(t, "correct horse"), ".env.other": "KEY_FILE=other.pem",
		"other.pem": encrypted(t, "battery staple"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const (
		encrypted = "KEY_FILE: the private key is encrypted and there is no passphrase for it"
		wrong     = "KEY_FILE: the passphrase does not decrypt the private key; check the passphrase"
		question  = "1: read the settings again. 2: use a key for this run only. 3: go on without a key, to read tokens. 4: quit.\n" +
			"1, 2, 3 or 4> "
		title     = "Tokendesk. Profile default. ES256 · key "
		unchanged = "Nothing was changed. The profile is still default.\n> "
	)
	stopped := &terminal.Stopped{Signal: os.Interrupt}
	errFailed := errors.New("a command could not be done")
	for _, test := range []struct {
		name  string
		typed []any // texts and errors
		lines []string
		want  []string // in this order
		err   error
	}{
		{"nobody to ask", []any{auth.ErrEncrypted}, []string{"4"}, []string{"Problem: ", encrypted, question}, nil},
		{"none", []any{""}, []string{"4"}, []string{"Problem: ", encrypted, question}, nil},
		{"another, then the right one", []any{"wrong", "correct horse"}, []string{"1", "/q"}, []string{"Problem: ", wrong, question, title}, nil},
		{
			"another profile",
			[]any{"correct horse", "wrong", auth.ErrEncrypted, "battery staple"},
			[]string{"/profile other", "/profile other", "/profile other", "/q"},
			[]string{title, "> Problem: ", wrong, unchanged, "Problem: ", wrong, unchanged, "Tokendesk. Profile other. "},
			errFailed,
		},
		{"a signal", []any{stopped}, []string{"4"}, nil, stopped},
		{"a signal in another profile", []any{"correct horse", stopped}, []string{"/profile other"}, []string{title, "> "}, stopped},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			got, err := dialogue(t, test.lines, func(c *plain.Config, _ *settings.Settings) {
				c.Source = desk.Source{File: filepath.Join(dir, ".env"), Lookup: func(string) (string, bool) { return "", false }}
				c.Passphrase = func() ([]byte, error) {
					typed := test.typed[asked]
					asked++
					if err, ok := typed.(error); ok {
						return nil, err
					}
					return []byte(typed.(string)), nil
				}
			})
			if fails := errors.Is(test.err, errFailed); fails != isFailed(err) || !fails && !errors.Is(err, test.err) {
				t.Errorf("got the error %v, want %v", err, test.err)
			}
			equal(t, "the number of questions", asked, len(test.typed))
			left := strings.ReplaceAll(strings.ReplaceAll(got, filepath.Join(dir, "secret.pem")+": ", ""), filepath.Join(dir, "other.pem")+": ", "")
			for _, want := range test.want {
				var found bool
				if _, left, found = strings.Cut(left, want); !found {
					t.Fatalf("%q is missing, or not in its place, in\n%s", want, got)
				}
			}
		})
	}
}

// A token can be read without a key: it is pasted instead of an answer, or the console goes on
// without one.
func TestPlainWithoutKey(t *testing.T) {
	t.Parallel()
	token := handmade(t, testHeader, `{"sub":"ada"}`)
	for name, lines := range map[string][]string{"pasted": {token}, "chosen": {"3", token}} {
		got, err := dialogue(t, append(lines, "/key", testSecret, "/keys", "/faults expired", "/fault expired", "/preview ada", "ada"), noKey)
		if !isWithheld(err) {
			t.Errorf("%s: %v", name, err)
		}
		says(t, got, "Tokendesk. Job Board 1.0.0. There is no key: tokens can be read, and verified with /key FILE. "+
			"/reload reads the settings again.\n",
			"Verdict: wrong key: no key is configured", "Claim sub: ada ", "key> Verdict: valid: ", "> Key abc5cd36  HS256", "> Faults of the ",
			"> Error: there is no key to sign with; set SECRET_KEY or KEY_FILE\n", "> Not issued and not signed.\n",
			"Problem: there is no key to sign with",
			"> Error: there is no key to sign with")
	}
}

package plain_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// inFolder makes the console read an env file of that text, whose name it returns.
func inFolder(t *testing.T, text string) change {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(c *plain.Config, _ *settings.Settings) {
		c.Source.File, c.Source.Load = path, settings.Load
		c.Source.Lookup = func(string) (string, bool) { return "", false }
	}
}

// TestPlainSecretName asks for the number of a name.
func TestPlainSecretName(t *testing.T) {
	t.Parallel()
	const text = "SECRET_KEY=qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6\nJWT_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\n"
	got, err := dialogue(t, []string{"3", "one", "1", "ada"}, inFolder(t, text))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"SECRET_KEY and JWT_SECRET have different values", "JWT_SECRET could be it: its name says that it signs tokens",
		"1: JWT_SECRET.\n2: SECRET_KEY.\nthe number of the secret> Type a number from 1 to 2.\n" +
			"the number of the secret> Type a number from 1 to 2.\n",
		"Verdict: valid: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	_, err = dialogue(t, nil, inFolder(t, text))
	if !errors.Is(err, plain.ErrNoKey) || !strings.HasSuffix(err.Error(), "; set SECRET_KEY_NAME, or use --secret-from") {
		t.Errorf("got %v", err)
	}
}

// TestPlainNotice says what was recognised before the title.
func TestPlainNotice(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, nil, inFolder(t, "JWT_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\nJWT_EXPIRES_IN=2h\n"))
	want := "JWT_SECRET of .env signs, for 2h by JWT_EXPIRES_IN; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting.\nTokendesk."
	if err != nil || !strings.HasPrefix(got, want) {
		t.Errorf("%v\n%s", err, got)
	}
}

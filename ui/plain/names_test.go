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

// TestPlainOtherSecrets changes to another secret of the settings file.
func TestPlainOtherSecrets(t *testing.T) {
	t.Parallel()
	const text = "JWT_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\nJWT_REFRESH_SECRET=qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6\n"
	got, err := dialogue(t, []string{"/secret", "/secret PORT", "/secret JWT_REFRESH_SECRET", "/secret"}, inFolder(t, text))
	if !isFailed(err) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"> JWT_SECRET signs now.\nJWT_REFRESH_SECRET: its name says that it is for other tokens\n",
		"> Error: there is no other secret with that name; /secret lists them\n",
		"> JWT_REFRESH_SECRET signs now.\nJWT_SECRET: its name says that it signs tokens\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	got, err = dialogue(t, []string{"/secret"}, inFolder(t, text[:strings.Index(text, "\n")]))
	if err != nil || !strings.Contains(got, "> The settings file has no other secret.\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainNearby offers another env file before a new one.
func TestPlainNearby(t *testing.T) {
	t.Parallel()
	const secrets = "JWT_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\nTOKEN_SECRET=qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6\n"
	dir := t.TempDir()
	env := filepath.Join(dir, "backend", ".env")
	if err := os.MkdirAll(filepath.Dir(env), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(env, []byte(secrets), 0o600); err != nil {
		t.Fatal(err)
	}
	in := func(c *plain.Config, _ *settings.Settings) {
		c.Source.File, c.Source.Load, c.Source.Nearby = filepath.Join(dir, ".env"), settings.Load, settings.Nearby
		c.Source.Lookup = func(string) (string, bool) { return "", false }
	}
	got, err := dialogue(t, []string{"", "2", "ada"}, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"1: use " + env + ", which has JWT_SECRET. 2: create " + filepath.Join(dir, ".env") + " with a fresh secret. " +
			"3: use a key for this run only. 4: go on without a key, to read tokens. 5: quit.\n1, 2, 3, 4 or 5> ",
		"1: JWT_SECRET.\n2: TOKEN_SECRET.\nthe number of the secret> ", "Verdict: valid: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, ".env")); err == nil {
		t.Error("a new settings file was written")
	}
}

// TestPlainFill fills in a name that has no value.
func TestPlainFill(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"2", "ada"}, inFolder(t, "JWT_SECRET=\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"there is no key: JWT_SECRET is empty", ". 2: write a fresh secret into JWT_SECRET of ",
		"with a fresh secret in JWT_SECRET.\n", "Verdict: valid: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
}

package desk

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

// TestPublicKeySays: issuing with a public key names the setting and what it holds.
func TestPublicKeySays(t *testing.T) {
	t.Parallel()
	pem := string(must[[]byte](t)(pair(t, auth.ES256).EncodePublic(auth.FormatPEM)))
	for _, test := range []struct{ name, line, want string }{
		{
			"base64", "SECRET_KEY=" + base64.StdEncoding.EncodeToString([]byte(pem)),
			"SECRET_KEY of .env is a PEM public key in base64: it verifies and cannot sign",
		},
		{
			"hex", "SECRET_KEY=" + hex.EncodeToString([]byte(pem)),
			"SECRET_KEY of .env is a PEM public key in hexadecimal: it verifies and cannot sign",
		},
		{"plain", "SECRET_KEY='" + pem + "'", "SECRET_KEY of .env is a PEM public key: it verifies and cannot sign"},
		{"file", "KEY_FILE=public.pem", "public.pem is a PEM public key: it verifies and cannot sign"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range map[string]string{".env": test.line + "\n", "public.pem": pem} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			d := Open(t.Context(), Source{File: filepath.Join(dir, ".env"), Lookup: func(string) (string, bool) { return "", false }})
			_, issued := d.Token(t.Context(), Draft{Subject: "ada"})
			_, recipe := d.Recipe(Draft{})
			for _, err := range []error{issued, recipe} {
				if !errors.Is(err, auth.ErrCannotSign) || advice.Of(err) != "use the private key to sign" {
					t.Fatalf("the error is %v", err)
				}
				if got := filepath.Base(err.Error()); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

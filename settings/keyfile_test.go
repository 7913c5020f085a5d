package settings

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/youmark/pkcs8"

	"tokendesk/auth"
)

// Settings that lack only the right passphrase say so, since the user can be asked
// for it.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	der, err := pkcs8.MarshalPrivateKey(ed25519.NewKeyFromSeed(make([]byte, 32)), []byte("correct horse"), nil)
	if err != nil {
		t.Fatal(err)
	}
	write("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der})))
	write("right", "correct horse\n")
	write("wrong", "battery staple\n")
	stopped := errors.New("stopped")
	for name, test := range map[string]struct {
		env       string
		ask       func() ([]byte, error)
		encrypted bool
		want      error
	}{
		"nobody to ask":   {"", nil, true, auth.ErrEncrypted},
		"the wrong one":   {"", func() ([]byte, error) { return []byte("battery staple"), nil }, true, auth.ErrWrongPassphrase},
		"the right one":   {"", func() ([]byte, error) { return []byte("correct horse"), nil }, false, nil},
		"stopped":         {"", func() ([]byte, error) { return nil, stopped }, false, stopped},
		"the right file":  {"KEY_PASSPHRASE_FILE=right\n", nil, false, nil},
		"the wrong file":  {"KEY_PASSPHRASE_FILE=wrong\n", nil, false, auth.ErrWrongPassphrase},
		"another problem": {"MAX_TOKEN_MINUTES=many\n", nil, false, auth.ErrEncrypted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(dir, "."+name)
			write("."+name, "KEY_FILE=key.pem\n"+test.env)
			_, err := Load(Options{File: file, Lookup: func(string) (string, bool) { return "", false }, Passphrase: test.ask})
			if Encrypted(err) != test.encrypted || !errors.Is(err, test.want) {
				t.Errorf("encrypted is %t, error %v", Encrypted(err), err)
			}
		})
	}
}

// SECRET_KEY_ENCODING says how a secret in a key file is written, too.
func TestKeyFileEncoding(t *testing.T) {
	t.Parallel()
	secret := "Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"
	plain, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "hex": hex.EncodeToString([]byte(secret)), "utf8": secret, "": secret,
	} {
		path := filepath.Join(dir, "secret"+name)
		if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		env := filepath.Join(dir, name+".env")
		if err := os.WriteFile(env, []byte("KEY_FILE="+path+"\nSECRET_KEY_ENCODING="+name+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: env, Lookup: lookupIn(nil)})
		if err != nil || s.Key.Fingerprint() != plain.Fingerprint() {
			t.Errorf("%s: %v, %v", name, err, s.Key)
		}
		if name == "" || name == "utf8" {
			continue
		}
		if err := os.WriteFile(path, []byte("no "+name+"!\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = Load(Options{File: env, Lookup: lookupIn(nil)})
		if err == nil || !strings.Contains(err.Error(), "is not valid "+name+", which SECRET_KEY_ENCODING says it is") {
			t.Errorf("%s that is none: %v", name, err)
		}
	}
}

package desk

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"tokendesk/auth"
	"tokendesk/settings"
)

// testSecret is the secret of the tests.
const testSecret = "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"

// moment is the time at which tests start.
var moment = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// counter is randomness that is always the same.
type counter struct {
	mu sync.Mutex
	n  byte
}

func (c *counter) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range p {
		c.n++
		p[i] = c.n
	}
	return len(p), nil
}

// failing is a random source that fails.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("no randomness") }

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// fails checks that an error has that text.
func fails(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || err.Error() != want {
		t.Errorf("got the error %v, want %s", err, want)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// write writes files into a new folder, and returns it.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// source returns the source of a test, with a stopped clock.
func source(dir string) Source {
	var issued atomic.Int64
	return Source{
		File:   filepath.Join(dir, ".env"),
		Lookup: func(string) (string, bool) { return "", false },
		Now:    func() time.Time { return moment }, Rand: &counter{},
		Number: func() int { return int(issued.Add(1)) },
	}
}

// openWith opens settings with that text, after the changes to the source.
func openWith(t testing.TB, text string, changes ...func(*Source)) *Desk {
	t.Helper()
	from := source(write(t, map[string]string{".env": text}))
	for _, change := range changes {
		change(&from)
	}
	return Open(t.Context(), from)
}

// plain returns a Desk with a secret.
func plain(t testing.TB, more string) *Desk {
	t.Helper()
	d := openWith(t, "SECRET_KEY="+testSecret+"\n"+more)
	if d.Problem() != nil {
		t.Fatal(d.Problem())
	}
	return d
}

// pair returns a private key that is always the same.
func pair(t testing.TB, alg auth.Algorithm, opts ...auth.KeyOption) *auth.Key {
	t.Helper()
	seed := []byte("a seed of thirty-two characters.")
	var material any = ed25519.NewKeyFromSeed(seed)
	if alg == auth.ES256 {
		material = must[*ecdsa.PrivateKey](t)(ecdsa.ParseRawPrivateKey(elliptic.P256(), seed))
	}
	return must[*auth.Key](t)(auth.NewKey(alg, material, opts...))
}

// encrypted returns a PEM with a private key that a passphrase decrypts.
func encrypted(t *testing.T, passphrase string) string {
	t.Helper()
	key := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	der := must[[]byte](t)(pkcs8.MarshalPrivateKey(key, []byte(passphrase), nil))
	return string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}))
}

// keySet returns a JWK set with two private keys, for ES256 and, with the ID 2026-11,
// for EdDSA.
func keySet(t *testing.T) string {
	t.Helper()
	one := must[[]byte](t)(pair(t, auth.ES256).EncodePrivate(auth.FormatJWK))
	two := must[[]byte](t)(pair(t, auth.EdDSA, auth.WithKeyID("2026-11")).EncodePrivate(auth.FormatJWK))
	return `{"keys":[` + string(one) + "," + string(two) + "]}"
}

// persona parses a persona written in YAML.
func persona(t *testing.T, text string) *settings.Persona {
	t.Helper()
	return must[[]*settings.Persona](t)(settings.ParsePersonas("personas.yaml", []byte(text)))[0]
}

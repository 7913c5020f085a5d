package plain_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

const (
	// These sign in tests only.
	testSecret       = "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"
	stagingSecret    = "staging-Tq8XvW2pLz5RkUd0yJcBf7HsNa"
	productionSecret = "production-q8XvW2pLz5RkUd0yJcBf7Hs"

	// testHeader is that of a token of the configured key.
	testHeader = `{"alg":"HS256","typ":"JWT"}`
)

var (
	// moment is when tests begin.
	moment  = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	errTest = errors.New("no luck today")
)

// counter is randomness that is always the same. A probe reads it from many
// goroutines.
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

// change is made to the configuration and the settings before a console opens.
type change = func(*plain.Config, *settings.Settings)

// dialogue runs the console on lines and returns what it wrote.
func dialogue(t *testing.T, lines []string, changes ...change) (string, error) {
	t.Helper()
	return dialogueIn(t.Context(), t, lines, changes...)
}

func dialogueIn(ctx context.Context, t *testing.T, lines []string, changes ...change) (string, error) {
	t.Helper()
	set := testSettings(t)
	cfg := plain.Config{
		Input:  tempFile(t, strings.Join(lines, "\n")+"\n"),
		Output: tempFile(t, ""),
	}
	cfg.Source.Load = func(settings.Options) (*settings.Settings, error) { return set, nil }
	cfg.Source.Profiles = func(string) []settings.Profile { return nil }
	cfg.Source.Create = func() (settings.Created, error) { return settings.Created{}, errTest }
	cfg.Source.Now = func() time.Time { return moment }
	cfg.Source.Rand = new(counter)
	for _, change := range changes {
		change(&cfg, set)
	}
	err := plain.Run(ctx, cfg)
	text, readErr := os.ReadFile(cfg.Output.Name())
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(text), err
}

func testSettings(t testing.TB) *settings.Settings {
	t.Helper()
	return &settings.Settings{
		File: ".env", Found: true, KeySource: ".env", Key: testKey(t, testSecret),
		ProjectName: "Job Board", ProjectVersion: "1.0.0", Lifetime: 30 * time.Minute,
	}
}

func testKey(t testing.TB, secret string, opts ...auth.KeyOption) *auth.Key {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func noKey(_ *plain.Config, s *settings.Settings) { s.Key, s.Found, s.KeySource = nil, false, "" }

// loadFails makes the settings unreadable.
func loadFails(err error) change {
	return func(c *plain.Config, s *settings.Settings) {
		s.Key = nil
		c.Source.Load = func(settings.Options) (*settings.Settings, error) { return s, err }
	}
}

// creating writes settings with a key, which are there from then on.
func creating(created settings.Created) change {
	return func(c *plain.Config, s *settings.Settings) {
		now := &settings.Settings{File: ".env", Lifetime: 30 * time.Minute}
		c.Source.Load = func(settings.Options) (*settings.Settings, error) { return now, nil }
		c.Source.Create = func() (settings.Created, error) {
			now = s
			return created, nil
		}
	}
}

func testProblems() settings.Problems {
	return settings.Problems{
		{File: ".env", Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 needs 32", Do: "make one with openssl rand -hex 32"},
		{File: "environment", Name: "ALGORITHM", Text: "is not known", Do: "use HS256, HS384 or HS512"},
	}
}

// testProfile returns the settings of a profile, or what is wrong with it.
func testProfile(t testing.TB, file string) (*settings.Settings, error) {
	t.Helper()
	s := testSettings(t)
	s.File, s.KeySource, s.Profile = file, file, settings.ProfileName(file)
	switch s.Profile {
	case "staging":
		s.Key, s.Lifetime = testKey(t, stagingSecret), 45*time.Minute
	case "production":
		s.Key, s.Protected = testKey(t, productionSecret), true
	case "broken":
		return &settings.Settings{File: file, Profile: s.Profile, Found: true}, settings.Problems{
			{File: file, Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 needs 32", Do: "make one with openssl rand -hex 32"},
			{File: file, Line: 5, Name: "MAX_TOKEN_MINUTES", Text: "MAX_TOKEN_MINUTES is not a number", Do: "use whole minutes, such as 30"},
		}
	case "empty":
		s.Key = nil
	}
	return s, nil
}

// in opens the console in the first of these profiles.
func in(t testing.TB, first string, others ...string) change {
	return func(c *plain.Config, _ *settings.Settings) {
		var all []settings.Profile
		for _, name := range append([]string{first}, others...) {
			all = append(all, settings.Profile{Name: name, File: settings.ProfileFile(name)})
		}
		c.Source.File = all[0].File
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) { return testProfile(t, o.File) }
		c.Source.Profiles = func(string) []settings.Profile { return all }
	}
}

// pair returns a key pair that is always the same.
func pair(t testing.TB) *auth.Key {
	t.Helper()
	key, err := auth.NewKey(auth.EdDSA, ed25519.NewKeyFromSeed([]byte("a seed of thirty-two characters.")), auth.WithKeyID("2026-11"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// encrypted returns a PEM with a private key that a passphrase decrypts.
func encrypted(t testing.TB, passphrase string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := pkcs8.MarshalPrivateKey(key, []byte(passphrase), nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}))
}

// handmade returns a token that the console would never make, signed with the
// test key.
func handmade(t testing.TB, header, claims string) string {
	t.Helper()
	return handmadeWith(testSecret, header, claims)
}

func handmadeWith(secret, header, claims string) string {
	segment := base64.RawURLEncoding.EncodeToString
	input := segment([]byte(header)) + "." + segment([]byte(claims))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(input))
	return input + "." + segment(mac.Sum(nil))
}

// equal fails the test when two values differ.
func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is\n%v\nwant\n%v", what, got, want)
	}
}

// tempFile returns an open file that is removed after the test.
func tempFile(t testing.TB, text string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lines")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

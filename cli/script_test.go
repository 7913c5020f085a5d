package cli_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	cryptorand "crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/youmark/pkcs8"

	"tokendesk/cli"
)

// noon is the time in the scripts and on the screens in the docs.
var noon = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// suite is all tests. Under nohup SIGHUP is ignored, also in every program that they
// start; a signal that is caught here has its default effect there.
type suite struct{ *testing.M }

func (s suite) Run() int {
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	return s.M.Run()
}

func TestMain(m *testing.M) {
	if os.Getenv("XDG_STATE_HOME") == "" { // outside the scripts, tests record nothing in the ledger of the user
		if err := os.Setenv("LEDGER", "off"); err != nil {
			panic(err)
		}
	}
	testscript.Main(suite{m}, map[string]func(){
		// tokendesk with a stopped clock and repeatable randomness.
		"tokendesk": func() { os.Exit(cli.Run(context.Background(), scripted(func() time.Time { return noon }))) },
		// tokendesk-ticking has a clock that advances only while the program waits.
		"tokendesk-ticking": func() {
			clock := &fakeClock{now: noon}
			p := scripted(clock.Now)
			p.After = clock.After
			os.Exit(cli.Run(context.Background(), p))
		},
		// tokendesk-real is the program as main runs it.
		"tokendesk-real": func() {
			p := scripted(nil)
			p.Rand = nil
			os.Exit(cli.Run(context.Background(), p))
		},
	})
}

func scripted(now func() time.Time) cli.Program {
	return cli.Program{
		Args: os.Args[1:], Template: template(), Now: now, Rand: seeded(),
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		TTY: terminalOfTest,
	}
}

// terminalOfTest opens the terminal that a test provides, never that of the user who
// runs the tests.
func terminalOfTest() (*os.File, error) {
	if os.Getenv("TERMINAL_OF_TEST") == "" {
		return nil, fs.ErrNotExist
	}
	return os.OpenFile(os.Getenv("TERMINAL_OF_TEST"), os.O_RDWR, 0)
}

// seeded returns the same randomness in every run.
func seeded() io.Reader { return &locked{r: rand.NewChaCha8([32]byte{1, 2, 3})} }

// locked is a reader for many goroutines.
type locked struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *locked) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

// fakeClock advances by the time that the program waits for.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	fired := make(chan time.Time, 1)
	fired <- c.now
	return fired
}

// template is a short .env.template.
func template() string {
	return "# The settings of tokendesk.\nSECRET_KEY=\nALGORITHM=HS256\nACCESS_TOKEN_EXPIRE_MINUTES=30\n"
}

// endsAtOnce keeps a program from waiting for a second at its end, as it does with the race
// detector.
const endsAtOnce = "GORACE=atexit_sleep_ms=0"

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, endsAtOnce)
			e.Vars = append(e.Vars, "TZ=UTC", "NO_COLOR=", "SECRET_KEY=", "E=", "BAD=a\x1b[31mb")
			e.Vars = append(e.Vars, "XDG_STATE_HOME="+filepath.Join(e.WorkDir, ".state"))
			if err := private(e.WorkDir); err != nil {
				return err
			}
			if err := writeKeys(e.WorkDir); err != nil {
				return err
			}
			return os.WriteFile(e.WorkDir+"/good.env", []byte("SECRET_KEY="+strings.Repeat("0123456789abcdef", 3)+"\n"), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "at-noon": atNoon, "mode": mode, "recipe": recipe,
		},
	})
}

// private gives the files of a script the mode that a secret must have.
func private(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Chmod(filepath.Join(dir, file.Name()), 0o600|fs.FileMode(btoi(file.IsDir()))*0o100); err != nil {
			return err
		}
	}
	return nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// exits runs a program and compares its exit code: exits 14 tokendesk verify.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("%s exits with %s, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// atNoon makes files look as if they were written when the scripts run: at-noon FILE...
func atNoon(ts *testscript.TestScript, _ bool, files []string) {
	for _, file := range files {
		ts.Check(os.Chtimes(ts.MkAbs(file), noon, noon))
	}
}

// mode compares the mode of a file: mode 600 FILE.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode OCTAL FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] && runtime.GOOS != "windows" {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// recipe writes the code of a recipe to files whose names end with the languages of the
// code: recipe "A token like Keycloak's" FILE.
func recipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: recipe HEADING FILE")
	}
	text, err := os.ReadFile("../docs/recipes.md")
	ts.Check(err)
	_, section, found := strings.Cut(string(text), "\n### "+args[0]+"\n")
	if !found {
		ts.Fatalf("there is no recipe %s", args[0])
	}
	section, _, _ = strings.Cut(section, "\n#")
	for _, fence := range regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$").FindAllStringSubmatch(section, -1) {
		ts.Check(os.WriteFile(ts.MkAbs(args[1]+"."+fence[1]), []byte(fence[2]), 0o600))
	}
}

// writeKeys writes a fresh key of each kind: ec.pem, the same encrypted as
// secret.pem, rsa.pem, ed.jwk, their public keys as ec.pub and in keys.jwks, and
// private.jwks with a public and two private ones.
func writeKeys(dir string) error {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), cryptorand.Reader)
	if err != nil {
		return err
	}
	rsaKey, err := rsa.GenerateKey(cryptorand.Reader, 2048)
	if err != nil {
		return err
	}
	_, ed, err := ed25519.GenerateKey(cryptorand.Reader)
	if err != nil {
		return err
	}
	ecDER, err := x509.MarshalPKCS8PrivateKey(ec)
	if err != nil {
		return err
	}
	ecPublic, err := x509.MarshalPKIXPublicKey(ec.Public())
	if err != nil {
		return err
	}
	secret, err := pkcs8.MarshalPrivateKey(ec, []byte("correct horse"), nil)
	if err != nil {
		return err
	}
	jwk, err := json.Marshal(jose.JSONWebKey{Key: ed, KeyID: "ed-1"})
	if err != nil {
		return err
	}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: ec.Public(), KeyID: "ec-1", Use: "sig"}, {Key: rsaKey.Public(), Use: "sig"}, {Key: ed.Public(), KeyID: "ed-1"},
	}})
	if err != nil {
		return err
	}
	private, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: rsaKey.Public(), KeyID: "rsa-1", Algorithm: "PS256"},
		{Key: ec, KeyID: "ec-1", Algorithm: "ES256"},
		{Key: ed, KeyID: "ed-1", Algorithm: "EdDSA"},
	}})
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"private.jwks": private,
		"ec.pem":       pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: ecDER}),
		"secret.pem":   pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: secret}),
		"ec.pub":       pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: ecPublic}),
		"rsa.pem":      pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(rsaKey)}),
		"ed.jwk":       jwk,
		"keys.jwks":    set,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

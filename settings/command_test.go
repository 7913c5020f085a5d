package settings

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tokendesk/auth"
)

const commandSecret = "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ"

// TestCommand reads the key that a program prints. No program is run here.
func TestCommand(t *testing.T) {
	t.Parallel()
	private, err := auth.GenerateKey(auth.ES256, 0, nil, auth.WithKeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := private.EncodePrivate(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	pem, err := private.EncodePrivate(auth.FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	const pass, both = "SECRET_KEY_COMMAND=pass show api\n", " are both set, but only one key can sign; keep one of them"
	for _, tt := range []struct{ name, env, output, want string }{
		{"a secret", pass, commandSecret + "\n", "HS256"},
		{"without a line break", pass, commandSecret, "HS256"},
		{"another algorithm", pass + "ALGORITHM=HS512", strings.Repeat(commandSecret, 2), "HS512"},
		{"encoded", pass + "SECRET_KEY_ENCODING=base64", "Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK\n", "HS256"},
		{"a PEM", "KEY_COMMAND='age -d key.age'", string(pem), "ES256"},
		{"a JWK", "KEY_COMMAND='age -d key.age'", string(jwk), "ES256 k1"},
		{"a bare secret", "KEY_COMMAND='age -d key.age'", commandSecret + "\n", "HS256"},
		{"no other name is looked for", pass + "JWT_SECRET=" + strings.Repeat("a", 40), commandSecret, "HS256"},
		{"nothing", pass, "", ".env:1: SECRET_KEY_COMMAND: the program printed nothing; check its arguments"},
		{"a blank line", pass, " \n", ".env:1: SECRET_KEY_COMMAND: the program printed nothing; check its arguments"},
		{"nothing for a key", "KEY_COMMAND=a", "\n", ".env:1: KEY_COMMAND: the program printed nothing; check its arguments"},
		{
			"several lines", pass, commandSecret + "\nlogin: ada\n",
			".env:1: SECRET_KEY_COMMAND: the program printed several lines; use a program that prints the secret alone",
		},
		{
			"a key for a secret", pass, string(pem),
			".env:1: SECRET_KEY_COMMAND: the program printed a PEM private key, not a secret; set KEY_COMMAND instead",
		},
		{
			"a URL", pass, "https://ada:b@a.example\n",
			".env:1: SECRET_KEY_COMMAND cannot be used with HS256: the secret is a URL, not an HMAC secret; make one with openssl rand -hex 32",
		},
		{"with a secret", pass + "SECRET_KEY=a", "", ".env:1: SECRET_KEY_COMMAND and SECRET_KEY" + both},
		{"with a file", pass + "KEY_FILE=a", "", ".env:1: SECRET_KEY_COMMAND and KEY_FILE" + both},
		{"both", pass + "KEY_COMMAND=a", "", ".env:1: SECRET_KEY_COMMAND and KEY_COMMAND" + both},
		{
			"a pipe", "SECRET_KEY_COMMAND='pass show a | head -1'", "",
			".env:1: SECRET_KEY_COMMAND: the command line has an unquoted |, but no shell runs it; " +
				"quote it in single quotes, or write a script that does it and name that",
		},
		{
			"a variable", "SECRET_KEY_COMMAND=$HOME/bin/get", "",
			".env:1: SECRET_KEY_COMMAND has a $, which reads a variable of this file; write the whole path, or put it in single quotes",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := loadWith(t, tt.env, func(*Command) ([]byte, error) { return []byte(tt.output), nil })
			got := ""
			if s.Key != nil {
				got = strings.TrimSuffix(string(s.Key.Algorithm())+" "+s.Key.ID(), " ")
				if s.Key.Public() != nil && tt.want == "ES256" {
					got = "ES256"
				}
			}
			if err != nil {
				got = ".env" + strings.TrimPrefix(err.Error(), s.File)
			}
			if got != tt.want || strings.Contains(got, commandSecret) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if s.Key != nil && !strings.HasSuffix(s.KeyName, "_COMMAND") {
				t.Errorf("the name is %q", s.KeyName)
			}
		})
	}
}

// loadWith loads settings with the output of programs.
func loadWith(t *testing.T, env string, output func(*Command) ([]byte, error)) (*Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte(env), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(Options{File: path, Lookup: func(string) (string, bool) { return "", false }, Output: output})
}

// A program is run only if Output runs it.
func TestNotRun(t *testing.T) {
	t.Parallel()
	s, err := loadWith(t, "SECRET_KEY_COMMAND='age -d -i ~/key \"a b\"'", nil)
	if !NotRun(err) || !errors.Is(err, ErrNotRun) || s.Key != nil {
		t.Errorf("%v, %v", s.Key, err)
	}
	folder, _ := filepath.EvalSymlinks(filepath.Dir(s.File))
	c := s.Command
	if !slices.Equal(c.Words, []string{"age", "-d", "-i", "~/key", "a b"}) || c.Folder != folder || c.File != filepath.Join(folder, ".env") ||
		c.Line != 1 || c.FromEnvironment() {
		t.Errorf("%+v", c)
	}
	if _, err = loadWith(t, "SECRET_KEY_COMMAND=a\nACCESS_TOKEN_EXPIRE_MINUTES=x", nil); NotRun(err) {
		t.Error("something else is wrong too")
	}
	ignored, err := Load(Options{File: s.File, IgnoreKey: true, Output: func(*Command) ([]byte, error) {
		t.Error("a program is run for a key that is not needed")
		return nil, nil
	}})
	if err != nil || ignored.Command != nil {
		t.Errorf("%v, %v", ignored.Command, err)
	}
	named, err := Load(Options{File: s.File, Lookup: func(name string) (string, bool) { return "pass show a", name == "KEY_COMMAND" }})
	if err == nil || named.Command != nil {
		t.Errorf("two commands: %v", err)
	}
	empty := filepath.Join(t.TempDir(), ".env")
	named, err = Load(Options{File: empty, Lookup: func(name string) (string, bool) { return "pass show a", name == "KEY_COMMAND" }})
	if !NotRun(err) || !named.Command.FromEnvironment() || named.Command.Folder != filepath.Dir(empty) {
		t.Errorf("%+v, %v", named.Command, err)
	}
}

// What the user agrees to is one command line of one file.
func TestTrust(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "config", "tokendesk")
	trust := Trust{filepath.Join(folder, "trusted")}
	first := &Command{Name: secretCommand, File: "/a/.env", Text: "pass show a"}
	if trust.Has(first) || (Trust{}).Has(first) {
		t.Error("it is trusted from the start")
	}
	for range 2 {
		if err := trust.Add(first); err != nil {
			t.Fatal(err)
		}
	}
	second := &Command{Name: keyCommand, File: "/b/.env", Text: "age -d a"}
	if err := trust.Add(second); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(trust.Path); err != nil || string(text) != first.ID()+"\n"+second.ID()+"\n" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if !trust.Has(first) || !trust.Has(second) {
		t.Error("they are not trusted")
	}
	for _, other := range []*Command{
		{Name: keyCommand, File: "/a/.env", Text: "pass show a"},
		{Name: secretCommand, File: "/c/.env", Text: "pass show a"},
		{Name: secretCommand, File: "/a/.env", Text: "pass show a "},
		{Name: secretCommand, File: "/a/.env", Text: "pass show b"},
	} {
		if trust.Has(other) {
			t.Errorf("%+v is trusted", other)
		}
	}
	if !(Trust{}).Has(&Command{File: environment}) {
		t.Error("a command of the environment is not trusted")
	}
	if err := (Trust{}).Add(first); err == nil {
		t.Error("there is no file, and no error")
	}
	if runtime.GOOS == "windows" {
		return
	}
	if info, err := os.Stat(trust.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	for path, mode := range map[string]os.FileMode{trust.Path: 0o620, folder: 0o702} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if trust.Has(first) || trust.Add(first) == nil {
			t.Errorf("%s with mode %o is used", path, mode)
		}
		if err := os.Chmod(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if !trust.Has(first) {
		t.Error("it is not trusted any more")
	}
}

// TestTrustAtOnce: of several programs that are allowed at the same moment, all are.
func TestTrustAtOnce(t *testing.T) {
	t.Parallel()
	list := Trust{filepath.Join(t.TempDir(), "tokendesk", "trusted")}
	commands := make([]*Command, 16)
	var all sync.WaitGroup
	for i := range commands {
		commands[i] = &Command{Name: "KEY_COMMAND", File: ".env", Line: 1, Text: "pass show " + strconv.Itoa(i)}
		all.Go(func() {
			if err := list.Add(commands[i]); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, c := range commands {
		if !list.Has(c) {
			t.Errorf("%s is not allowed", c.Text)
		}
	}
}

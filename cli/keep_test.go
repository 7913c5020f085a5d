package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/cli"
	signals "tokendesk/internal/terminal"
)

// keeping runs tokendesk keep in a folder with a .env, by a clock that advances only
// while it waits. It ends after an hour, or when whenever returns false: that is called
// with the time since the start before each wait.
func keeping(t *testing.T, dir string, whenever func(time.Duration) bool, args ...string) (code int, said string) {
	t.Helper()
	env := filepath.Join(dir, ".env")
	if err := os.WriteFile(env, []byte("SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := os.Create(filepath.Join(dir, "output"))
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	clock := &fakeClock{now: noon}
	after := func(d time.Duration) <-chan time.Time {
		if since := clock.Now().Sub(noon); since >= time.Hour || whenever != nil && !whenever(since) {
			cancel(&signals.Stopped{Signal: syscall.SIGINT})
			return nil
		}
		return clock.After(d)
	}
	code = cli.Run(ctx, cli.Program{
		Args: append([]string{"keep", "--env-file", env}, args...), Now: clock.Now, After: after, Rand: seeded(),
		Stdin: os.Stdin, Stdout: output, Stderr: output, TTY: terminalOfTest,
	})
	text, err := os.ReadFile(output.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, strings.ReplaceAll(string(text), dir+string(filepath.Separator), "")
}

// expiryIn returns the lifetime that the token in a file has left after that time.
func expiryIn(t *testing.T, path string, since time.Duration) time.Duration {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	token, err := auth.Decode(strings.TrimSuffix(string(text), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	exp, _ := token.Date("exp")
	return exp.Sub(noon.Add(since))
}

func TestKeep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "token.txt")
	least := time.Hour
	code, said := keeping(t, dir, func(since time.Duration) bool {
		least = min(least, expiryIn(t, path, since))
		return since < 21*time.Minute
	}, path, "ada", "--expires-in", "10m")
	want := "tokendesk: wrote a token for ada to token.txt: expires 2026-11-23 14:15:12 UTC, renewed at 2026-11-23 14:14:12 UTC\n" +
		"tokendesk: wrote a token for ada to token.txt: expires 2026-11-23 14:24:12 UTC, renewed at 2026-11-23 14:23:12 UTC\n" +
		"tokendesk: wrote a token for ada to token.txt: expires 2026-11-23 14:33:12 UTC, renewed at 2026-11-23 14:32:12 UTC\n"
	if said != want {
		t.Errorf("it said\n%swant\n%s", said, want)
	}
	if least != time.Minute+time.Second {
		t.Errorf("a token had %v left, want a minute at least", least)
	}
	if code != 130 {
		t.Errorf("ctrl+c ended it with %d, want 130", code)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 3 {
		t.Errorf("%d files were left, want .env, output and token.txt", len(entries))
	}
}

func TestKeepRenewBefore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "token.txt")
	least := time.Hour
	_, said := keeping(t, dir, func(since time.Duration) bool {
		least = min(least, expiryIn(t, path, since))
		return since < 9*time.Minute
	}, path, "ada", "--expires-in", "10m", "--renew-before", "8m")
	if least != 8*time.Minute+time.Second || strings.Count(said, "\n") != 5 {
		t.Errorf("a token had %v left, and it said\n%s", least, said)
	}
}

// A file that is there is replaced only if it holds a token and nothing else.
func TestKeepExistingFile(t *testing.T) {
	t.Parallel()
	const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln"
	for text, replaced := range map[string]bool{
		token: true, token + "\n": true, "\n" + token + "\r\n": true,
		"": false, "\n": false, "mine": false, "Bearer " + token: false, token + "\n" + token + "\n": false, token + "\nmine": false,
		`{"access_token":"` + token + `"}`: false, "export TOKEN='" + token + "'\n": false, "SECRET_KEY=x\n": false,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "token.txt")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		code, said := keeping(t, dir, func(time.Duration) bool { return false }, path, "ada")
		now, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if replaced != (string(now) != text) {
			t.Errorf("%q became %q: %s", text, now, said)
		}
		const refusal = "tokendesk: token.txt does not hold a single token and nothing else, so it was not changed; choose another name\n"
		if !replaced && (said != refusal || code != 1) {
			t.Errorf("%q: it said %s, and ended with %d", text, said, code)
		}
		if info, _ := os.Stat(path); replaced && runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("the mode is %v", info.Mode())
		}
	}
}

// What somebody else puts in place of the file while it is kept stays, too.
func TestKeepChangedFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "token.txt")
	code, said := keeping(t, dir, func(since time.Duration) bool {
		if since == 5*time.Minute {
			_ = os.Remove(path) // it is written again
		}
		if since == 12*time.Minute {
			expiryIn(t, path, since)
			_ = os.WriteFile(path, []byte("mine"), 0o600)
		}
		return true
	}, path, "ada", "--expires-in", "10m")
	text, _ := os.ReadFile(path)
	if string(text) != "mine" || code != 1 || !strings.HasSuffix(said, "so it was not changed; choose another name\n") {
		t.Errorf("the file holds %q, the code is %d, and it said\n%s", text, code, said)
	}
}

func TestKeepRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{}, "a file and a subject are needed; give them, such as token.txt ada@example.com\n"},
		{[]string{"token.txt"}, "one subject is needed; give an email address or a user name\n"},
		{
			[]string{"token.txt", "ada", "--expires-at", "2026-11-23T15:00Z"},
			"every token would expire at 2026-11-23 15:00:00 UTC, so none can be renewed; use --expires-in\n",
		},
		{[]string{"token.txt", "ada", "--claim", "exp:=1795446000"}, "every token would expire at "},
		{[]string{"token.txt", "ada", "--claim", "exp:=1"}, "the token would have expired already; leave out its exp, or give --expires-in\n"},
		{[]string{"token.txt", "ada", "--without", "exp"}, "the token would never expire, so there is nothing to keep fresh; "},
		{
			[]string{"token.txt", "ada", "--expires-in", "5m", "--renew-before", "5m"},
			"--renew-before is not shorter than the lifetime of the token; give a shorter time\n",
		},
		{[]string{"token.txt", "ada", "--renew-before", "soon"}, "--renew-before: write a time such as 30s or 5m\n"},
		{[]string{"token.txt", "--claims", "-"}, "--claims - can be read only once, and keep reads the claims for every token; give a file\n"},
		{[]string{"token.txt", "a@b@c"}, "an address can have only one @\n"},
	} {
		dir := t.TempDir()
		for i, arg := range tt.args {
			if arg == "token.txt" {
				tt.args[i] = filepath.Join(dir, arg)
			}
		}
		code, said := keeping(t, dir, nil, tt.args...)
		if code != 2 || !strings.HasPrefix(said, "tokendesk: "+tt.want) {
			t.Errorf("%q ended with %d and said\n%swant %s", tt.args, code, said, tt.want)
		}
		if _, err := os.Lstat(filepath.Join(dir, "token.txt")); err == nil {
			t.Errorf("%q wrote the file", tt.args)
		}
	}
	dir := t.TempDir()
	if code, said := keeping(t, dir, nil, dir, "ada"); code != 1 || !strings.Contains(said, "is not a regular file") {
		t.Errorf("a folder: %d, %s", code, said)
	}
	if code, said := keeping(t, dir, nil, filepath.Join(dir, "none", "x"), "ada"); code != 1 || !strings.Contains(said, "there is no folder") {
		t.Errorf("no folder: %d, %s", code, said)
	}
}

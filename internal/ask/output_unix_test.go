//go:build unix

package ask_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/internal/ask"
)

// script returns a call of a shell script.
func script(t *testing.T, text string) ask.Call {
	t.Helper()
	path := filepath.Join(t.TempDir(), "get")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return ask.Call{Words: []string{path}, Folder: t.TempDir(), Environ: os.Environ(), Limit: 1 << 10, Patience: 20 * time.Second}
}

func TestOutput(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing")
	for _, apart := range []bool{false, true} {
		for _, tt := range []struct{ name, script, want, err string }{
			{"output", `printf ' a\nb\n'; echo ignored >&2`, " a\nb\n", ""},
			{"nothing", "", "", ""},
			{"no input", "cat", "", ""},
			{"full", "head -c 1024 /dev/zero | tr '\\0' a", strings.Repeat("a", 1024), ""},
			{"too much", "head -c 1025 /dev/zero", "", "it printed more than 1 KiB"},
			{"endless", "yes", "", "it printed more than 1 KiB"},
			{"failure", "echo out; exit 3", "", "it failed with exit code 3"},
			{"failure with a reason", `printf 'one\r\n  two \033[2J\n\n' >&2; exit 1`, "", "it failed with exit code 1: two \x1b[2J"},
			{
				"an error before the last line", `printf 'a: one\na: Error: two\na: three\n' >&2; exit 1`, "",
				"it failed with exit code 1: a: Error: two",
			},
			{"bytes in the reason", `printf '\377\n' >&2; exit 1`, "", "it failed with exit code 1: \ufffd"},
			{
				"a long reason", "head -c 100000 /dev/zero | tr '\\0' a >&2; exit 1", "",
				"it failed with exit code 1: " + strings.Repeat("a", 300) + "…",
			},
			{"signal", "kill -9 $$", "", "it failed"},
			{"what it started goes on", "sleep 60 & echo a", "a\n", ""},
		} {
			t.Run(tt.name, func(t *testing.T) {
				t.Parallel()
				call := script(t, tt.script)
				call.Apart = apart
				began := time.Now()
				got, err := call.Output(t.Context())
				if string(got) != tt.want || err == nil != (tt.err == "") || err != nil && err.Error() != tt.err {
					t.Errorf("%q, %v, want %q, %s", got, err, tt.want, tt.err)
				}
				if time.Since(began) > 20*time.Second {
					t.Error("it waited for what the program started")
				}
			})
		}
	}
	for name, want := range map[string]string{
		"no-such-program-anywhere": "there is no program no-such-program-anywhere",
		missing:                    "there is no program " + missing,
		t.TempDir():                "cannot be run",
	} {
		call := script(t, "")
		call.Words = []string{name}
		if _, err := call.Output(t.Context()); err == nil || !strings.Contains(err.Error(), want) || advice.Of(err) == "" {
			t.Errorf("%s: %v; %s", name, err, advice.Of(err))
		}
	}
}

// A program that takes too long ends with all that it started, and so does one that is
// not wanted any more.
func TestOutputTakesTooLong(t *testing.T) {
	t.Parallel()
	for _, apart := range []bool{false, true} {
		call := script(t, "sleep 60")
		call.Patience, call.Apart = 50*time.Millisecond, apart
		if _, err := call.Output(t.Context()); err == nil || err.Error() != "it did not end within 50ms" {
			t.Errorf("apart %t: %v", apart, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		call.Patience = time.Minute
		if _, err := call.Output(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("apart %t: %v", apart, err)
		}
	}
}

// The folder, the words and the environment are those of the call.
func TestOutputIsRunAsSaid(t *testing.T) {
	t.Parallel()
	call := script(t, `pwd -P; echo "$#:$1:$2:$A:$GPG_TTY"; (: < /dev/tty) 2>/dev/null && echo terminal; true`)
	call.Words = append(call.Words, "a b", "$(c)")
	call.Environ = []string{"A=x y", "PATH=" + os.Getenv("PATH"), "GPG_TTY=/dev/pts/9"}
	call.Apart = true
	out, err := call.Output(t.Context())
	folder, _ := filepath.EvalSymlinks(call.Folder)
	if want := folder + "\n2:a b:$(c):x y:\n"; !strings.HasPrefix(string(out), want) || strings.Contains(string(out), "terminal") {
		t.Errorf("%q, %v, want %q", out, err, want)
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	kept := []string{
		"PATH=/bin", "HOME=/home/ada", "LANG=C", "USER=ada", "SHELL=/bin/sh", "TERM=xterm", "TMPDIR=/tmp", "XDG_CONFIG_HOME=/c",
		"XDG_RUNTIME_DIR=/run/user/1", "GNUPGHOME=/g", "GPG_TTY=/dev/pts/1", "GPG_AGENT_INFO=x", "SSH_AUTH_SOCK=/s", "DISPLAY=:0",
		"WAYLAND_DISPLAY=w", "XAUTHORITY=/x", "DBUS_SESSION_BUS_ADDRESS=unix:path=/b", "HTTPS_PROXY=http://proxy:3128",
		"SSL_CERT_FILE=/c.pem", "KEY_FILE=private.pem", "PINENTRY_USER_DATA=x",
	}
	dropped := []string{
		"SECRET_KEY=a", "JWT_SECRET=a", "CLIENT_SECRET=a", "GITHUB_TOKEN=a", "npm_config__authToken=a", "DB_PASSWORD=a",
		"PGPASSWORD=a", "MYSQL_PWD_PASSWD=a", "KEY_PASSPHRASE=a", "STRIPE_API_KEY=a", "AWS_SECRET_ACCESS_KEY=a", "VAULT_TOKEN=a",
		"OP_SERVICE_ACCOUNT_TOKEN=a", "GOOGLE_APPLICATION_CREDENTIALS=a", "RSA_PRIVATE_KEY=a", "HMAC_KEY=a", "SMTP_PASS=a", "secret_key=a",
		"DATABASE_URL=postgres://a:b@c/d", "SENTRY_DSN=a", "PASSWORD_STORE_DIR=/p",
	}
	if got := ask.Environment(slices.Concat(dropped, kept), "/usr/bin/age"); !slices.Equal(got, kept) {
		t.Errorf("kept %q, want %q", got, kept)
	}
	for program, want := range map[string]string{
		"pass": "PASSWORD_STORE_DIR=/p", "/usr/bin/vault": "VAULT_TOKEN=a", "op": "OP_SERVICE_ACCOUNT_TOKEN=a", "aws": "AWS_SECRET_ACCESS_KEY=a",
	} {
		if got := ask.Environment(slices.Concat(dropped, kept), program); !slices.Equal(got, slices.Concat([]string{want}, kept)) {
			t.Errorf("%s: %q", program, got)
		}
	}
}

//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const batchSecret = "Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"

// endless returns a batch that does not end by itself.
func endless(t *testing.T) *exec.Cmd {
	t.Helper()
	env := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(env, []byte("SECRET_KEY="+batchSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return program(t, "tokendesk-real", "batch", "--env-file", env, "--count", "1000000000", "--subject", "user{n}@example.com")
}

// exitOf returns the exit code of a program that has ended, as a shell counts.
func exitOf(t *testing.T, err error) int {
	t.Helper()
	exited, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		t.Fatalf("it ended with %v", err)
	}
	status, ok := exited.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exited.ExitCode()
}

// Whatever ends a batch, and whenever, the output is whole tokens.
func TestBatchLeavesWholeLines(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		for _, before := range []int{1, 100_000, 1_000_000} {
			t.Run(fmt.Sprintf("%v after %d bytes", sig, before), func(t *testing.T) {
				t.Parallel()
				cmd := endless(t)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				out, err := cmd.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				text := make([]byte, before)
				if _, err := io.ReadFull(out, text); err != nil {
					t.Fatal(err)
				}
				if err := cmd.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
				const most = 64 << 20 // in case the batch ignores the signal
				rest, err := io.ReadAll(io.LimitReader(out, most))
				if err != nil || len(rest) == most {
					t.Fatalf("%d bytes came after the signal, %v", len(rest), err)
				}
				if got, want := exitOf(t, cmd.Wait()), 128+int(sig); got != want {
					t.Errorf("exit code %d, want %d; %s", got, want, &stderr)
				}
				text = append(text, rest...)
				if !bytes.HasSuffix(text, []byte("\n")) {
					t.Errorf("the last line is cut: %q", text[bytes.LastIndexByte(text, '\n')+1:])
				}
				said := fmt.Sprintf("tokendesk: stopped after %d tokens\n", bytes.Count(text, []byte("\n")))
				if sig != syscall.SIGKILL && stderr.String() != said {
					t.Errorf("it printed %q, want %q", &stderr, said)
				}
				vouched(t, text)
			})
		}
	}
}

// vouched checks the first and the last token with golang-jwt.
func vouched(t *testing.T, lines []byte) {
	t.Helper()
	all := bytes.Split(bytes.TrimSuffix(lines, []byte("\n")), []byte("\n"))
	for n, token := range map[int][]byte{1: all[0], len(all): all[len(all)-1]} {
		var claims jwt.MapClaims
		_, err := jwt.ParseWithClaims(string(token), &claims, func(*jwt.Token) (any, error) { return []byte(batchSecret), nil },
			jwt.WithValidMethods([]string{"HS256"}))
		if want := fmt.Sprintf("user%d@example.com", n); err != nil || claims["sub"] != want {
			t.Errorf("token %d is for %v, %v, want %s", n, claims["sub"], err, want)
		}
	}
}

// A batch whose reader has gone ends like any other tool in a pipe.
func TestBatchWithoutReader(t *testing.T) {
	t.Parallel()
	cmd := endless(t)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if got := exitOf(t, cmd.Wait()); got != 128+int(syscall.SIGPIPE) || stderr.Len() > 0 {
		t.Errorf("exit code %d and %q, want %d and nothing", got, &stderr, 128+int(syscall.SIGPIPE))
	}
}

// On a terminal a line shows the progress, and disappears at the end.
func TestBatchProgress(t *testing.T) {
	t.Parallel()
	cmd := endless(t)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	x := onTerminal(t, cmd, "", 100, 24)
	go func() { _, _ = io.Copy(io.Discard, out) }()
	x.shows(" tokens, ", 1)
	x.shows(" per second, ", 1)
	x.shows("─", 1)
	x.shows(" left", 1)
	x.send(os.Interrupt)
	x.ends(130)
	x.shows("\r\x1b[Ktokendesk: stopped after ", 1)
}

// golang-jwt, with checks of its own, accepts the tokens that issue prints.
func TestIssueForGolangJWT(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("SECRET_KEY="+batchSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "tokendesk-real", "issue", "Zoë", "--issuer", "me", "--audience", "a", "--audience", "b", "--claim",
		"level:=9007199254740993", "--id", "t-1")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		jwt.RegisteredClaims
		Level int64 `json:"level"`
	}
	secret := func(*jwt.Token) (any, error) { return []byte(batchSecret), nil }
	_, err = jwt.ParseWithClaims(
		strings.TrimSuffix(string(out), "\n"), &claims, secret, jwt.WithValidMethods([]string{"HS256"}),
		jwt.WithIssuer("me"), jwt.WithAudience("b"), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithSubject("Zoë"),
	)
	if err != nil || claims.Level != 9007199254740993 || claims.ID != "t-1" {
		t.Errorf("%+v, %v", claims, err)
	}
	if life := claims.ExpiresAt.Sub(claims.IssuedAt.Time); life != 30*time.Minute {
		t.Errorf("it lasts %v", life)
	}
}

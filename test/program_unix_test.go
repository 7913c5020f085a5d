//go:build unix

package test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	// patience is for what comes at once on a machine with nothing else to do.
	patience = 30 * time.Second

	// buildTime is for a build from nothing on a machine that is busy.
	buildTime = 5 * time.Minute

	// secret is a setting with which the program needs no file.
	secret = "SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"
)

// binary is the program under test, which the first test that needs it builds.
type binary struct {
	once sync.Once
	dir  string
	err  error
}

var built binary

// path returns where the binary is.
func (b *binary) path() (string, error) {
	b.once.Do(func() {
		if b.err = dependOnSources(); b.err != nil {
			return
		}
		if b.dir, b.err = os.MkdirTemp("", "tokendesk-test-"); b.err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), buildTime)
		defer cancel()
		output, err := exec.CommandContext(ctx, "go", "build", "-o", b.file(), "tokendesk").CombinedOutput()
		if err != nil {
			b.err = fmt.Errorf("go build: %w\n%s", err, output)
		}
	})
	return b.file(), b.err
}

func (b *binary) file() string { return filepath.Join(b.dir, "tokendesk") }

func TestMain(m *testing.M) {
	// Under nohup SIGHUP is ignored, and so it would be in every program that the
	// tests start. A signal that is caught here has its default effect there.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// command returns the binary ready to run, with no settings but those of the
// test. It is killed when it has not ended by itself in twice the patience.
func command(t *testing.T, dir string, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := built.path()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir}, environ...)
	return cmd
}

// run runs the binary in a pipe and returns what it wrote.
func run(t *testing.T, input string, environ []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(t, t.TempDir(), environ, args...)
	var out, errs strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

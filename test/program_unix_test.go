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
	// patience is for things that happen at once on an idle machine.
	patience = 30 * time.Second

	// buildTime is for a build without a cache on a busy machine.
	buildTime = 5 * time.Minute

	// secret is a setting that replaces the settings file.
	secret = "SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"
)

// binary is the program under test. The first test that needs it builds it.
type binary struct {
	once sync.Once
	dir  string
	err  error
}

var built binary

// path returns the path of the binary.
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
	// Under nohup SIGHUP is ignored, and programs that the tests start would inherit
	// that. A signal that is caught here has its default effect there.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// command returns a command that runs the binary with only the settings of the test.
// It is killed if it has not ended after twice the patience.
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

// run runs the binary in a pipe and returns its output.
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

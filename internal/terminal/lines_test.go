package terminal_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
)

func TestRunLines(t *testing.T) {
	t.Parallel()
	failure, cause := errors.New("failure"), errors.New("cause")
	if err := terminal.RunLines(t.Context(), func(context.Context) error { return failure }); !errors.Is(err, failure) {
		t.Errorf("a failure: %v", err)
	}
	if err := terminal.RunLines(t.Context(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("the end: %v", err)
	}
	path := filepath.Join(t.TempDir(), "debug.txt")
	log, err := trace.Open(path, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	restored := false
	err = terminal.RunLines(trace.Into(t.Context(), log), func(context.Context) error {
		defer func() { restored = true }()
		panic("secret")
	})
	if !errors.Is(err, terminal.ErrPanicked) || strings.Contains(err.Error(), "secret") || !restored {
		t.Errorf("a panic: %v, restored %t", err, restored)
	}
	text, _ := os.ReadFile(path)
	if !strings.Contains(string(text), "terminal_test.TestRunLines.func") || strings.Contains(string(text), "secret") {
		t.Errorf("the debug file is\n%s", text)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	err = terminal.RunLines(ctx, func(ctx context.Context) error {
		cancel(cause)
		<-ctx.Done()
		return nil
	})
	if !errors.Is(err, cause) {
		t.Errorf("ended from outside: %v", err)
	}
}

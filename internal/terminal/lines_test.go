package terminal_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tokendesk/internal/terminal"
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
	restored := false
	err := terminal.RunLines(t.Context(), func(context.Context) error {
		defer func() { restored = true }()
		panic("secret")
	})
	if err == nil || strings.Contains(err.Error(), "secret") || !restored {
		t.Errorf("a panic: %v, restored %t", err, restored)
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

package terminal

import (
	"context"
	"errors"
	"os"
	"time"

	"tokendesk/internal/trace"
)

// RunLines runs a program that writes lines instead of drawing a screen, and returns
// its error when it ends by itself.
//
// The signals of [Signals] and SIGINT cancel the context of the program. RunLines
// then returns a *[Stopped], whatever the program returns. It does not wait for a
// program that continues because nobody reads its output; the caller should exit.
func RunLines(ctx context.Context, program func(context.Context) error) error {
	ctx, stop := Signals(ctx, os.Interrupt)
	defer stop()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if trace.From(ctx).Caught(recover()) {
				done <- ErrPanicked
			}
		}()
		done <- program(ctx)
	}()

	select {
	case err := <-done:
		stop()
		if stopped, ok := errors.AsType[*Stopped](context.Cause(ctx)); ok {
			return stopped
		}
		return err
	case <-ctx.Done():
	}
	select {
	case <-done: //nolint:errcheck // the signal is the reason
	case <-time.After(grace):
	}
	return context.Cause(ctx)
}

package terminal

import (
	"context"
	"errors"
	"os"
	"time"

	"tokendesk/internal/trace"
)

// Follow runs a program that writes lines and does not draw, and returns its
// error when it ends by itself.
//
// The context of the program is cancelled by the signals of [Signals] and by
// SIGINT. Follow then returns a *[Stopped], whatever the program returns. A
// program that goes on regardless, because nobody reads what it writes, is left
// behind. The caller is to exit then.
func Follow(ctx context.Context, program func(context.Context) error) error {
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
	case <-done: //nolint:errcheck // why it had to end is known
	case <-time.After(grace):
	}
	return context.Cause(ctx)
}

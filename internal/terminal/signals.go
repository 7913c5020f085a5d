package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"tokendesk/internal/trace"
)

// Stopped is the error of a program that something outside it has ended.
type Stopped struct {
	// Signal is what ended it. A terminal that is gone counts as SIGHUP, with
	// or without the signal: which of the two is noticed first is chance.
	Signal os.Signal
}

// Error says what ended the program.
func (e *Stopped) Error() string {
	if e.Signal == syscall.SIGHUP {
		return "the terminal was closed"
	}
	return fmt.Sprintf("ended by a signal: %v", e.Signal)
}

// ExitCode returns the exit code of a program that sig has ended: 128 and the
// number of the signal, as shells count.
func ExitCode(sig os.Signal) int {
	if number, ok := sig.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}

// ErrPanicked ends the program when a goroutine panics. The value is not in it:
// it might hold a token.
var ErrPanicked = errors.New("the program made a mistake and was ended: please report it")

// Signals returns a context that is cancelled by the signals that ask a program
// to end: SIGHUP, SIGTERM and SIGQUIT, on Windows the closing of the console.
// Its [context.Cause] is then a *[Stopped]. SIGINT is not among them. Bubble Tea
// takes it, and knows when it is meant for an editor in front of the console.
// Other programs name it among more.
//
// A signal that the parent process has told the program to ignore, as nohup
// does, stays ignored.
//
// After stop the signals have their usual effect again, and a signal that
// arrived before it is the cause of the context, however late.
func Signals(parent context.Context, more ...os.Signal) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	received := make(chan os.Signal, 1)
	for _, sig := range slices.Concat(endings, more) {
		if !signal.Ignored(sig) {
			signal.Notify(received, sig)
		}
	}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		defer func() {
			if trace.From(parent).Caught(recover()) {
				cancel(ErrPanicked)
			}
		}()
		select {
		case sig := <-received:
			cancel(&Stopped{sig})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(received) // when it returns no signal is on its way
		select {
		case sig := <-received:
			cancel(&Stopped{sig})
		default:
		}
		cancel(nil)
		<-finished
	}
}

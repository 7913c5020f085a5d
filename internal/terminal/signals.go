package terminal

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"tokendesk/auth/advice"
	"tokendesk/internal/trace"
)

// Stopped is the error of a program that was ended from outside.
type Stopped struct {
	// Signal is the signal that ended it. A terminal that was closed counts as SIGHUP,
	// with or without the signal: either may be noticed first.
	Signal os.Signal
}

// Error says what ended the program.
func (e *Stopped) Error() string {
	if e.Signal == syscall.SIGHUP {
		return "the terminal was closed"
	}
	return fmt.Sprintf("ended by a signal: %v", e.Signal)
}

// ExitCode returns the exit code of a program that sig has ended: 128 plus the number
// of the signal, as in shells.
func ExitCode(sig os.Signal) int {
	if number, ok := sig.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}

// ErrPanicked ends the program after a panic in a goroutine. It does not contain the
// value of the panic, which might contain a token.
var ErrPanicked = advice.New("the program was ended by an internal error", "please report it")

// Signals returns a context that is cancelled by the signals that ask a program to
// end: SIGHUP, SIGTERM and SIGQUIT, or on Windows the closing of the console. Its
// [context.Cause] is then a *[Stopped]. SIGINT is not among them: Bubble Tea handles
// it, and knows when it is meant for an editor in front of the console. Other programs
// pass it as one of more.
//
// A signal that the parent process has told the program to ignore, as nohup does,
// stays ignored.
//
// After stop the signals have their usual effect again. A signal that arrived before
// becomes the cause of the context even then.
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
		signal.Stop(received) // no signal arrives after it has returned
		select {
		case sig := <-received:
			cancel(&Stopped{sig})
		default:
		}
		cancel(nil)
		<-finished
	}
}

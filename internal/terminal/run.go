package terminal

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/internal/trace"
)

const (
	// grace is how long a program may take to end after it was asked to.
	grace = 1500 * time.Millisecond

	// farewell is how long the terminal may take to accept the last bytes.
	farewell = 200 * time.Millisecond
)

// Run runs a program that reads from in and writes to out, and returns its error
// when it ends by itself.
//
// The signals of [Signals] and the end of the input cancel the context of the
// program. Run then returns a *[Stopped], whatever the program returns. If the program
// does not end, because it is stuck or its terminal accepts no output, Run restores the
// terminal itself and returns within two seconds. The caller should then exit.
func Run(ctx context.Context, in *Input, out *os.File, program func(context.Context) error) error {
	before, _ := term.GetState(in.Fd())
	return run(ctx, program, in, func() { restore(trace.From(ctx), in, out, before) })
}

// RunLines runs a program that writes lines instead of drawing a screen, and returns
// its error when it ends by itself.
//
// The signals of [Signals] and SIGINT cancel the context of the program. RunLines
// then returns a *[Stopped], whatever the program returns. It does not wait for a
// program that continues because nobody reads its output; the caller should exit.
func RunLines(ctx context.Context, program func(context.Context) error) error {
	return run(ctx, program, &Input{}, func() {}, os.Interrupt)
}

// run runs a program until it ends, the input has ended or a signal arrives. It calls
// restore after a panic and for a program that does not end.
func run(ctx context.Context, program func(context.Context) error, in *Input, restore func(), more ...os.Signal) error {
	log := trace.From(ctx)
	ctx, hangUp := context.WithCancelCause(ctx)
	defer hangUp(nil)
	ctx, stop := Signals(ctx, more...)
	defer stop()

	done := make(chan error, 1)
	go func() {
		defer func() {
			if log.Caught(recover()) {
				restore()
				done <- ErrPanicked
			}
		}()
		done <- program(ctx)
	}()

	select {
	case err := <-done:
		select {
		case <-in.ended:
			hangUp(in.why)
		default:
		}
		stop()
		cause := context.Cause(ctx)
		if stopped, ok := errors.AsType[*Stopped](cause); ok {
			return stopped
		}
		if errors.Is(cause, ErrPanicked) {
			return cause
		}
		return err
	case <-in.ended:
		hangUp(in.why)
	case <-ctx.Done():
	}

	select {
	case <-done: //nolint:errcheck // the signal is the reason
	case <-time.After(grace):
		restore()
	}
	return context.Cause(ctx)
}

// reset turns off everything that a Bubble Tea program may have turned on:
// synchronized output, keyboard modes, the alternate screen, colours, a hidden cursor,
// mouse, focus and paste reports, measuring by cluster.
const reset = "\x1b[?2026l\x1b[<u\x1b[>4;0m\x1b[?1049l\x1b[0m\x1b[?25h" +
	"\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2027l"

// restore puts the terminal into the state that it had before the program. It does
// not wait for a terminal that accepts no output.
func restore(log *trace.Log, in *Input, out *os.File, before *term.State) {
	if before == nil {
		return // it is not a terminal
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		defer func() { log.Caught(recover()) }()
		_, _ = out.WriteString(reset)
	}()
	select {
	case <-written:
	case <-time.After(farewell):
	}
	_ = term.Restore(in.Fd(), before)
}

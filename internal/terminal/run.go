package terminal

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/internal/trace"
)

const (
	// grace is how long a program may take to end once it has to.
	grace = 1500 * time.Millisecond

	// farewell is how long the terminal may take to accept the last bytes.
	farewell = 200 * time.Millisecond
)

// Run runs a program that reads from in and writes to out, and returns its error
// when it ends by itself.
//
// The context of the program is cancelled by the signals of [Signals] and by the
// end of the input. Run then returns a *[Stopped], whatever the program returns.
// A program that goes on regardless, because it is stuck or because its terminal
// accepts nothing more, is left behind: Run gives the terminal back in its place
// and returns within two seconds all the same. The caller is to exit then.
func Run(ctx context.Context, in *Input, out *os.File, program func(context.Context) error) error {
	before, _ := term.GetState(in.Fd())
	log := trace.From(ctx)
	ctx, hangUp := context.WithCancelCause(ctx)
	defer hangUp(nil)
	ctx, stop := Signals(ctx)
	defer stop()

	done := make(chan error, 1)
	go func() {
		defer func() {
			if log.Caught(recover()) {
				giveBack(log, in, out, before)
				done <- ErrPanicked
			}
		}()
		done <- program(ctx)
	}()

	select {
	case err := <-done:
		if hasEnded(in) {
			hangUp(&Stopped{syscall.SIGHUP})
		}
		stop()
		if stopped, ok := errors.AsType[*Stopped](context.Cause(ctx)); ok {
			return stopped
		}
		return err
	case <-in.Ended():
		hangUp(&Stopped{syscall.SIGHUP})
	case <-ctx.Done():
	}

	select {
	case <-done: //nolint:errcheck // why it had to end is known
	case <-time.After(grace):
		giveBack(log, in, out, before)
	}
	return context.Cause(ctx)
}

func hasEnded(in *Input) bool {
	select {
	case <-in.Ended():
		return true
	default:
		return false
	}
}

// reset turns off what a Bubble Tea program may have turned on: synchronized
// output, keyboard modes, the alternate screen, colours, a hidden cursor, mouse,
// focus and paste reports, measuring by cluster.
const reset = "\x1b[?2026l\x1b[<u\x1b[>4;0m\x1b[?1049l\x1b[0m\x1b[?25h" +
	"\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2027l"

// giveBack puts the terminal into the state before, in place of a program that
// did not. A terminal that accepts nothing must not hold it up.
func giveBack(log *trace.Log, in *Input, out *os.File, before *term.State) {
	if before == nil {
		return // it is no terminal
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

// Package batch issues a token for each row of a file: on all cores, in the
// order of the rows, in memory that does not grow with them.
package batch

import (
	"context"
	"errors"
	"io"
	"runtime"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
)

// Options says which tokens to issue and where they go.
type Options struct {
	// Issuer makes the tokens. Its Now and Rand are used from many goroutines.
	Issuer *auth.Issuer
	// Common is the request of every token. A row overrides it.
	Common auth.Request
	// ExpiresAt, unless it is zero, is when all tokens expire, however long the
	// batch takes. It replaces the lifetime of Common.
	ExpiresAt time.Time

	// Persona and Shape are the persona and the shape of the rows that name none. Personas
	// finds them by their names, of which one may be empty; it is called from many
	// goroutines. Common does not apply to rows with one of the two.
	Persona, Shape string
	Personas       func(persona, shape string) (*Persona, error)

	Rows *Rows
	Form Form
	// Out gets the tokens. Every write is whole lines of at most 4096 bytes, which a
	// pipe takes as a whole or not at all, or one longer line.
	Out io.Writer
	// Rejects, unless it is nil, gets the refused rows unchanged.
	Rejects io.Writer
	// Refused is called for every refused row, in order.
	Refused func(Refusal)
	// Strict stops at the first refused row.
	Strict bool
	// Progress, unless it is nil, is called now and then with the counts so far.
	Progress func(Counts)
}

// Counts is the progress of a batch.
type Counts struct {
	Tokens  int64
	Refused int64
	Read    int64 // bytes of the input, or rows when there is no input
}

// Refusal is a row for which no token was issued.
type Refusal struct {
	Line   int // from 1
	Reason string

	row string
	at  int // the length of the chunk's output before it
}

// ErrStrict is returned when a row was refused and [Options.Strict] is set.
var ErrStrict = errors.New("stopped at the first refused row")

// ErrCommon wraps the reason why no token at all can be issued, which [errors.Unwrap]
// returns.
var ErrCommon = errors.New("no token can be issued")

// commonError is that reason.
type commonError struct{ error }

func (e commonError) Unwrap() error        { return e.error }
func (e commonError) Is(target error) bool { return target == ErrCommon }

// errPanicked ends the batch when a goroutine panics. It does not hold the value of
// the panic, which might be a token.
var errPanicked error = explain.Line{Text: "the batch stopped because of a bug", Do: "please report this"}

// WriteError is an error of the output. It ends the batch.
type WriteError struct{ Err error }

// Error returns the error of the write.
func (e *WriteError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the write.
func (e *WriteError) Unwrap() error { return e.Err }

// grace is how long a write may still take after the batch was cancelled.
const grace = 200 * time.Millisecond

// Run issues a token for every row. It returns the counts, also together with an
// error: [ErrStrict], [ErrCommon], a *[WriteError], an error of the input, or the
// cause of the context.
func Run(ctx context.Context, o Options) (Counts, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := runtime.GOMAXPROCS(0)
	line := pipeline{
		options: o,
		free:    make(chan *chunk, 2*workers+2),
		work:    make(chan *chunk, 2*workers+2),
		ordered: make(chan *chunk, 2*workers+2),
	}
	for range cap(line.free) {
		line.free <- &chunk{done: make(chan struct{}, 1)}
	}
	for range workers {
		w, err := newWorker(&o)
		if err != nil {
			return Counts{}, commonError{err}
		}
		line.start(cancel, func() error { return line.issue(w) })
	}
	line.start(cancel, func() error { return line.read(ctx) })
	finished := make(chan struct{})
	line.start(cancel, func() error {
		defer close(finished)
		err := line.write(ctx)
		if err == nil {
			err = errFinished
		}
		return err
	})
	<-ctx.Done()
	select {
	case <-finished:
	case <-time.After(grace): // a write hangs because nobody reads
	}
	line.mu.Lock()
	defer line.mu.Unlock()
	if err := context.Cause(ctx); !errors.Is(err, errFinished) {
		return line.counts, err
	}
	return line.counts, nil
}

// errFinished cancels the pipeline when everything is written.
var errFinished = errors.New("finished")

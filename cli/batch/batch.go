// Package batch issues a token for each row of a file: on all cores, in the
// order of the rows, in memory that does not grow with them.
package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"tokendesk/auth"
)

// Options says what to issue and where it goes.
type Options struct {
	// Issuer makes the tokens. Its Now and Rand are used from many goroutines.
	Issuer *auth.Issuer
	// Common is what every token has. What a row says of its own stands above it.
	Common auth.Request
	// ExpiresAt, unless it is zero, is when the tokens expire, however long it
	// takes to make them all. It replaces the lifetime of Common.
	ExpiresAt time.Time

	// Persona is the persona of the rows that name none, and Personas finds one by
	// its name, from many goroutines. Common is not for those rows.
	Persona  string
	Personas func(name string) (*Persona, error)

	Rows *Rows
	Form Form
	// Out gets the tokens. Every write is whole lines, of no more than 4096 bytes
	// unless one line is longer, which a pipe takes as a whole or not at all.
	Out io.Writer
	// Rejects, unless it is nil, gets the rows that were refused, as they are.
	Rejects io.Writer
	// Refused is told of every row that was refused, in their order.
	Refused func(Refusal)
	// Strict ends with the first row that is refused.
	Strict bool
	// Progress, unless it is nil, is told now and then how far it has come.
	Progress func(Counts)
}

// Counts is how far a batch has come.
type Counts struct {
	Tokens  int64
	Refused int64
	Read    int64 // bytes of the input, or rows where there is none
}

// Refusal is a row for which there is no token.
type Refusal struct {
	Line   int // from 1
	Reason string

	row string
	at  int // how much of the chunk's output was there before it
}

// ErrStrict is returned when a row was refused and [Options.Strict] is set.
var ErrStrict = errors.New("stopped at the first row that was refused")

// ErrCommon is wrapped around the reason why no token at all can be issued, which
// [errors.Unwrap] returns.
var ErrCommon = errors.New("no token can be issued")

// commonError is that reason.
type commonError struct{ error }

func (e commonError) Unwrap() error        { return e.error }
func (e commonError) Is(target error) bool { return target == ErrCommon }

// errPanicked ends the batch when a goroutine panics. The value is not in it: it
// might hold a token.
var errPanicked = errors.New("the program made a mistake and was ended: please report it")

// WriteError is an error of the output. The batch ends with it.
type WriteError struct{ Err error }

// Error returns the error of the write.
func (e *WriteError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the write.
func (e *WriteError) Unwrap() error { return e.Err }

// grace is how long a write may take to end when the batch was cancelled.
const grace = 200 * time.Millisecond

// Run issues a token for every row. It returns what it has done, also together
// with an error: [ErrStrict], a *[WriteError], an error of the input, or the
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
	case <-time.After(grace): // it hangs in a write that nobody takes
	}
	line.mu.Lock()
	defer line.mu.Unlock()
	if err := context.Cause(ctx); !errors.Is(err, errFinished) {
		return line.counts, err
	}
	return line.counts, nil
}

// errFinished cancels what is left when all is written.
var errFinished = errors.New("finished")

// pipeline is a batch at work. A chunk goes from free to the reader, from there
// to a worker and at the same time, to keep its place, to the writer, and back.
type pipeline struct {
	options             Options
	free, work, ordered chan *chunk

	mu     sync.Mutex
	counts Counts
}

// chunk is some rows and the tokens for them.
type chunk struct {
	text   []byte // whole rows
	line   int    // the number of the first
	broken string // why the text is one row that cannot be read, or nothing
	count  int    // without text: how many subjects to make, from the number line on

	out     []byte
	refused []Refusal
	err     error         // ends the batch
	done    chan struct{} // is sent to when the tokens are there
}

// start runs a part of the pipeline, the error of which ends all of it.
func (l *pipeline) start(cancel context.CancelCauseFunc, part func() error) {
	go func() {
		defer func() {
			if recover() != nil {
				cancel(errPanicked)
			}
		}()
		if err := part(); err != nil {
			cancel(err)
		}
	}()
}

// read fills chunks until there are no more rows.
func (l *pipeline) read(ctx context.Context) error {
	defer close(l.work)
	defer close(l.ordered)
	for {
		var c *chunk
		select {
		case c = <-l.free:
		case <-ctx.Done():
			return nil
		}
		*c = chunk{text: c.text[:0], out: c.out[:0], refused: c.refused[:0], done: c.done}
		switch err := l.options.Rows.fill(c); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			// The rows before it still come out.
			c.err = err
			c.done <- struct{}{}
			l.ordered <- c
			return nil
		}
		l.ordered <- c // has room for all chunks, as work has
		l.work <- c
	}
}

// issue makes the tokens of one chunk after the other.
func (l *pipeline) issue(w *worker) error {
	for c := range l.work {
		w.issue(c)
		c.done <- struct{}{}
	}
	return nil
}

// write writes the chunks in their order.
func (l *pipeline) write(ctx context.Context) error {
	o := &l.options
	out := lineWriter{ctx, o.Out}
	if _, err := out.write([]byte(o.Form.head)); err != nil {
		return err
	}
	begun := false
	for c := range l.ordered {
		select {
		case <-c.done:
		case <-ctx.Done():
			return nil
		}
		lines, refused := c.out, c.refused
		if o.Strict && len(refused) > 0 {
			refused = refused[:1]
			lines = lines[:refused[0].at]
		}
		if !begun {
			lines = o.Form.first(lines)
			begun = len(lines) > 0
		}
		written, err := out.write(lines)
		counts := l.count(Counts{Tokens: int64(written), Read: int64(len(c.text) + c.count)})
		if err == nil {
			err = l.refuse(refused)
		}
		switch {
		case err != nil:
			return err
		case c.err != nil:
			return c.err
		case o.Strict && len(refused) > 0:
			return ErrStrict
		case o.Progress != nil:
			o.Progress(counts)
		}
		l.free <- c
	}
	_, err := out.write([]byte(o.Form.foot))
	return err
}

// count adds to the counts and returns them.
func (l *pipeline) count(more Counts) Counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts.Tokens += more.Tokens
	l.counts.Refused += more.Refused
	l.counts.Read += more.Read
	return l.counts
}

// refuse tells of the rows that were refused.
func (l *pipeline) refuse(refused []Refusal) error {
	for _, r := range refused {
		l.count(Counts{Refused: 1})
		if l.options.Refused != nil {
			l.options.Refused(r)
		}
		if l.options.Rejects == nil || r.row == "" {
			continue
		}
		row := strings.TrimRight(r.row, "\r\n") + "\n"
		if _, err := io.WriteString(l.options.Rejects, row); err != nil {
			return fmt.Errorf("the rejected rows could not be written: %w", &WriteError{err})
		}
	}
	return nil
}

// lineWriter writes whole lines.
type lineWriter struct {
	ctx context.Context
	w   io.Writer
}

// pipeSize is what a pipe takes as a whole or not at all (PIPE_BUF of Linux).
const pipeSize = 4096

// write writes the lines, until the context is cancelled, and returns how many
// were written.
func (l lineWriter) write(lines []byte) (written int, err error) {
	for len(lines) > 0 && l.ctx.Err() == nil {
		size := len(lines)
		if size > pipeSize {
			size = bytes.LastIndexByte(lines[:pipeSize], '\n') + 1
		}
		if size == 0 {
			size = bytes.IndexByte(lines, '\n') + 1
		}
		if _, err := l.w.Write(lines[:size]); err != nil {
			return written, &WriteError{err}
		}
		written += bytes.Count(lines[:size], []byte("\n"))
		lines = lines[size:]
	}
	return written, nil
}

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

	// Persona is the persona of the rows that name none. Personas finds one by its
	// name; it is called from many goroutines. Common does not apply to rows with a
	// persona.
	Persona  string
	Personas func(name string) (*Persona, error)

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

// pipeline is a running batch. A chunk goes from free to the reader, from there to a
// worker and at the same time, to keep its place, to the writer, and back to free.
type pipeline struct {
	options             Options
	free, work, ordered chan *chunk

	mu     sync.Mutex
	counts Counts
}

// chunk is some rows and their tokens.
type chunk struct {
	text   []byte // whole rows
	line   int    // the number of the first row
	broken string // why the text is a single unreadable row, or empty
	count  int    // without text: how many subjects to make, starting with the number line

	out     []byte
	refused []Refusal
	err     error         // ends the batch
	done    chan struct{} // receives when the tokens are ready
}

// start runs a part of the pipeline. An error of it ends the whole pipeline.
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
			// The rows before the error still come out.
			c.err = err
			c.done <- struct{}{}
			l.ordered <- c
			return nil
		}
		l.ordered <- c // has room for all chunks, as work has
		l.work <- c
	}
}

// issue issues the tokens of one chunk after the other.
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

// count adds to the counts and returns the sum.
func (l *pipeline) count(more Counts) Counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts.Tokens += more.Tokens
	l.counts.Refused += more.Refused
	l.counts.Read += more.Read
	return l.counts
}

// refuse reports the refused rows.
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
			return fmt.Errorf("the refused rows could not be written: %w", &WriteError{err})
		}
	}
	return nil
}

// lineWriter writes whole lines.
type lineWriter struct {
	ctx context.Context
	w   io.Writer
}

// pipeSize is the longest write that a pipe takes as a whole or not at all (PIPE_BUF
// on Linux).
const pipeSize = 4096

// write writes the lines until the context is cancelled, and returns how many were
// written.
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

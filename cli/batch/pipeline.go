package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

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
	uncounted := func(int) {}
	if err := out.write([]byte(o.Form.head), uncounted); err != nil {
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
		err := out.write(lines, func(n int) { l.count(Counts{Tokens: int64(n)}) })
		counts := l.count(Counts{Read: int64(len(c.text) + c.count)})
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
	return out.write([]byte(o.Form.foot), uncounted)
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

// write writes the lines until the context is cancelled. After each write it says how
// many were written, so that they count even if the next write hangs.
func (l lineWriter) write(lines []byte, wrote func(lines int)) error {
	for len(lines) > 0 && l.ctx.Err() == nil {
		size := len(lines)
		if size > pipeSize {
			size = bytes.LastIndexByte(lines[:pipeSize], '\n') + 1
		}
		if size == 0 {
			size = bytes.IndexByte(lines, '\n') + 1
		}
		if _, err := l.w.Write(lines[:size]); err != nil {
			return &WriteError{err}
		}
		wrote(bytes.Count(lines[:size], []byte("\n")))
		lines = lines[size:]
	}
	return nil
}

package terminal

import (
	"context"
	"os"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/trace"
)

// Input is the input of a Bubble Tea program, which it keeps away from the decoder of
// Bubble Tea. That decoder treats what is pasted like keys: a string in it that has no
// end takes the mark at the end of the paste, and every key from then on. Some sequences
// make it panic, in a goroutine that does not recover.
//
// [NewInput] makes an Input. It is still a file, so that a program finds its terminal
// and knows when there is something to read. But Read returns no bytes. It turns them
// into messages, and [Input.Deliver] sends these to the program: keys, mouse reports and
// answers of the terminal, decoded one at a time, [tea.PasteMsg] with the exact bytes,
// [Burst] and [TooLarge].
//
// On Windows, Bubble Tea reads the console itself.
type Input struct {
	*os.File

	mu     sync.Mutex
	stream stream
	wake   chan struct{} // the stream has changed
	log    *trace.Log

	once  sync.Once
	ended chan struct{}
	why   error
}

// NewInput returns f as an input for a Bubble Tea program.
func NewInput(f *os.File) *Input {
	return &Input{File: f, wake: make(chan struct{}, 1), ended: make(chan struct{})}
}

// Ended returns a channel that is closed after a read has failed or reached the end
// of the input, which means that the terminal was closed. Bubble Tea stops reading at
// the end of its input but does not end.
func (in *Input) Ended() <-chan struct{} { return in.ended }

// Read reads from the file once, since the caller has waited until one read is
// possible. It returns no bytes.
func (in *Input) Read(p []byte) (n int, err error) {
	n, err = in.File.Read(p)
	now := time.Now()
	in.mu.Lock()
	defer in.mu.Unlock()
	defer func() {
		if in.log.Caught(recover()) {
			in.end(ErrPanicked)
		}
	}()
	in.stream.feed(p[:max(0, n)], now)
	select {
	case in.wake <- struct{}{}:
	default:
	}
	if err != nil {
		in.end(&Stopped{syscall.SIGHUP})
	}
	return 0, err
}

// end says that there is no more input, and why.
func (in *Input) end(why error) {
	in.once.Do(func() {
		in.why = why
		close(in.ended)
	})
}

// Deliver sends the messages to a program, until ctx is done. A program that is slow
// does not keep it from reading on: ctrl+c takes the place of everything that was read
// before and has not been sent.
func (in *Input) Deliver(ctx context.Context, send func(tea.Msg)) {
	log := trace.From(ctx)
	defer func() {
		if log.Caught(recover()) {
			in.end(ErrPanicked)
		}
	}()
	in.mu.Lock()
	in.log = log
	in.mu.Unlock()
	for {
		msg, due := in.take()
		if msg != nil {
			send(msg)
			continue
		}
		timer, stop := after(due)
		select {
		case <-timer:
		case <-in.wake:
		case <-ctx.Done():
			return
		}
		stop()
	}
}

// take returns the next message, or nil and when there may be one.
func (in *Input) take() (tea.Msg, time.Time) {
	in.mu.Lock()
	defer in.mu.Unlock()
	now, due := time.Now(), in.stream.due()
	if !due.IsZero() && !now.Before(due) {
		if now.Sub(due) < tokenWait && hasInput(in.File) { // it was not silent: a busy machine reads late
			return in.stream.next(), now.Add(time.Millisecond)
		}
		in.stream.expire(now)
	}
	return in.stream.next(), in.stream.due()
}

// after returns a channel that something is sent to at a time, or nothing if it is zero.
func after(at time.Time) (_ <-chan time.Time, stop func() bool) {
	if at.IsZero() {
		return nil, func() bool { return true }
	}
	timer := time.NewTimer(time.Until(at))
	return timer.C, timer.Stop
}

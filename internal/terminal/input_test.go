package terminal_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
)

// deliver sends text to an input, which then ends, and returns it with the channel of
// its messages.
func deliver(t *testing.T, text string) (*terminal.Input, <-chan tea.Msg) {
	t.Helper()
	r, w := pipe(t)
	in := terminal.NewInput(r)
	ctx, cancel := context.WithCancel(t.Context())
	msgs, done := make(chan tea.Msg), make(chan struct{})
	go func() {
		defer close(done)
		in.Deliver(ctx, func(msg tea.Msg) {
			select {
			case msgs <- msg:
			case <-ctx.Done():
			}
		})
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	go func() {
		_, _ = w.WriteString(text)
		_ = w.Close()
	}()
	go func() {
		p := make([]byte, 4096)
		for {
			if n, err := in.Read(p); n != 0 || err != nil {
				return
			}
		}
	}()
	return in, msgs
}

// receive waits for a message.
func receive(t *testing.T, msgs <-chan tea.Msg) tea.Msg {
	t.Helper()
	select {
	case msg := <-msgs:
		return msg
	case <-time.After(patience):
		t.Fatal("no message has come")
		return nil
	}
}

func TestDeliver(t *testing.T) {
	t.Parallel()
	_, msgs := deliver(t, "\x1b[200~line\x1b]0;title\x1b[201~\x1b[200~and one without an end")
	for _, want := range []string{"line\x1b]0;title", "and one without an end"} {
		if got, ok := receive(t, msgs).(tea.PasteMsg); !ok || got.Content != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Ten megabytes are refused, not kept.
func TestLargePaste(t *testing.T) {
	t.Parallel()
	const size = 10 << 20
	_, msgs := deliver(t, "\x1b[200~"+strings.Repeat("a", size)+"\x1b[201~")
	if got, ok := receive(t, msgs).(terminal.TooLarge); !ok || got.Bytes != size {
		t.Errorf("%v, want %d", got, size)
	}
}

// A program that does nothing with its messages does not keep ctrl+c from it: only the
// message that is being sent comes before.
func TestCtrlCPassesWhatIsQueued(t *testing.T) {
	t.Parallel()
	in, msgs := deliver(t, strings.Repeat("\x1b[A", 100_000)+"\x03")
	select {
	case <-in.Ended(): // everything has been read
	case <-time.After(patience):
		t.Fatal("the input is not read while the program is busy")
	}
	for range 2 {
		if press, ok := receive(t, msgs).(fmt.Stringer); ok && press.String() == "ctrl+c" {
			return
		}
	}
	t.Fatal("ctrl+c comes behind other keys")
}

func TestEndedIsClosedAtTheEndOfInput(t *testing.T) {
	t.Parallel()
	r, w := pipe(t)
	in := terminal.NewInput(r)
	_, _ = w.WriteString("a")
	if n, err := in.Read(make([]byte, 8)); n != 0 || err != nil {
		t.Fatalf("Read = %d, %v", n, err)
	}
	select {
	case <-in.Ended():
		t.Error("ended before the end")
	default:
	}
	_ = w.Close()
	if n, err := in.Read(make([]byte, 8)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("Read at the end = %d, %v", n, err)
	}
	select {
	case <-in.Ended():
	default:
		t.Error("not ended at the end")
	}
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

//go:build unix

package progress_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"tokendesk/internal/progress"
)

// screen returns a terminal of twenty columns, and a function that returns the
// output since its last call.
func screen(t *testing.T) (tty *os.File, written func() string) {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	t.Cleanup(func() { _, _ = master.Close(), tty.Close() })
	if err := pty.Setsize(master, &pty.Winsize{Rows: 5, Cols: 20}); err != nil {
		t.Fatal(err)
	}
	return tty, func() string {
		t.Helper()
		if _, err := tty.WriteString("\x00"); err != nil { // the end of what there is to read
			t.Fatal(err)
		}
		var text []byte
		for p := make([]byte, 64); !strings.HasSuffix(string(text), "\x00"); {
			n, err := master.Read(p)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, p[:n]...)
		}
		return strings.TrimSuffix(string(text), "\x00")
	}
}

// Only output that the line would disturb hides it.
func TestShown(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	tty, _ := screen(t)
	for _, tt := range []struct {
		name, variable, value string
		stderr                *os.File
		shown                 bool
	}{
		{"a terminal", "TERM", "xterm", tty, true},
		{"without colours", "NO_COLOR", "1", tty, true},
		{"dumb", "TERM", "dumb", tty, false},
		{"a pipe", "TERM", "xterm", w, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TERM", "xterm")
			t.Setenv(tt.variable, tt.value)
			if line := progress.New(tt.stderr, time.Now); (line != nil) != tt.shown {
				t.Errorf("it is shown: %t, want %t", line != nil, tt.shown)
			}
		})
	}
}

func TestLine(t *testing.T) {
	t.Setenv("TERM", "xterm")
	tty, written := screen(t)
	now := time.Unix(1_800_000_000, 0)
	line := progress.New(tty, func() time.Time { return now })
	line.Clear() // nothing is there yet
	line.Say("one \x1b[31m")
	line.Say("too soon")
	now = now.Add(100 * time.Millisecond)
	line.Say("two, which is longer than the line")
	line.Clear()
	line.Clear()
	line.End("done")
	const want = "\r\x1b[Kone \\x1b[31m" + "\r\x1b[Ktwo, which is longe" + "\r\x1b[K" + "done\r\n"
	if got := written(); got != want {
		t.Errorf("it wrote %q\nwant     %q", got, want)
	}
}

func TestWhile(t *testing.T) {
	t.Setenv("TERM", "xterm")
	tty, written := screen(t)
	line := progress.New(tty, time.Now)
	ticks := make(chan time.Time)
	tick := func() {
		select {
		case ticks <- time.Time{}:
		case <-time.After(10 * time.Second):
			t.Error("nobody waits for the next tick")
		}
	}
	line.While("working", func(time.Duration) <-chan time.Time { return ticks }, func() {
		tick()
		tick()
		panic("is not shown")
	})
	if got, want := written(), "\r\x1b[K⠋ working\r\x1b[K⠙ working\r\x1b[K"; got != want {
		t.Errorf("it wrote %q\nwant     %q", got, want)
	}
	done := false
	(*progress.Line)(nil).While("working", time.After, func() { done = true })
	if !done {
		t.Error("without a line nothing was done")
	}
}

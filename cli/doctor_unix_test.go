//go:build unix

package cli

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/creack/pty"
)

// Not parallel: it changes the environment and the working directory of the process.
func TestDoctorOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, value := range map[string]string{
		"TERM": "xterm-256color", "SECRET_KEY": "", "NO_COLOR": "", "COLORTERM": "", "ACCESSIBLE": "",
		"TMUX": "", "STY": "", "TERM_PROGRAM": "", "SSH_CONNECTION": "", "SSH_TTY": "",
	} {
		t.Setenv(name, value)
	}
	master, tty, err := pty.Open()
	if err != nil {
		t.Skip("there are no pseudo-terminals here")
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 20, Cols: 60}); err != nil {
		t.Fatal(err)
	}
	output := make(chan []byte, 1)
	go func() {
		text, _ := io.ReadAll(master) // ends with an error when the terminal is closed
		output <- text
	}()
	code := Run(t.Context(), Program{Args: []string{"doctor"}, Stdin: tty, Stdout: tty, Stderr: tty})
	_ = tty.Close()
	var got []byte
	select {
	case got = <-output:
	case <-time.After(30 * time.Second):
		t.Error("something still holds the terminal open")
	}
	_ = master.Close()
	if code != exitFailed {
		t.Errorf("exit code %d, want 1 without a key", code)
	}
	for _, want := range []string{
		"\x1b[31m✗ failure  \x1b[0m\x1b[1mkey          \x1b[0m.env: there is no key: the file does not exist; " +
			"run tokendesk init to create it\r\n",
		"\x1b[32m✓ ok       \x1b[0m\x1b[1mterminal     \x1b[0mxterm-256color: the console opens as a screen\r\n",
		"colours      \x1b[0m256; ",
		"size         \x1b[0m60×20; the console works, and shows more at a time from 80×24\r\n",
		"clipboard    \x1b[0mcopies go to the terminal, which must allow OSC 52",
	} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

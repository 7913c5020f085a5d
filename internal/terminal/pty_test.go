//go:build unix

package terminal_test

import (
	"context"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"

	"tokendesk/internal/terminal"
)

func TestTerminalIsGivenBack(t *testing.T) {
	t.Parallel()
	const overflow = "\x1b[200~\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m\x1b[201~"
	tests := map[string]struct {
		program string
		keys    string // typed first
		signal  os.Signal
		code    int
	}{
		"SIGHUP":                     {signal: syscall.SIGHUP, code: 129},
		"SIGINT":                     {signal: syscall.SIGINT, code: 130},
		"SIGQUIT":                    {signal: syscall.SIGQUIT, code: 131},
		"SIGTERM":                    {signal: syscall.SIGTERM, code: 143},
		"ctrl+c":                     {keys: "\x03", code: 0},
		"panic in Update":            {keys: "p", code: 1},
		"panic outside Bubble Tea":   {program: "panic outside", code: 1},
		"stuck, SIGTERM":             {keys: "s", signal: syscall.SIGTERM, code: 143},
		"stuck, SIGHUP":              {keys: "s", signal: syscall.SIGHUP, code: 129},
		"a paste of 36 parameters":   {keys: overflow + "\x03", code: 0},
		"typed, 36 parameters":       {keys: overflow[6:len(overflow)-6] + "\x03", code: 0},
		"SIGTERM, nobody is reading": {keys: "f", signal: syscall.SIGTERM, code: 143},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, test.program, nil)
			if test.program == "" {
				s.waitFor("ready")
				if reflect.DeepEqual(s.modes(), s.before) {
					t.Error("the terminal is not in raw mode, so this test shows nothing")
				}
			}
			s.misbehave(test.keys)
			if test.signal != nil {
				if err := s.cmd.Process.Signal(test.signal); err != nil {
					t.Fatal(err)
				}
			}
			s.checkExit(test.code)
			if after := s.modes(); !reflect.DeepEqual(after, s.before) {
				t.Errorf("the terminal is left in %v, want %v", after, s.before)
			}
			if test.program == "" && test.keys != "f" {
				s.checkScreenLeft()
			}
			if strings.Contains(s.output(), "secret") {
				t.Error("the value of a panic was printed")
			}
		})
	}
}

// A closed terminal is noticed without a signal, as under setsid or after a lost
// connection, and with one.
func TestEndsWithTheTerminal(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		attr *syscall.SysProcAttr
		keys string
	}{
		"not the controlling terminal": {},
		"the controlling terminal":     {attr: &syscall.SysProcAttr{Setsid: true, Setctty: true}},
		"while stuck":                  {keys: "s"},
		"while drawing":                {keys: "f"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, "", test.attr)
			s.waitFor("ready")
			s.misbehave(test.keys)
			s.closeTerminal()
			s.checkExit(129)
		})
	}
}

func TestIgnoredSignalStaysIgnored(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", `trap "" HUP; exec "$0"`, os.Args[0])
	cmd.Env = append(os.Environ(), programVariable+"=wait")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 64)); err != nil {
		t.Fatal(err)
	}
	for _, sig := range []os.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		if err := cmd.Process.Signal(sig); err != nil {
			t.Error(err)
		}
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 143 {
		t.Errorf("exit code %d, want 143 for SIGTERM, with SIGHUP ignored", code)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	defer master.Close()
	defer tty.Close()
	r, w := pipe(t)
	tests := []struct {
		name, term, accessible string
		in, out                *os.File
		want                   string
	}{
		{"a terminal", "xterm-256color", "", tty, tty, ""},
		{"no TERM", "", "", tty, tty, "dumb"},
		{"a blank TERM", " ", "", tty, tty, "dumb"},
		{"dumb", "dumb", "", tty, tty, "dumb"},
		{"a screen reader", "xterm", "1", tty, tty, "accessible"},
		{"a screen reader, in words", "dumb", "yes", tty, tty, "accessible"},
		{"no screen reader", "xterm", "0", tty, tty, ""},
		{"no screen reader, in words", "xterm", "false", tty, tty, ""},
		{"from a pipe", "xterm", "", r, tty, "input"},
		{"to a pipe", "xterm", "", tty, w, "output"},
	}
	for _, test := range tests {
		lookup := func(name string) (string, bool) {
			value := map[string]string{"TERM": test.term, "ACCESSIBLE": test.accessible}[name]
			return value, value != ""
		}
		if got := terminal.Plain(lookup, test.in, test.out); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

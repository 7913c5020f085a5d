//go:build unix

package terminal_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"tokendesk/ui/terminal"
)

const (
	patience = 20 * time.Second // for what should come at once on an idle machine
	deadline = 2 * time.Second  // for the end of a program that has to end
	slack    = 3 * time.Second  // for a machine that is busy with other tests
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

// The end of a terminal is noticed without a signal, as under setsid or after a
// lost connection, and with one.
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
	cmd := exec.Command("sh", "-c", `trap "" HUP; exec "$0"`, os.Args[0])
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
		{"no TERM", "", "", tty, tty, ""},
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

// session is a program on a terminal of its own.
type session struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State

	mu        sync.Mutex
	read      bytes.Buffer
	collected chan struct{} // closed when nothing reads the terminal any more
}

func start(t *testing.T, program string, attr *syscall.SysProcAttr) *session {
	t.Helper()
	blocking, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	if err := pty.Setsize(blocking, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	master, err := interruptible(blocking)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t: t, master: master, tty: tty, collected: make(chan struct{})}
	t.Cleanup(func() { _, _ = master.Close(), tty.Close() })
	s.before = s.modes()
	if program == "" {
		program = "console"
	}
	s.cmd = exec.Command(os.Args[0])
	s.cmd.Env = append(os.Environ(), programVariable+"="+program, "TERM=xterm-256color")
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = attr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	go s.collect()
	return s
}

// interruptible returns f as a file that can be closed while it is read.
func interruptible(f *os.File) (*os.File, error) {
	fd, err := unix.Dup(int(f.Fd()))
	if err != nil {
		return nil, err
	}
	unix.CloseOnExec(fd)
	if err := errors.Join(unix.SetNonblock(fd, true), f.Close()); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.Name()), nil
}

// collect reads what the program draws, as a terminal does.
func (s *session) collect() {
	defer close(s.collected)
	p := make([]byte, 4096)
	for {
		n, err := s.master.Read(p)
		s.mu.Lock()
		s.read.Write(p[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *session) stopReading() {
	if err := s.master.SetReadDeadline(time.Now()); err != nil {
		s.t.Fatal(err)
	}
	<-s.collected
}

func (s *session) output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read.String()
}

func (s *session) write(keys string) {
	s.t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) waitFor(text string) {
	s.t.Helper()
	s.poll("the screen shows "+text, func() bool { return strings.Contains(s.output(), text) })
}

// misbehave types keys and waits until the program does what they ask for.
func (s *session) misbehave(keys string) {
	s.t.Helper()
	if keys == "f" {
		s.stopReading()
	}
	s.write(keys)
	switch keys {
	case "s":
		s.waitFor("stuck")
	case "f":
		full := 0 // for a moment it is not ready while something is written
		s.poll("the terminal takes no more", func() bool {
			room := []unix.PollFd{{Fd: int32(s.tty.Fd()), Events: unix.POLLOUT}}
			if n, err := unix.Poll(room, 0); n != 0 || err != nil {
				full = 0
			}
			full++
			return full > 20
		})
	}
}

func (s *session) poll(what string, done func() bool) {
	s.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); !done(); <-tick.C {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain until %s; the output is %q", what, s.output())
		}
	}
}

func (s *session) closeTerminal() {
	s.t.Helper()
	s.stopReading()
	if err := errors.Join(s.tty.Close(), s.master.Close()); err != nil {
		s.t.Fatal(err)
	}
}

// checkExit waits for the program to end and checks how and when it did.
func (s *session) checkExit(code int) {
	s.t.Helper()
	begin := time.Now()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.cmd.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		s.t.Fatalf("still running; the output is %q", s.output())
	}
	if took := time.Since(begin); took > deadline+slack {
		s.t.Errorf("ended after %v, want at most %v", took, deadline)
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit code %d (%v), want %d; the output is %q", got, s.cmd.ProcessState, code, s.output())
	}
}

// checkScreenLeft checks that what was turned on was turned off last.
func (s *session) checkScreenLeft() {
	s.t.Helper()
	s.poll("the alternate screen is left", func() bool { return strings.Contains(s.output(), "\x1b[?1049l") })
	out := s.output()
	for mode, on := range map[string]bool{"1049": false, "1002": false, "1006": false, "1004": false, "2004": false, "25": true} {
		high, low := strings.LastIndex(out, "\x1b[?"+mode+"h"), strings.LastIndex(out, "\x1b[?"+mode+"l")
		if (high > low) != on {
			s.t.Errorf("mode %s is left wrong", mode)
		}
	}
}

func (s *session) modes() *term.State {
	s.t.Helper()
	state, err := term.GetState(s.tty.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

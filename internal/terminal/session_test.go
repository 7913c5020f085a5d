//go:build unix

package terminal_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

const (
	deadline = 2 * time.Second // for a program that must end
	slack    = 3 * time.Second // for a machine that is busy with other tests
)

// session is a program on another terminal.
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

// collect reads the output of the program, as a terminal does.
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
		full := 0 // during a write it is briefly not ready
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
			s.t.Fatalf("timed out waiting until %s; the output is %q", what, s.output())
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

// checkScreenLeft checks that every mode that was turned on is off at the end.
func (s *session) checkScreenLeft() {
	s.t.Helper()
	s.poll("the alternate screen is left", func() bool { // and what comes behind that has arrived
		out := s.output()
		_, after, found := strings.Cut(out[max(0, strings.LastIndex(out, "\x1b[?1049h")):], "\x1b[?1049l")
		return found && strings.Contains(after, "\x1b[?1006l")
	})
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

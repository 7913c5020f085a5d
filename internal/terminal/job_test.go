//go:build unix

package terminal_test

import (
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
)

// ownSession makes the terminal of a program the one that controls it.
func ownSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true, Setctty: true} }

// waitStopped waits until a signal has stopped the program.
func (s *session) waitStopped() {
	s.t.Helper()
	s.poll("the program is stopped", func() bool {
		var state syscall.WaitStatus
		_, err := syscall.Wait4(s.cmd.Process.Pid, &state, syscall.WUNTRACED|syscall.WNOHANG, nil)
		return err == nil && state.Stopped()
	})
}

func (s *session) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// isOn reports whether a mode of the screen was turned on last, after that much output.
func (s *session) isOn(mode string, from int) bool {
	out := s.output()[from:]
	return strings.LastIndex(out, "\x1b[?"+mode+"h") > strings.LastIndex(out, "\x1b[?"+mode+"l")
}

// checkBack checks that the program has the terminal again: raw, with its screen, its
// mouse and its text, and that it can be typed into.
func (s *session) checkBack(from int) {
	s.t.Helper()
	for _, mode := range []string{"1049", "1002", "2004"} {
		s.poll("mode "+mode+" is on again", func() bool { return s.isOn(mode, from) })
	}
	s.poll("the screen is drawn again", func() bool { return strings.Contains(s.output()[from:], "ready") })
	s.poll("the terminal is raw again", func() bool { return !reflect.DeepEqual(s.modes(), s.before) })
	from = len(s.output())
	s.write("x")
	s.poll("what is typed is shown", func() bool { return strings.Contains(s.output()[from:], "x") })
}

// TestSuspendedFromOutside: SIGTSTP gives the terminal back before the program stops, and
// SIGCONT takes it again, as often as they come.
func TestSuspendedFromOutside(t *testing.T) {
	t.Parallel()
	s := start(t, "", ownSession())
	s.waitFor("ready")
	for range 2 {
		s.signal(syscall.SIGTSTP)
		s.waitStopped()
		if after := s.modes(); !reflect.DeepEqual(after, s.before) {
			t.Errorf("while it is stopped the terminal is in %v, want %v", after, s.before)
		}
		s.checkScreenLeft()
		from := len(s.output())
		s.signal(syscall.SIGCONT)
		s.checkBack(from)
	}
	s.write("\x03")
	s.checkExit(0)
	s.checkScreenLeft()
	if after := s.modes(); !reflect.DeepEqual(after, s.before) {
		t.Errorf("the terminal is left in %v, want %v", after, s.before)
	}
}

// TestStoppedFromOutside: after a SIGSTOP, which no program can catch, SIGCONT takes the
// terminal again from the modes of a shell.
func TestStoppedFromOutside(t *testing.T) {
	t.Parallel()
	s := start(t, "", ownSession())
	s.waitFor("ready")
	s.signal(syscall.SIGSTOP)
	s.waitStopped()
	if err := term.SetState(s.tty.Fd(), s.before); err != nil { // as a shell does
		t.Fatal(err)
	}
	from := len(s.output())
	s.signal(syscall.SIGCONT)
	s.checkBack(from)
	s.write("\x03")
	s.checkExit(0)
	if after := s.modes(); !reflect.DeepEqual(after, s.before) {
		t.Errorf("the terminal is left in %v, want %v", after, s.before)
	}
}

// TestStuckProgramStops: a program that does not give the terminal back stops all the same,
// and can be ended afterwards.
func TestStuckProgramStops(t *testing.T) {
	t.Parallel()
	s := start(t, "", ownSession())
	s.waitFor("ready")
	s.misbehave("s")
	s.signal(syscall.SIGTSTP)
	s.waitStopped()
	s.signal(syscall.SIGCONT)
	s.signal(syscall.SIGTERM)
	s.checkExit(143)
	if after := s.modes(); !reflect.DeepEqual(after, s.before) {
		t.Errorf("the terminal is left in %v, want %v", after, s.before)
	}
}

// TestEndedWhileSuspended: a program that is told to end while it is stopped ends when it
// is continued.
func TestEndedWhileSuspended(t *testing.T) {
	t.Parallel()
	s := start(t, "", ownSession())
	s.waitFor("ready")
	s.signal(syscall.SIGTSTP)
	s.waitStopped()
	s.signal(syscall.SIGTERM)
	s.signal(syscall.SIGCONT)
	s.checkExit(143)
	s.checkScreenLeft()
	if after := s.modes(); !reflect.DeepEqual(after, s.before) {
		t.Errorf("the terminal is left in %v, want %v", after, s.before)
	}
}

// TestNoShell: where no shell would continue it, ctrl+z does not stop the program.
func TestNoShell(t *testing.T) {
	t.Parallel()
	s := start(t, "", ownSession())
	s.waitFor("ready")
	s.write("z")
	s.waitFor("no shell")
	s.write("\x03")
	s.checkExit(0)
}

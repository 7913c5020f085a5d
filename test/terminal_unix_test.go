//go:build unix

package test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// console is the binary on a terminal of 100 by 30 cells.
type console struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State
	exited      chan struct{}

	mu       sync.Mutex
	emulator *vt.Emulator
	raw      bytes.Buffer
}

func openConsole(t *testing.T, dir string, environ ...string) *console {
	t.Helper()
	return openConsoleOn(t, func(*term.State) {}, dir, environ...)
}

// openConsoleOn opens the console on a terminal with changed modes.
func openConsoleOn(t *testing.T, change func(*term.State), dir string, environ ...string) *console {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 30, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, master: master, tty: tty, exited: make(chan struct{}), emulator: vt.NewEmulator(100, 30)}
	if c.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	change(c.before)
	if err := term.SetState(tty.Fd(), c.before); err != nil {
		t.Fatal(err)
	}
	c.cmd = command(t, dir, environ)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, tty
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, c.emulator) }() // this terminal answers no query
	go c.read()
	go func() {
		defer close(c.exited)
		_ = c.cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		<-c.exited
		_, _ = c.master.Close(), c.tty.Close()
		if pipe, ok := c.emulator.InputPipe().(io.Closer); ok {
			_ = pipe.Close()
		}
	})
	return c
}

func (c *console) read() {
	buffer := make([]byte, 32<<10)
	for {
		n, err := c.master.Read(buffer)
		c.mu.Lock()
		c.raw.Write(buffer[:n])
		_, _ = c.emulator.Write(buffer[:n])
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (c *console) screen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.emulator.String()
}

func (c *console) written() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

func (c *console) press(keys string) {
	c.t.Helper()
	written := make(chan error, 1)
	go func() {
		_, err := c.master.WriteString(keys)
		written <- err
	}()
	select {
	case err := <-written:
		if err != nil {
			c.t.Fatal(err)
		}
	case <-time.After(patience):
		c.t.Fatalf("it does not read its input:\n%s", c.screen())
	}
}

// shows waits until all these texts are on the screen.
func (c *console) shows(want ...string) {
	c.t.Helper()
	deadline, poll := time.After(patience), time.NewTicker(10*time.Millisecond)
	defer poll.Stop()
	for {
		screen, missing := c.screen(), ""
		for _, text := range want {
			if !strings.Contains(screen, text) {
				missing = text
			}
		}
		if missing == "" {
			return
		}
		select {
		case <-poll.C:
		case <-deadline:
			c.t.Fatalf("the screen does not show %q:\n%s", missing, screen)
		case <-c.exited:
			c.t.Fatalf("it ended with %d:\n%s", c.cmd.ProcessState.ExitCode(), c.written())
		}
	}
}

// prints waits until the program has written that text, escape sequences included.
func (c *console) prints(want string) {
	c.t.Helper()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for deadline := time.Now().Add(patience); !strings.Contains(c.written(), want); <-poll.C {
		if time.Now().After(deadline) {
			c.t.Fatalf("it does not print %q:\n%q", want, c.written())
		}
	}
}

// drain waits until all output of the program has been read.
func (c *console) drain() {
	c.t.Helper()
	const mark = "\x1b]0;all read\a"
	if _, err := c.tty.WriteString(mark); err != nil {
		c.t.Fatal(err)
	}
	c.prints(mark)
}

// ends waits for the end of the program, and checks the exit code and that the terminal
// is restored.
func (c *console) ends(code int) {
	c.t.Helper()
	select {
	case <-c.exited:
	case <-time.After(patience):
		c.t.Fatalf("still running:\n%s", c.screen())
	}
	c.drain()
	if got := c.cmd.ProcessState.ExitCode(); got != code {
		c.t.Errorf("exit code %d, want %d", got, code)
	}
	after, err := term.GetState(c.tty.Fd())
	if err != nil {
		c.t.Fatal(err)
	}
	if !reflect.DeepEqual(c.before, after) {
		c.t.Errorf("the terminal's modes are %v, they were %v", after, c.before)
	}
}

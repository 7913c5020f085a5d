//go:build unix

package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// patience is how long a test waits for output that an idle machine prints immediately.
const patience = 30 * time.Second

// program returns one of the programs of TestMain, ready to run. It is killed if it
// has not ended after twice the patience.
func program(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.WaitDelay = time.Second // in case something else holds a pipe open
	cmd.Args[0] = name
	cmd.Env = []string{"TERM=xterm-256color", "TZ=UTC", endsAtOnce}
	return cmd
}

// lasting returns a token for a subject that expires that long after noon.
func lasting(subject string, life time.Duration) string {
	encode := base64.RawURLEncoding.EncodeToString
	claims, _ := json.Marshal(map[string]any{"sub": subject, "iat": noon.Unix(), "exp": noon.Add(life).Unix()})
	return encode([]byte(`{"alg":"HS256"}`)) + "." + encode(claims) + ".AAAA"
}

// terminal is a terminal with a program on it.
type terminal struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File

	mu   sync.Mutex
	text bytes.Buffer
}

// onTerminal starts a program on a terminal of that size. It reads its input from a
// pipe.
func onTerminal(t *testing.T, cmd *exec.Cmd, input string, columns, rows uint16) *terminal {
	t.Helper()
	x := newTerminal(t, cmd)
	x.resize(columns, rows)
	cmd.Stdin = strings.NewReader(input)
	x.start()
	return x
}

// newTerminal returns a terminal for a program that has not been started.
func newTerminal(t *testing.T, cmd *exec.Cmd) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	t.Cleanup(func() { _, _ = master.Close(), tty.Close() })
	return &terminal{t: t, cmd: cmd, master: master, tty: tty}
}

func (x *terminal) start() {
	x.t.Helper()
	if x.cmd.Stdout == nil {
		x.cmd.Stdout = x.tty
	}
	x.cmd.Stderr = x.tty
	if err := x.cmd.Start(); err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { _ = x.cmd.Process.Kill() })
	go func() {
		p := make([]byte, 4096)
		for {
			n, err := x.master.Read(p)
			x.mu.Lock()
			x.text.Write(p[:n])
			x.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
}

func (x *terminal) resize(columns, rows uint16) {
	x.t.Helper()
	if err := pty.Setsize(x.master, &pty.Winsize{Rows: rows, Cols: columns}); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) send(sig os.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(sig); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) written() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.text.String()
}

// shows waits until a text was written that many times.
func (x *terminal) shows(text string, times int) {
	x.t.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for end := time.Now().Add(patience); strings.Count(x.written(), text) < times; <-poll.C {
		if time.Now().After(end) {
			x.t.Fatalf("%q was not written %d times: %q", text, times, x.written())
		}
	}
}

// ends waits for the end and checks the exit code.
func (x *terminal) ends(code int) {
	x.t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = x.cmd.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		x.t.Fatalf("still running: %q", x.written())
	}
	if got := x.cmd.ProcessState.ExitCode(); got != code {
		x.t.Errorf("exit code %d, want %d: %q", got, code, x.written())
	}
}

// cursorIsBack checks that the cursor is visible again, below the drawing.
func (x *terminal) cursorIsBack() {
	x.t.Helper()
	x.shows(cursorOn, strings.Count(x.written(), cursorOff))
	if out := x.written(); !strings.HasSuffix(out, "\r\n"+cursorOn) {
		x.t.Errorf("the output ends with %q", out[max(0, len(out)-60):])
	}
}

const cursorOn, cursorOff = "\x1b[?25h", "\x1b[?25l"

// A bar that is drawn again every second, a bell before the end, and a restored
// terminal.
func TestWatchOnATerminal(t *testing.T) {
	t.Parallel()
	input := lasting("bob\x1b]0;x\a", 8*time.Second) + "\n" + lasting("ada@example.com", 10*time.Second) + "\n"
	x := onTerminal(t, program(t, "tokendesk-ticking", "watch", "--warn-before", "5s"), input, 60, 24)
	x.ends(0)
	x.shows(cursorOn, 1)
	x.cursorIsBack()
	out := x.written()
	if n := strings.Count(out, "\a"); n != 2 {
		t.Errorf("the bell rang %d times for two tokens", n)
	}
	frames := strings.Split(strings.ReplaceAll(out, "\a", ""), "\x1b[J")
	if len(frames) != 12 {
		t.Fatalf("%d frames in ten seconds: %q", len(frames)-1, out)
	}
	if n := strings.Count(out, "\r\x1b[1A\x1b[J"); n != 10 {
		t.Errorf("of eleven frames %d are drawn over the one before", n)
	}
	for at, want := range map[int]string{
		1:  "● active  bob\\x1b]0;x\\x07  ━━━━━━━━━━━━━━━━━━━  8s left\n● active  ada@example.com  ━━━━━━━━━━━━━━━━━━━  10s left\n",
		7:  "▲ expires soon  bob\\x1b]0;x\\x07  ━━━╸─────────  2s left\n▲ expires soon  ada@example.com  ━━━━━────────  4s left\n",
		11: "✗ expired       bob\\x1b]0;x\\x07  ─────────────  2s ago\n✗ expired       ada@example.com  ─────────────  just now\n",
	} {
		got := ansi.Strip(strings.ReplaceAll(frames[at], "\r", ""))
		if strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("frame %d:\n%s\nwant\n%s", at, got, want)
		}
	}
	if !strings.HasPrefix(out, "tokendesk: no signature was checked: anyone could have written these tokens\r\n"+cursorOff) ||
		!strings.Contains(out, "\x1b[32m") {
		t.Errorf("it begins %q", out[:min(len(out), 200)])
	}
}

func TestWatchWithoutColour(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		environ string
		drawn   bool
	}{
		"NO_COLOR":        {"NO_COLOR=1", true},
		"dumb":            {"TERM=dumb", false},
		"a screen reader": {"ACCESSIBLE=1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := program(t, "tokendesk-ticking", "watch", lasting("ada", 2*time.Second))
			cmd.Env = append(cmd.Env, tt.environ)
			x := onTerminal(t, cmd, "", 60, 24)
			x.ends(0)
			if !tt.drawn {
				x.shows("ada: expired just now (2026-11-23 14:05:14 UTC)\r\n", 1)
			} else {
				x.shows(cursorOn, 1)
			}
			out := x.written()
			if strings.Contains(out, "\x1b[?25l") != tt.drawn || strings.Contains(out, "\x1b[3") {
				t.Errorf("%q", out)
			}
		})
	}
}

func TestWatchGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	for sig, code := range map[syscall.Signal]int{
		syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGQUIT: 131,
	} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			x := onTerminal(t, program(t, "tokendesk", "watch"), lasting("ada", time.Hour), 80, 24)
			x.shows("1h left", 1)
			x.send(sig)
			x.ends(code)
			x.cursorIsBack()
		})
	}
}

// Ctrl+z restores the cursor, and fg draws again below.
func TestWatchIsSuspended(t *testing.T) {
	t.Parallel()
	x := onTerminal(t, program(t, "tokendesk", "watch"), lasting("ada", time.Hour), 80, 24)
	x.shows("1h left", 1)
	x.send(syscall.SIGTSTP)
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(x.cmd.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("it is not stopped: %v, %v", status, err)
	}
	x.shows("\r\n"+cursorOn, 1)
	x.send(syscall.SIGCONT)
	x.shows(cursorOff+"\r\x1b[J", 2)
	x.send(syscall.SIGINT)
	x.ends(130)
	x.cursorIsBack()
}

func TestWatchFollowsTheSize(t *testing.T) {
	t.Parallel()
	x := onTerminal(t, program(t, "tokendesk", "watch"), lasting("ada", time.Hour), 80, 24)
	x.shows("1h left", 1)
	x.resize(12, 5)
	x.send(syscall.SIGWINCH) // it is not the controlling terminal
	x.shows("\x1b[6A\x1b[J\x1b[32m●\x1b[0m \x1b[1m1h\x1b[0m", 1)
	x.send(syscall.SIGINT)
	x.ends(130)
}

// In a pipe a line appears as soon as it is due, none rings or has colours, and the
// program ends with its reader.
func TestWatchInAPipe(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "tokendesk", "watch", "--warn-before", "2h")
	cmd.Stdout = w
	x := onTerminal(t, cmd, lasting("ada", time.Hour), 80, 24)
	_ = w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil || line != "ada: expires soon, 1h left (expires 2026-11-23 15:05:12 UTC)\n" {
		t.Errorf("%q, %v", line, err)
	}
	x.shows("\a", 1) // on the terminal of standard error
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	x.ends(141)
	if out := x.written(); out != "tokendesk: the signature was not checked: anyone could have written this token\r\n\a" {
		t.Errorf("on the terminal: %q", out)
	}
}

// Nobody reads, and the pipe is full: a signal still ends the program.
func TestWatchEndsWhileStuck(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := program(t, "tokendesk-ticking", "watch", "--every", "1s")
	cmd.Stdin, cmd.Stdout = strings.NewReader(lasting("ada", 1000*time.Hour)), w
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	if _, err := bufio.NewReader(stderr).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(r, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Errorf("%v, want exit code 130", err)
	}
}

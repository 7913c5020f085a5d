//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
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

// The tests of this file run the built binary, on a real pseudo-terminal or in
// a pipe, in a folder of its own.

// patience is for what comes at once on a machine with nothing else to do.
const patience = 30 * time.Second

// built returns the path of the binary, which is built once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tokendesk-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "tokendesk")
	output, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(output))
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := built(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// command returns the binary ready to run, with no settings but those of the
// test.
func command(t *testing.T, dir string, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir}, environ...)
	return cmd
}

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

// openConsoleOn opens the console on a terminal whose modes were changed.
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
	if _, err := c.master.WriteString(keys); err != nil {
		c.t.Fatal(err)
	}
}

// shows waits until all of that is on the screen.
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

// prints waits until that was written, escape sequences included.
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

// drain waits until all that the program has written is read.
func (c *console) drain() {
	c.t.Helper()
	const mark = "\x1b]0;all read\a"
	if _, err := c.tty.WriteString(mark); err != nil {
		c.t.Fatal(err)
	}
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for deadline := time.Now().Add(patience); !strings.Contains(c.written(), mark); <-poll.C {
		if time.Now().After(deadline) {
			c.t.Fatal("the terminal is not read to its end")
		}
	}
}

// ends waits for the end, and checks the exit code and that the terminal is as
// it was.
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

// A new user: one enter, one subject, one more enter.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir)
	c.shows("There is no key yet", "Create .env here with a fresh secret")
	c.press("\r")
	c.shows("Email or user name", "HS256, HMAC with SHA-256 · key ")
	c.press("ada@example.com\r")
	c.shows("● active", "30m left", "ada@example.com", "✓ valid: signature verified with key")
	info, err := os.Stat(filepath.Join(dir, ".env"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the .env: %v, %v", info, err)
	}
	c.press("\x03")
	c.ends(0)
	for _, off := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1002l"} {
		if out := c.written(); strings.LastIndex(out, off) < strings.LastIndex(out, strings.Replace(strings.Replace(off, "l", "h", 1), "25h", "25l", 1)) {
			t.Errorf("%q was not the last word on it", off)
		}
	}
}

const secret = "SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"

func TestTerminalIsGivenBack(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		end  func(*console)
		code int
	}{
		"ctrl+c":  {func(c *console) { c.press("\x03") }, 0},
		"SIGINT":  {func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGINT) }, 130},
		"SIGTERM": {func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGTERM) }, 143},
		"SIGHUP":  {func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGHUP) }, 129},
		"SIGQUIT": {func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGQUIT) }, 131},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openConsole(t, t.TempDir(), secret)
			c.shows("Email or user name")
			if now, _ := term.GetState(c.tty.Fd()); reflect.DeepEqual(now, c.before) {
				t.Error("the terminal is not in raw mode, so this shows nothing")
			}
			tt.end(c)
			c.ends(tt.code)
		})
	}
}

// The plain mode ends as quietly, at once, with the same exit codes.
func TestPlainModeEnds(t *testing.T) {
	t.Parallel()
	signal := func(sig syscall.Signal) func(*console) {
		return func(c *console) { _ = c.cmd.Process.Signal(sig) }
	}
	for name, tt := range map[string]struct {
		end  func(*console)
		code int
	}{
		"ctrl+c":  {func(c *console) { c.press("\x03") }, 130},
		"ctrl+d":  {func(c *console) { c.press("\x04") }, 0},
		"SIGINT":  {signal(syscall.SIGINT), 130},
		"SIGTERM": {signal(syscall.SIGTERM), 143},
		"SIGHUP":  {signal(syscall.SIGHUP), 129},
		"SIGQUIT": {signal(syscall.SIGQUIT), 131},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
			c.shows("Tokendesk. HS256", "/help lists the commands.")
			c.press("bob\n")
			c.shows("Verdict: valid.")
			tt.end(c)
			c.ends(tt.code)
			if out := c.written(); strings.Contains(out, "goroutine") || strings.Contains(out, "tokendesk: ") {
				t.Errorf("it says\n%s", out)
			}
		})
	}
}

// A token of any size that is promised can be pasted, however little of a line
// the terminal would keep, and more is refused in a sentence.
func TestPlainModeLongToken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	token, err := command(t, dir, []string{secret}, "issue", "ada", "--claim", "x="+strings.Repeat("y", 45_000)).Output()
	if err != nil {
		t.Fatal(err)
	}
	c := openConsole(t, dir, secret, "ACCESSIBLE=1")
	c.prints("/help lists the commands.\r\n> ")
	c.press(string(token))
	c.prints("Token: " + strings.TrimSpace(string(token)))
	c.press("/read " + strings.Repeat("y", 66_000) + "\n")
	c.prints("Error: a line may have 65536 bytes: give only the token\r\n")
	c.press("/board\n")
	c.shows("The board is empty.")
	c.press("\x04")
	c.ends(0)
}

// The keys of a line are the terminal's own, and what is typed is shown, but
// never obeyed.
func TestPlainModeKeys(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ typed, shown, keys, becomes, means string }{
		"typing":               {"/grün", "/grün", "!", "!", "/grün!"},
		"backspace":            {"/ax", "/ax", "\x7fb", "\b \bb", "/ab"},
		"backspace on nothing": {"", "", "\x7f\b/a", "/a", "/a"},
		"backspace, wide":      {"/日", "/日", "\x7fa", "\b \b\b \ba", "/a"},
		"backspace, a mark":    {"/e\u0301", "/e\u0301", "\x7fo", "\b \bo", "/o"},
		"backspace, an emoji":  {"/👩\u200d🚀", "/👩\u200d🚀", "\x7fo", "\b \b\b \bo", "/o"},
		"ctrl+u":               {"ab", "ab", "\x15/c", "\b \b\b \b/c", "/c"},
		"ctrl+u on two rows":   {strings.Repeat("a", 98), strings.Repeat("a", 98), "\x15/c", "\r\n> /c", "/c"},
		"ctrl+w":               {"/a bc ", "/a bc ", "\x17\x17d", strings.Repeat("\b \b", 6) + "d", "d"},
		"ctrl+r":               {"/ab", "/ab", "\x12", "\r\n> /ab", "/ab"},
		"ctrl+d in a line":     {"/a", "/a", "\x04b", "b", "/ab"},
		"an arrow":             {"/a", "/a", "\x1b[D", `\x1b[D`, `/a\x1b[D`},
		"a control of C1":      {"/a", "/a", "\u009b1m", "<U+009B>1m", "/a<U+009B>1m"},
		"not UTF-8":            {"/a", "/a", "\xffb", `\xffb`, `/a\xffb`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
			c.prints("/help lists the commands.\r\n> ")
			c.press(tt.typed)
			c.prints("\r\n> " + tt.shown)
			c.press(tt.keys)
			c.prints("\r\n> " + tt.shown + tt.becomes)
			c.press("\n")
			if strings.HasPrefix(tt.means, "/") {
				c.prints("There is no command " + tt.means + ".")
			} else {
				c.prints("Claim sub: " + tt.means + " ")
			}
			c.press("\x04")
			c.ends(0)
		})
	}
}

// Ctrl+z gives the terminal back, and fg goes on with what was typed.
func TestPlainModeIsSuspended(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
	c.prints("/help lists the commands.\r\n> ")
	c.press("/ab")
	c.prints("> /ab")
	if err := c.cmd.Process.Signal(syscall.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if modes, _ := term.GetState(c.tty.Fd()); reflect.DeepEqual(modes, c.before) {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("the terminal's modes are %v, they were %v", modes, c.before)
		}
	}
	for deadline := time.Now().Add(patience); !strings.Contains(c.written(), "> /ab\r\n> /ab"); time.Sleep(10 * time.Millisecond) {
		_ = c.cmd.Process.Signal(syscall.SIGCONT) // it may not have stopped yet
		if time.Now().After(deadline) {
			t.Fatalf("it does not go on:\n%s", c.written())
		}
	}
	c.press("c\n")
	c.prints("There is no command /abc.")
	c.press("\x03")
	c.ends(130)
}

// A terminal that is closed ends the plain mode, with a signal and without one.
func TestPlainModeEndsWithTheTerminal(t *testing.T) {
	t.Parallel()
	for name, controlling := range map[string]bool{"with SIGHUP": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			master, tty, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			cmd := command(t, t.TempDir(), []string{secret}, "--plain")
			var said bytes.Buffer
			cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, &said
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: controlling}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			_ = tty.Close()
			for shown := ""; !strings.HasSuffix(shown, "\r\n> "); {
				buffer := make([]byte, 4096)
				n, err := master.Read(buffer)
				if err != nil {
					t.Fatal(err)
				}
				shown += string(buffer[:n])
			}
			_ = master.Close()
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != 129 || said.Len() > 0 {
				t.Errorf("it ended with %d and said %q", code, said.String())
			}
		})
	}
}

// A terminal whose echo was turned off, as the shell of Emacs does it, hands over
// lines and cuts what is longer than it holds. That is said, and not taken for a
// broken token.
func TestPlainModeCutLine(t *testing.T) {
	t.Parallel()
	c := openConsoleOn(t, func(modes *term.State) { modes.Lflag &^= syscall.ECHO }, t.TempDir(), secret, "ACCESSIBLE=1")
	c.shows("Tokendesk. HS256")
	c.press("x" + strings.Repeat("y", 5000) + "\n")
	c.shows("Error: the terminal cuts lines at ", "bytes, so this is not all of it")
	c.press("bob\n")
	c.shows("Verdict: valid.")
	c.press("\x04")
	c.ends(0)
}

// A control sequence with 33 parameters or more crashes the libraries beneath,
// typed, pasted and shown.
func TestControlSequencesDoNotCrash(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret)
	c.shows("Email or user name")
	long := strings.Repeat("1;", 40)
	c.press("\x1b[" + long + "m")
	c.press("\x1bP" + long + "q\x1b\\")
	c.press("\x1b[200~\x1b[" + long + "m\x1b[201~")
	c.press("\x15ada\t\t") // a fresh subject, then the claims
	c.press(`x:="\u001b[` + long + `m"` + "\x13")
	c.shows("issued a token for ada", `\x1b[1;1;1`)
	c.press("\x03")
	c.ends(0)
}

// What Bubble Tea would write of a session into files must not be written.
func TestNoTraceFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir, secret, "TEA_TRACE="+filepath.Join(dir, "trace"), "TEA_DEBUG="+filepath.Join(dir, "debug"))
	c.shows("Email or user name")
	c.press("\x03")
	c.ends(0)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("files were left: %v, %v", left, err)
	}
}

func TestBrokenSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const canary = "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ"
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("A=1\nSECRET_KEY='"+canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := openConsole(t, dir)
	c.shows("The settings need mending", ".env:2: this line is not a setting", "Read .env again")
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("SECRET_KEY='"+canary+"'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.press("\r")
	c.shows("Email or user name", "the settings were read")
	c.press("\x03")
	c.ends(0)
	if strings.Contains(c.written(), canary) {
		t.Error("the secret was written to the terminal")
	}
}

// run runs the binary in a pipe and returns what it wrote.
func run(t *testing.T, input string, environ []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(t, t.TempDir(), environ, args...)
	var out, errs strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func TestCommandLine(t *testing.T) {
	t.Parallel()
	if out, _, code := run(t, "", nil, "--help"); code != 0 || !strings.Contains(out, "--plain") || !strings.Contains(out, "--env-file") {
		t.Errorf("--help: %d\n%s", code, out)
	}
	if out, _, code := run(t, "", nil, "--version"); code != 0 || !strings.Contains(out, "tokendesk") {
		t.Errorf("--version: %d\n%s", code, out)
	}
	for _, arg := range []string{"nonsense", "--nonsense"} {
		out, errs, code := run(t, "", nil, arg)
		if code != 2 || out != "" || !strings.HasPrefix(errs, "tokendesk: ") || strings.Count(errs, "\n") != 2 {
			t.Errorf("%s: %d, stdout %q, stderr %q", arg, code, out, errs)
		}
	}
}

// In a pipe there is no screen, so the console works line by line.
func TestPlainInAPipe(t *testing.T) {
	t.Parallel()
	out, errs, code := run(t, "ada\n/status\n/quit\n", []string{secret})
	for _, want := range []string{"Verdict: valid.\n", "Claim sub: ada (subject)\n", "ada: active, 30m left.\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if code != 0 || errs != "" || strings.ContainsAny(out, "\x1b\r") {
		t.Errorf("exit code %d, stderr %q, stdout %q", code, errs, out)
	}
}

//go:build unix

package test

import (
	"bytes"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// The plain mode ends as quietly as the console, at once and with the same exit codes.
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
			c.shows("Verdict: valid: ")
			tt.end(c)
			c.ends(tt.code)
			if out := c.written(); strings.Contains(out, "goroutine") || strings.Contains(out, "tokendesk: ") {
				t.Errorf("it says\n%s", out)
			}
		})
	}
}

// A token of up to the promised size can be pasted, even if the terminal would truncate
// its line. A larger one is refused with a message.
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
	c.prints("Error: a line can have at most 65536 bytes; paste only the token\r\n")
	c.press("/board\n")
	c.shows("The board is empty.")
	c.press("\x04")
	c.ends(0)
}

// The line editor has the keys of a terminal. Typed text is shown, but its control
// characters are not obeyed.
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

// ctrl+z restores the terminal, and fg continues with the typed text.
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
			t.Fatalf("it does not continue:\n%s", c.written())
		}
	}
	c.press("c\n")
	c.prints("There is no command /abc.")
	c.press("\x03")
	c.ends(130)
}

// A closed terminal ends the plain mode, with and without a signal.
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

// A terminal without echo, as in the shell of Emacs, delivers lines and truncates long
// ones. The plain mode says so instead of reading a damaged token.
func TestPlainModeCutLine(t *testing.T) {
	t.Parallel()
	c := openConsoleOn(t, func(modes *term.State) { modes.Lflag &^= syscall.ECHO }, t.TempDir(), secret, "ACCESSIBLE=1")
	c.shows("Tokendesk. HS256")
	c.press("x" + strings.Repeat("y", 5000) + "\n")
	c.shows("Error: the terminal cuts lines at ", "bytes, so this one is incomplete")
	c.press("bob\n")
	c.shows("Verdict: valid: ")
	c.press("\x04")
	c.ends(0)
}

// A pipe has no screen, so the console works line by line.
func TestPlainInAPipe(t *testing.T) {
	t.Parallel()
	out, errs, code := run(t, "ada\n/status\n/quit\n", []string{secret})
	for _, want := range []string{"Verdict: valid: ", "Claim sub: ada (subject)\n", "ada: active, "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if code != 0 || errs != "" || strings.ContainsAny(out, "\x1b\r") {
		t.Errorf("exit code %d, stderr %q, stdout %q", code, errs, out)
	}
}

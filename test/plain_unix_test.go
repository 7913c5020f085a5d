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
	c.prints("Token #1: " + strings.TrimSpace(string(token)))
	c.press("/read " + strings.Repeat("y", 66_000) + "\n")
	c.prints("Error: a line can have at most 65536 bytes; paste only the token\r\n")
	c.press("/board\n")
	c.shows("The board is empty.")
	c.press("\x04")
	c.ends(0)
}

// The line editor has the keys of readline. Typed text is shown, but its control
// characters are not obeyed. Every text begins with "/z", so that it is no command.
func TestPlainModeKeys(t *testing.T) {
	t.Parallel()
	const left, right, up, down, home, end = "\x1b[D", "\x1b[C", "\x1b[A", "\x1bOB", "\x1b[H", "\x1b[4~"
	long := strings.Repeat("abcdefghi ", 15)
	for name, tt := range map[string]struct{ typed, shown, means string }{
		"typing":              {"/zgrün!", "/zgrün!", "/zgrün!"},
		"backspace":           {"/zax\x7fb", "/zab", "/zab"},
		"backspace, wide":     {"/z日\x7fa", "/za", "/za"},
		"backspace, a mark":   {"/ze\u0301\x7fo", "/zo", "/zo"},
		"backspace, an emoji": {"/z👩\u200d🚀\x7fo", "/zo", "/zo"},
		"left":                {"/zac" + left + "b", "/zabc", "/zabc"},
		"left, wide":          {"/z日本" + left + left + "ab", "/zab日本", "/zab日本"},
		"right":               {"/zac" + left + left + right + "b" + right + "d", "/zabcd", "/zabcd"},
		"home and end":        {"zab" + home + "/" + end + "c", "/zabc", "/zabc"},
		"ctrl+a and ctrl+e":   {"zab\x01/\x05c", "/zabc", "/zabc"},
		"delete":              {"/zaxb" + left + left + "\x1b[3~", "/zab", "/zab"},
		"ctrl+d in a line":    {"/zaxb" + left + left + "\x04", "/zab", "/zab"},
		"ctrl+k":              {"/zabcd" + left + left + "\x0b", "/zab", "/zab"},
		"ctrl+u":              {"ab\x15/zc", "/zc", "/zc"},
		"ctrl+w":              {"/za bc \x17\x17/zd", "/zd", "/zd"},
		"a word back":         {"/zab.cd\x1b[1;5Dx", "/zab.xcd", "/zab.xcd"},
		"alt+b and alt+d":     {"/zab.cd\x1bb\x1bdx", "/zab.x", "/zab.x"},
		"undo":                {"/zab\x17/zc\x1f\x1f", "/zab", "/zab"},
		"an unknown key":      {"/z\x1b[15~a\x1b[Zb\x1bOQ", "/zab", "/zab"},
		"up and down":         {"/zuno\n/ztwo\n/zthree" + up + up + down + "!", "/ztwo!", "/ztwo!"},
		"up and back":         {"/zuno\n/ztwo" + up + down + "!", "/ztwo!", "/ztwo!"},
		"ctrl+r":              {"/zab\x12", "/zab", "/zab"},
		"a control of C1":     {"/za\u009b1m", "/za<U+009B>1m", "/za<U+009B>1m"},
		"not UTF-8":           {"/za\xffb", `/za\xffb`, `/za\xffb`},
		"a long line":         {"/z" + long + home + right + "X", "/Xzabcdefghi ", "/Xzabcdefghi"},
		"a long line, behind": {"/z" + long + left + "X", "abcdefghiX", "/zabcdefghi"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
			c.prints("/help lists the commands.\r\n> ")
			before := ""
			for line := range strings.SplitSeq(tt.typed, "\n") {
				if before != "" {
					c.press("\n")
					c.prints("there is no command " + before + ";")
				}
				c.press(line)
				before = line
			}
			c.shows(tt.shown)
			c.press("\n")
			c.prints("there is no command " + tt.means + ";")
			c.press("\x04")
			c.ends(0)
		})
	}
}

// A person is asked about an unknown command, and about a word that looks like one.
func TestPlainModeAsks(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
	c.prints("/help lists the commands.\r\n> ")
	c.press("/clams {\"role\":\"admin\"}\n")
	c.prints("Error: there is no command /clams; did you mean /claims?\r\nyes for /claims, or another line> ")
	c.press("yes\n")
	c.prints("The next tokens have 1 claim of your own: role=admin.\r\n> ")
	c.press("quit\n")
	c.prints("quit looks like a command. Did you mean /quit?\r\nyes for a token, or a command> ")
	c.press("\n")
	c.press("exit\n")
	c.prints("exit looks like a command. Did you mean /quit?\r\nyes for a token, or a command> ")
	c.press("yes\n")
	c.prints("Claim sub: exit ")
	c.prints("Claim role: admin ")
	c.press("q\n")
	c.prints("q looks like a command.")
	c.press("/quit\n")
	c.ends(0)
}

// An expiry is announced while the user types, and the typed text stays.
func TestPlainModeAnnouncesExpiry(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1")
	c.prints("/help lists the commands.\r\n> ")
	c.press("/lifetime 2s\n")
	c.press("ada\n")
	c.prints("Token #1: ")
	c.press("bo")
	c.prints("\r\nBoard: the token for ada expired\r\n> bo")
	c.press("b\n")
	c.prints("Claim sub: bob ")
	c.press("\x04")
	c.ends(0)
}

// Without UTF-8 in the locale only ASCII is written.
func TestPlainModeASCII(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret, "ACCESSIBLE=1", "LC_ALL=C")
	c.prints("Tokendesk. HS256 - key ")
	c.press("/zgrün\n")
	c.prints("there is no command /zgr<U+00FC>n;")
	c.press("\x04")
	c.ends(0)
	for _, r := range c.written() {
		if r > 0x7f {
			t.Fatalf("%U is written:\n%s", r, c.written())
		}
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
	c.prints("there is no command /abc;")
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

//go:build unix

package test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
)

// A new user needs enter, a subject and enter again.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir)
	c.shows("You need a key to sign tokens", "Create .env here with a fresh secret")
	c.press("\r")
	c.shows("such as ada@example.com", "HS256, HMAC with SHA-256 · key ")
	c.press("ada@example.com\r")
	c.shows("● active", " left", "ada@example.com", "✓ valid: signed with HS256 by key")
	info, err := os.Stat(filepath.Join(dir, ".env"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the .env: %v, %v", info, err)
	}
	c.press("\x03")
	c.ends(0)
	for _, off := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1002l"} {
		on := strings.Replace(strings.Replace(off, "l", "h", 1), "25h", "25l", 1)
		if out := c.written(); strings.LastIndex(out, off) < strings.LastIndex(out, on) {
			t.Errorf("%q is not the last state of the mode", off)
		}
	}
}

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
			c.shows("such as ada@example.com")
			if now, _ := term.GetState(c.tty.Fd()); reflect.DeepEqual(now, c.before) {
				t.Error("the terminal is not in raw mode, so this tests nothing")
			}
			tt.end(c)
			c.ends(tt.code)
		})
	}
}

// The debug file of a whole run has keys and messages, but nothing that was typed or
// signed.
func TestDebugFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir, secret, "TOKENDESK_DEBUG=debug.txt")
	c.shows("such as ada@example.com")
	c.press("canary\r")
	c.shows("issued for canary")
	c.press("\x03")
	c.ends(0)
	text, err := os.ReadFile(filepath.Join(dir, "debug.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"  tea.WindowSizeMsg  ", "  key character  ", "  key enter  ", "  frame.Done  ", "  key ctrl+c  "} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	_, value, _ := strings.Cut(secret, "=")
	for _, never := range []string{"canary", "eyJ", value} {
		if strings.Contains(string(text), never) {
			t.Errorf("%q is in\n%s", never, text)
		}
	}
}

// A control sequence with 33 parameters or more crashes the libraries that the console
// uses. Here it is typed, pasted and shown.
func TestControlSequencesDoNotCrash(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret)
	c.shows("such as ada@example.com")
	long := strings.Repeat("1;", 40)
	c.press("\x1b[" + long + "m")
	c.press("\x1bP" + long + "q\x1b\\")
	c.press("\x1b[200~\x1b[" + long + "m\x1b[201~")
	c.press("\x15ada\t\t") // a fresh subject, then the claims
	c.press(`x:="\u001b[` + long + `m"` + "\x13")
	c.shows("issued for ada", `\x1b[1;1;1`)
	c.press("\x03")
	c.ends(0)
}

// Bubble Tea must not log the session to files.
func TestNoTraceFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir, secret, "TEA_TRACE="+filepath.Join(dir, "trace"), "TEA_DEBUG="+filepath.Join(dir, "debug"))
	c.shows("such as ada@example.com")
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
	c.shows("The settings need fixing", ".env:2: this line is not a setting", "Read .env again")
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("SECRET_KEY='"+canary+"'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.press("\r")
	c.shows("such as ada@example.com", "the settings were read")
	c.press("\x03")
	c.ends(0)
	if strings.Contains(c.written(), canary) {
		t.Error("the secret was written to the terminal")
	}
}

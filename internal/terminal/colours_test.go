//go:build unix

package terminal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/creack/pty"

	"tokendesk/internal/terminal"
)

func TestColours(t *testing.T) {
	_, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	defer tty.Close()
	for _, tt := range []struct {
		environ []string
		want    colorprofile.Profile
	}{
		{[]string{"TERM=xterm-256color"}, colorprofile.ANSI256},
		{[]string{"TERM=xterm-256color", "COLORTERM=truecolor"}, colorprofile.TrueColor},
		{[]string{"TERM=xterm-256color", "NO_COLOR=1"}, colorprofile.ASCII},
		{[]string{"TERM=xterm-256color", "NO_COLOR=yes", "COLORTERM=truecolor"}, colorprofile.ASCII},
		{[]string{"TERM=xterm-256color", "NO_COLOR="}, colorprofile.ANSI256},
		{[]string{"TERM=tmux-256color", "TMUX=/tmp/x,1,0"}, colorprofile.ANSI256},
		{[]string{"TERM=dumb"}, colorprofile.NoTTY},
	} {
		if got := terminal.Colours(tty, tt.environ); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.environ, got, tt.want)
		}
	}
}

// No other program runs, since it would see the secret in the environment.
func TestColoursAsksNobody(t *testing.T) {
	dir := t.TempDir()
	seen := filepath.Join(dir, "seen")
	if err := os.WriteFile(filepath.Join(dir, "tmux"), []byte("#!/bin/sh\nenv > '"+seen+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	_, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	defer tty.Close()
	environ := []string{"TERM=tmux-256color", "TMUX=/tmp/x,1,0"}
	colorprofile.Detect(tty, environ)
	if err := os.Remove(seen); err != nil {
		t.Fatalf("this test proves nothing any more: %v", err)
	}
	terminal.Colours(tty, environ)
	if _, err := os.Stat(seen); err == nil {
		t.Error("tmux was run")
	}
}

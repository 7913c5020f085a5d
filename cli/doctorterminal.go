package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"tokendesk/explain"
	"tokendesk/internal/ask"
	"tokendesk/internal/terminal"
)

// screen is the facts about the terminal.
type screen struct {
	lookup        func(string) (string, bool) // the environment
	terminal      bool                        // standard output is a terminal
	plain         string                      // why the console runs line by line, see terminal.Plain
	width, height int
	colours       colorprofile.Profile
	setClipboard  string // the option of tmux, empty outside of tmux
}

func (t screen) get(name string) string {
	value, _ := t.lookup(name)
	return value
}

// screenOf asks the terminal.
func screenOf(ctx context.Context, p Program) screen {
	t := screen{
		lookup:   os.LookupEnv,
		terminal: term.IsTerminal(p.Stdout.Fd()),
		plain:    terminal.Plain(os.LookupEnv, p.Stdin, p.Stdout),
		colours:  terminal.Colours(p.Stdout, os.Environ()),
	}
	if !t.terminal {
		return t
	}
	t.width, t.height, _ = term.GetSize(p.Stdout.Fd())
	if t.get("TMUX") != "" {
		t.setClipboard, _ = ask.Program(ctx, "", "tmux", "show-options", "-sv", "set-clipboard")
	}
	return t
}

// terminal says how the console runs on this terminal. Only where it can open as a
// screen is there more to check.
func (d *diagnosis) terminal(t screen) {
	const byLine = "the console works line by line, because "
	name := t.get("TERM")
	unnamed := strings.TrimSpace(name) == "" && runtime.GOOS != "windows"
	d.first("terminal",
		rule{!t.terminal, checkOK, "standard output is not a terminal, so colours, size and clipboard were not checked", ""},
		rule{t.plain == "accessible", checkOK, byLine + "ACCESSIBLE is set", ""},
		rule{
			unnamed, checkWarning, "TERM is not set, so the capabilities of the terminal are unknown and the console works line by line",
			"set TERM, for example to xterm-256color",
		},
		rule{t.plain == "dumb", checkOK, byLine + "TERM is dumb", ""},
		rule{t.plain == "input", checkOK, byLine + "standard input is not a terminal", ""},
		rule{true, checkOK, strings.TrimSpace(name + ": the console opens as a screen"), ""},
	)
	if t.terminal && (t.plain == "" || unnamed && t.plain != "accessible") {
		d.colours(t)
		d.size(t)
		d.clipboard(t)
	}
}

func (d *diagnosis) colours(t screen) {
	d.first("colours",
		rule{t.get("NO_COLOR") != "", checkOK, "none, because NO_COLOR is set", ""},
		rule{t.colours == colorprofile.TrueColor, checkOK, "16 million", ""},
		rule{
			t.get("TMUX") != "" && t.colours == colorprofile.ANSI256, checkOK,
			"256, or as many as tmux knows of the terminal around it", "",
		},
		rule{t.colours == colorprofile.ANSI256, checkOK, "256; if the terminal has more, set COLORTERM=truecolor", ""},
		rule{t.colours == colorprofile.ANSI, checkOK, "16; if the terminal has more, set TERM or COLORTERM", ""},
		rule{true, checkOK, "none; every state also has a word and a sign", ""},
	)
}

// size compares the size with the sizes of the screens: from 40×10 they work, from
// 80×24 they show everything.
func (d *diagnosis) size(t screen) {
	size := fmt.Sprintf("%d×%d", t.width, t.height)
	d.first("size",
		rule{t.width == 0 || t.height == 0, checkWarning, "the terminal does not report its size", "run stty cols 80 rows 24"},
		rule{
			t.width < 40 || t.height < 10, checkWarning,
			size + " is too small for the console", "make the terminal at least 40×10, or better 80×24",
		},
		rule{t.width < 80 || t.height < 24, checkOK, size + "; the console works, and shows more at a time from 80×24", ""},
		rule{true, checkOK, size, ""},
	)
}

// clipboard says where a copy goes. It is sent as OSC 52, which has no answer, so
// nobody can tell whether it arrives.
func (d *diagnosis) clipboard(t screen) {
	const allow = "must allow OSC 52 and does not report whether it does: copy a token and paste it to find out"
	const tmux = "set-option -s set-clipboard on"
	inTmux := t.get("TMUX") != ""
	d.first("clipboard",
		rule{inTmux && t.setClipboard == "on", checkOK, "copies go through tmux to the terminal around it, which " + allow, ""},
		rule{
			inTmux && t.setClipboard != "", checkWarning,
			"tmux does not pass copies to the terminal, because its set-clipboard is " + t.setClipboard,
			"run tmux " + tmux + ", and add " + tmux + " to ~/.tmux.conf",
		},
		rule{
			inTmux, checkWarning, "copies go through tmux, which does not report its set-clipboard",
			"add " + tmux + " to ~/.tmux.conf",
		},
		rule{
			t.get("STY") != "", checkWarning, "GNU screen does not pass copies to the terminal",
			"leave screen to copy, or write the token to a file with w",
		},
		rule{
			t.get("TERM_PROGRAM") == "Apple_Terminal", checkWarning, "Terminal on macOS does not accept copies from programs",
			"use another terminal, or write the token to a file with w",
		},
		rule{t.get("SSH_CONNECTION")+t.get("SSH_TTY") != "", checkOK, "copies go through ssh to your local terminal, which " + allow, ""},
		rule{true, checkOK, "copies go to the terminal, which " + allow, ""},
	)
}

// editor names the program that edits a token outside of the console.
func (d *diagnosis) editor(t screen) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		words := strings.Fields(t.get(name))
		if len(words) == 0 {
			continue
		}
		// The shell runs it, so a name that the shell must expand first is not
		// checked.
		if _, err := exec.LookPath(words[0]); err != nil && !strings.ContainsAny(words[0], "\"'$~`\\") {
			d.warn("editor", explain.Line{
				Text: name + " names " + words[0] + ", which is not in PATH", Do: "set " + name + " to a program in PATH, for example vi",
			})
			return
		}
		d.ok("editor", words[0]+", from "+name)
		return
	}
	d.ok("editor", "none is set, so tokens are edited in the console; set EDITOR to use one")
}

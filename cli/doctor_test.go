package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/explain"
	"tokendesk/internal/git"

	"github.com/charmbracelet/colorprofile"
)

// one returns the only check of that name, as a line.
func one(t *testing.T, d diagnosis, name string) string {
	t.Helper()
	var lines []string
	for _, c := range d.Checks {
		if c.Name == name {
			lines = append(lines, c.Status+": "+explain.Line{Text: c.Text, Do: c.Do}.String())
		}
	}
	if len(lines) != 1 {
		t.Fatalf("%d checks named %s, want one: %q", len(lines), name, lines)
	}
	return lines[0]
}

func TestDoctorClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	for name, test := range map[string]struct {
		now, built, written time.Time
		want                string
	}{
		"right":    {now, now.Add(-time.Hour), now, "ok: 2026-11-23 14:05:12 UTC; consistent with the files here"},
		"no build": {now, time.Time{}, now, "ok: "},
		"slack":    {now, now, now.Add(clockSlack), "ok: "},
		"never set": {
			time.Unix(0, 0).UTC(),
			time.Time{},
			time.Unix(0, 0),
			"failure: the clock says 1970-01-01 00:00:00 UTC, which is before this program was built; set it: tokens from here expire too early",
		},
		"before build": {now, now.Add(time.Second), now, "failure: the clock says 2026-11-23 14:05:12 UTC, which is before"},
		"far ahead": {
			now.AddDate(74, 0, 0), now, now,
			"failure: the clock says 2100-11-23 14:05:12 UTC, which is too far ahead to be right; set it: tokens from here last too long",
		},
		"before file": {now, now, now.Add(clockSlack + time.Second), "warning: the clock says 2026-11-23 14:05:12 UTC, and "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			file := filepath.Join(folder, ".env")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{file, folder} {
				if err := os.Chtimes(path, test.written, test.written); err != nil {
					t.Fatal(err)
				}
			}
			var d diagnosis
			d.clock(test.now, test.built, []string{file})
			if got := one(t, d, "clock"); !strings.HasPrefix(got, test.want) {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// A file may be missing or old: then the time of its folder counts.
func TestDoctorClockByTheFolder(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	folder := t.TempDir()
	if err := os.Chtimes(folder, now, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	var d diagnosis
	d.clock(now, time.Time{}, []string{filepath.Join(folder, ".env")})
	want := "warning: the clock says 2026-11-23 14:05:12 UTC, and " + folder + " was changed later, at 2026-11-23 15:05:12 UTC; "
	if got := one(t, d, "clock"); !strings.HasPrefix(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestDoctorZone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	for tz, want := range map[string]string{
		"":               "ok: UTC",
		"UTC":            "ok: UTC",
		":/etc/nowhere":  "ok: UTC",
		"CET-1CEST":      "warning: TZ is CET-1CEST, which is unknown here, so local times are in UTC; set TZ to a name such as Europe/Berlin",
		"Europe/Nowhere": "warning: TZ is Europe/Nowhere, which",
	} {
		var d diagnosis
		d.zone(now, tz)
		if got := one(t, d, "timezone"); !strings.HasPrefix(got, want) {
			t.Errorf("TZ=%s: %s, want %s", tz, got, want)
		}
	}
	var d diagnosis
	d.zone(now.In(time.FixedZone("CET", 3600)), "")
	if got := one(t, d, "timezone"); got != "ok: CET, UTC+01:00" {
		t.Error(got)
	}
}

// terminalOf checks a terminal of 80×24 with 256 colours, after change has changed it.
func terminalOf(env map[string]string, change func(*screen)) diagnosis {
	t := screen{terminal: true, width: 80, height: 24, colours: colorprofile.ANSI256}
	t.lookup = func(name string) (string, bool) {
		if value, ok := env[name]; ok || name != "TERM" {
			return value, ok
		}
		return "xterm-256color", true
	}
	if change != nil {
		change(&t)
	}
	var d diagnosis
	d.terminal(t)
	d.editor(t)
	return d
}

func TestDoctorTerminal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		env    map[string]string
		change func(*screen)
		check  string
		want   string
	}{
		{nil, nil, "terminal", "ok: xterm-256color: the console opens as a screen"},
		{
			map[string]string{"TERM": " "},
			func(s *screen) { s.plain = "dumb" }, "terminal",
			"warning: TERM is not set, so the capabilities of the terminal are unknown and the console works line by line; set TERM",
		},
		{nil, func(s *screen) { s.plain = "dumb" }, "terminal", "ok: the console works line by line, because TERM is dumb"},
		{nil, func(s *screen) { s.plain = "input" }, "terminal", "ok: the console works line by line, because standard input is not a terminal"},
		{nil, nil, "colours", "ok: 256; "},
		{nil, func(s *screen) { s.colours = colorprofile.TrueColor }, "colours", "ok: 16 million"},
		{nil, func(s *screen) { s.colours = colorprofile.ANSI }, "colours", "ok: 16; "},
		{nil, func(s *screen) { s.colours = colorprofile.NoTTY }, "colours", "ok: none; "},
		{map[string]string{"NO_COLOR": "1"}, nil, "colours", "ok: none, because NO_COLOR is set"},
		{map[string]string{"TMUX": "/tmp/x"}, nil, "colours", "ok: 256, or as many as tmux"},
		{nil, nil, "size", "ok: 80×24"},
		{nil, func(s *screen) { s.width = 79 }, "size", "ok: 79×24; the console works, and shows more at a time from 80×24"},
		{nil, func(s *screen) { s.width, s.height = 40, 10 }, "size", "ok: 40×10; "},
		{nil, func(s *screen) { s.height = 9 }, "size", "warning: 80×9 is too small for the console; make"},
		{nil, func(s *screen) { s.width, s.height = 0, 0 }, "size", "warning: the terminal does not report its size; run stty"},
		{nil, nil, "clipboard", "ok: copies go to the terminal, which must allow OSC 52"},
		{map[string]string{"SSH_CONNECTION": "x"}, nil, "clipboard", "ok: copies go through ssh to your local terminal, which"},
		{map[string]string{"STY": "x"}, nil, "clipboard", "warning: GNU screen does not pass copies"},
		{map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, nil, "clipboard", "warning: Terminal on macOS"},
		{map[string]string{"TMUX": "x"}, nil, "clipboard", "warning: copies go through tmux, which does not report"},
		{
			map[string]string{"TMUX": "x"},
			func(s *screen) { s.setClipboard = "external" }, "clipboard",
			"warning: tmux does not pass copies to the terminal, because its set-clipboard is external; run tmux set-option -s set-clipboard on, ",
		},
		{
			map[string]string{"TMUX": "x", "SSH_TTY": "x"},
			func(s *screen) { s.setClipboard = "on" }, "clipboard",
			"ok: copies go through tmux to the terminal around it, which",
		},
		{nil, nil, "editor", "ok: none is set"},
		{map[string]string{"EDITOR": "go vet"}, nil, "editor", "ok: go, from EDITOR"},
		{
			map[string]string{"VISUAL": "no-such-editor -w", "EDITOR": "go"},
			nil, "editor",
			"warning: VISUAL names no-such-editor, which is not in PATH; set VISUAL",
		},
		{map[string]string{"EDITOR": `"$HOME/my editor"`}, nil, "editor", "ok: "},
	} {
		d := terminalOf(test.env, test.change)
		if got := one(t, d, test.check); !strings.HasPrefix(got, test.want) {
			t.Errorf("%v: %s, want %s", test.env, got, test.want)
		}
		if d.Failures > 0 {
			t.Errorf("%v: the terminal is a failure: %+v", test.env, d.Checks)
		}
	}
}

// Without a terminal, or without a screen on it, nothing else is checked.
func TestDoctorTerminalThatIsNoScreen(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*screen){
		"standard output is not a terminal": func(s *screen) { s.terminal = false },
		"because ACCESSIBLE is set":         func(s *screen) { s.plain = "accessible" },
		"because TERM is dumb":              func(s *screen) { s.plain = "dumb" },
	} {
		d := terminalOf(nil, change)
		if got := one(t, d, "terminal"); !strings.HasPrefix(got, "ok: ") || !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
		if len(d.Checks) != 2 {
			t.Errorf("%s: there were more checks: %+v", want, d.Checks)
		}
	}
}

// TestDoctorGit: no answer from git is a warning.
func TestDoctorGit(t *testing.T) {
	t.Parallel()
	var d diagnosis
	d.git(".env", git.Status{Checkout: true, Unknown: "git is not installed"})
	if got := one(t, d, "git"); !strings.HasPrefix(got, "warning: .env is inside a git checkout, and git is not installed; ") {
		t.Error(got)
	}
}

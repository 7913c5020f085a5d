package ui

import (
	"context"
	"encoding/base64"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"tokendesk/desk"
	"tokendesk/internal/terminal"
	"tokendesk/settings"
)

// session is a running console and the terminal it runs in.
type session struct {
	t       *testing.T
	keys    io.Writer
	program *tea.Program
	clock   *fakeClock

	mu       sync.Mutex
	emulator *vt.Emulator
	raw      strings.Builder // everything that was written
}

// Write takes the program's output. Without a terminal driver nobody turns a
// line feed into a new line.
func (s *session) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.raw.Write(p)
	_, err := s.emulator.WriteString(strings.ReplaceAll(string(p), "\n", "\r\n"))
	return len(p), err
}

// emulate runs a console of that size until the test ends.
func emulate(t *testing.T, width, height int, changes ...func(*Config)) *session {
	t.Helper()
	s := &session{t: t, clock: &fakeClock{at: moment}, emulator: vt.NewEmulator(width, height)}
	set := testSettings(t)
	cfg := Config{
		Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor"},
		Source: desk.Source{
			Load:     func(settings.Options) (*settings.Settings, error) { return set, nil },
			Profiles: func(string) []settings.Profile { return nil },
			Now:      s.clock.now,
			Rand:     &counter{},
		},
	}
	for _, change := range changes {
		change(&cfg)
	}
	tty, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s.keys = keys
	in := terminal.NewInput(tty)
	ctx, stop := context.WithCancel(t.Context())
	go func() { _, _ = io.Copy(io.Discard, s.emulator) }() // it answers queries; this terminal stays silent
	s.program = tea.NewProgram(New(t.Context(), cfg),
		tea.WithInput(in), tea.WithOutput(s), tea.WithEnvironment(cfg.Environ),
		tea.WithWindowSize(width, height), tea.WithFPS(120), tea.WithoutSignals())
	ended := make(chan struct{})
	go in.Deliver(ctx, s.program.Send)
	go func() {
		defer close(ended)
		_, _ = s.program.Run()
	}()
	t.Cleanup(func() {
		s.program.Quit()
		<-ended
		stop()
		_, _ = keys.Close(), tty.Close()
		if pipe, ok := s.emulator.InputPipe().(io.Closer); ok {
			_ = pipe.Close()
		}
	})
	return s
}

// press sends keys as a terminal does.
func (s *session) press(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		if _, err := io.WriteString(s.keys, key); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *session) paste(text string) { s.press("\x1b[200~" + text + "\x1b[201~") }

// tick moves the clock and lets the console see it.
func (s *session) tick(to time.Time) {
	s.clock.set(to)
	s.program.Send(tickMsg{0, to})
}

func (s *session) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emulator.String()
}

// shows waits until all of that is on the screen.
func (s *session) shows(want ...string) {
	s.t.Helper()
	s.wait(func(screen string) bool {
		for _, text := range want {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, "the screen does not show %q", want)
}

// hides waits until that is not on the screen.
func (s *session) hides(text string) {
	s.t.Helper()
	s.wait(func(screen string) bool { return !strings.Contains(screen, text) }, "the screen shows %q", text)
}

func (s *session) wait(done func(string) bool, format string, arg any) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for !done(s.screen()) {
		select {
		case <-poll.C:
		case <-ctx.Done():
			s.t.Fatalf(format+":\n%s", arg, s.screen())
		}
	}
}

const (
	enter = "\r"
	next  = "\t"
	esc   = "\x1b"
	ctrlS = "\x13"
	ctrlU = "\x15"
	ctrlY = "\x19"
)

// escape presses esc alone: a key right behind it would be taken for alt.
func (s *session) escape(until string) {
	s.t.Helper()
	s.press(esc)
	s.shows(until)
}

// clipboard waits for the first text that is sent to it, by OSC 52.
func (s *session) clipboard() string {
	s.t.Helper()
	text := ""
	s.wait(func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		_, rest, found := strings.Cut(s.raw.String(), "\x1b]52;c;")
		encoded, _, complete := strings.Cut(rest, "\a")
		decoded, err := base64.StdEncoding.DecodeString(encoded)
		text = string(decoded)
		return found && complete && err == nil
	}, "nothing was %s", "sent to the clipboard")
	return text
}

// at returns the cell in which a text begins.
func (s *session) at(text string) (x, y int) {
	s.t.Helper()
	for y, line := range strings.Split(s.screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			return ansi.StringWidth(before), y
		}
	}
	s.t.Fatalf("there is no %q:\n%s", text, s.screen())
	return 0, 0
}

// written returns everything that was written to the terminal.
func (s *session) written() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// rawText returns the text of a message that is written as it is.
func rawText(msg tea.Msg) string {
	raw, _ := msg.(tea.RawMsg)
	text, _ := raw.Msg.(string)
	return text
}

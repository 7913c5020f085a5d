package terminal_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
)

func TestDisableTeaLogs(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "trace")
	t.Setenv("TEA_TRACE", trace)
	t.Setenv("TEA_DEBUG", "true")
	t.Setenv("TEA_OTHER", "stays")

	_ = tea.NewProgram(nil)
	if _, err := os.Stat(trace); err != nil {
		t.Fatalf("Bubble Tea writes no trace, so this test shows nothing: %v", err)
	}
	_ = os.Remove(trace)

	terminal.DisableTeaLogs()
	p := tea.NewProgram(waiting{}, tea.WithInput(strings.NewReader("\x03")), tea.WithOutput(io.Discard))
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(trace); err == nil {
		t.Error("a trace was written")
	}
	if _, set := os.LookupEnv("TEA_DEBUG"); set {
		t.Error("TEA_DEBUG is still set")
	}
	if os.Getenv("TEA_OTHER") != "stays" {
		t.Error("another variable was unset")
	}
}

// waiting is a model that waits for ctrl+c.
type waiting struct{}

func (waiting) Init() tea.Cmd { return nil }

func (w waiting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "ctrl+c" {
		return w, tea.Quit
	}
	return w, nil
}

func (waiting) View() tea.View { return tea.NewView("waiting") }

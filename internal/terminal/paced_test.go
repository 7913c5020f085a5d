package terminal_test

import (
	"bytes"
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
)

// counting shows how many messages it has got.
type counting struct{ n int }

type countMsg struct{}

func (counting) Init() tea.Cmd { return nil }

func (c counting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(countMsg); ok {
		c.n++
	}
	return c, nil
}

func (c counting) View() tea.View { return tea.NewView("number " + strconv.Itoa(c.n) + ".") }

// frames is the output of a program.
type frames struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (f *frames) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.Write(p)
}

func (f *frames) size() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.Len()
}

// TestPaced: a change is drawn soon, whatever the rate of the program, and none is lost.
// If this fails after an update of Bubble Tea, its program has no such ticker any more,
// and the rate in package ui must be chosen again.
func TestPaced(t *testing.T) {
	t.Parallel()
	const slowest = 1 // frame a second
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := &frames{}, &bytes.Buffer{}
	model := terminal.NewPaced(counting{})
	program := tea.NewProgram(model, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithFPS(slowest),
		tea.WithWindowSize(80, 24), tea.WithoutSignals(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	model.Drive(program)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = program.Run()
	}()
	begin, changes := time.Now(), 0
	for _, pause := range []time.Duration{0, 1, 2, 3, 5, 7, 8, 9, 20, 40, 41, 60, 0, 0, 100} {
		time.Sleep(pause * time.Millisecond)
		before := out.size()
		program.Send(countMsg{})
		changes++
		for end := time.Now().Add(patience); out.size() == before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("change %d was not drawn", changes)
			}
		}
	}
	if took := time.Since(begin); took > time.Duration(changes)*time.Second/slowest/2 {
		t.Errorf("%d changes were drawn in %v: no sooner than without it", changes, took)
	}
	program.Quit()
	<-ended
	time.Sleep(50 * time.Millisecond) // until the pace would change
}

// TestPacedAlone: a model without its program is an ordinary one.
func TestPacedAlone(t *testing.T) {
	t.Parallel()
	var model tea.Model = terminal.NewPaced(counting{})
	if model.Init() != nil {
		t.Error("it has a command")
	}
	model, _ = model.Update(countMsg{})
	if view := model.View(); view.Content != "number 1." {
		t.Errorf("it shows %q", view.Content)
	}
}

package terminal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
)

// runProgram is the main function of a small console, and returns its exit code.
func runProgram(name string) int {
	if name == "wait" {
		return waitForSignal()
	}
	in := terminal.NewInput(os.Stdin)
	err := terminal.Run(context.Background(), in, os.Stdout, func(ctx context.Context) error {
		if name == "panic outside" {
			panic("secret")
		}
		job := terminal.NewJob(ctx, os.Stdin)
		paced := terminal.NewPaced(console{})
		p := tea.NewProgram(paced, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(os.Stdout), tea.WithFilter(job.Filter))
		paced.Drive(p)
		go in.Deliver(ctx, p.Send)
		go job.Watch(ctx, p.Send)
		_, err := p.Run()
		if errors.Is(err, tea.ErrInterrupted) {
			return &terminal.Stopped{Signal: os.Interrupt}
		}
		return err
	})
	if err == nil {
		return 0
	}
	if stopped, ok := errors.AsType[*terminal.Stopped](err); ok {
		// Nothing is printed: the terminal may be closed, or accept no output.
		return terminal.ExitCode(stopped.Signal)
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// waitForSignal shows which signals reach a program without a terminal.
func waitForSignal() int {
	ctx, stop := terminal.Signals(context.Background())
	defer stop()
	fmt.Println("ready")
	<-ctx.Done()
	stopped, ok := errors.AsType[*terminal.Stopped](context.Cause(ctx))
	if !ok {
		return 1
	}
	return terminal.ExitCode(stopped.Signal)
}

// console turns on the modes of the real console, and misbehaves on request.
type console struct {
	text   string
	frames int
}

type (
	floodMsg struct{}
	stuckMsg struct{}
)

func (console) Init() tea.Cmd { return nil }

func (c console) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		c.text += msg.String()
		switch msg.String() {
		case "ctrl+c":
			return c, tea.Quit
		case "s":
			c.text = "stuck" // drawn while the next message is not processed
			return c, func() tea.Msg { return stuckMsg{} }
		case "p":
			panic("in update")
		case "f":
			return c, flood
		case "z":
			return c, tea.Suspend
		}
	case terminal.NoShell:
		c.text = "no shell"
	case tea.PasteMsg:
		c.text += fmt.Sprintf("pasted %d", len(msg.Content))
	case stuckMsg:
		select {}
	case floodMsg:
		c.frames++
		return c, flood
	}
	return c, nil
}

func flood() tea.Msg {
	time.Sleep(time.Millisecond)
	return floodMsg{}
}

func (c console) View() tea.View {
	content := "ready " + c.text
	if c.frames > 0 {
		content = strings.Repeat(fmt.Sprintf("%079d\n", c.frames*7919), 23)
	}
	v := tea.NewView(content)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.ReportFocus = true
	return v
}

package ui

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
)

// framesPerSecond is how often the screen is drawn at most. docs/benchmarks.md
// has the measurements behind it.
const framesPerSecond = 60

// errFailed is what is said about a panic, and how to report it: its value may hold
// a token.
var errFailed = errors.New("the console failed and gave the terminal back; nothing was written: please report what you did")

// Run shows the console until the user leaves it. The terminal is given back
// however it ends. It returns a *[terminal.Stopped] when a signal ended it, or
// the terminal went away.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	terminal.Hush()
	model, input := New(ctx, cfg), terminal.Guard(cfg.Input)
	err := terminal.Run(ctx, input, cfg.Output, func(ctx context.Context) error {
		_, err := tea.NewProgram(model,
			tea.WithContext(ctx),
			tea.WithInput(input),
			tea.WithOutput(cfg.Output),
			tea.WithEnvironment(cfg.Environ),
			tea.WithColorProfile(terminal.Colours(cfg.Output, cfg.Environ)),
			tea.WithFPS(framesPerSecond),
		).Run()
		return err //nolint:wrapcheck // put into words below
	})
	return verdict(err, model.failed.Load(), trace.From(ctx))
}

// verdict says how the console ended.
func verdict(err error, failed bool, log *trace.Log) error {
	stopped, isStopped := errors.AsType[*terminal.Stopped](err)
	switch {
	case isStopped:
		return stopped
	case failed, errors.Is(err, tea.ErrProgramPanic), errors.Is(err, terminal.ErrPanicked):
		return fmt.Errorf("%w, %s", errFailed, log.Advice())
	case errors.Is(err, tea.ErrInterrupted):
		return &terminal.Stopped{Signal: os.Interrupt}
	case err != nil:
		return fmt.Errorf("the console ended: %w", err)
	}
	return nil
}

package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
)

// framesPerSecond is the rate at which the screen is drawn if [terminal.Paced] cannot
// change it. docs/benchmarks.md has the measurements.
const framesPerSecond = 60

// errFailed is the error of a panic. It does not hold the value of the panic, which
// may hold a token.
var errFailed = advice.New("the console crashed and restored the terminal; nothing was written", "please report what you did")

// Run shows the console until the user leaves it, and restores the terminal however
// it ends. It returns a *[terminal.Stopped] if a signal ended it or the terminal went
// away.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	terminal.DisableTeaLogs()
	model, input := New(ctx, cfg), terminal.NewInput(cfg.Input)
	err := terminal.Run(ctx, input, cfg.Output, func(ctx context.Context) error {
		job := terminal.NewJob(ctx, cfg.Input)
		paced := terminal.NewPaced(model)
		program := tea.NewProgram(paced,
			tea.WithContext(ctx),
			tea.WithInput(input),
			tea.WithOutput(cfg.Output),
			tea.WithEnvironment(cfg.Environ),
			tea.WithColorProfile(terminal.Colours(cfg.Output, cfg.Environ)),
			tea.WithFPS(framesPerSecond),
			tea.WithFilter(job.Filter),
		)
		paced.Drive(program)
		go input.Deliver(ctx, program.Send)
		go job.Watch(ctx, program.Send)
		_, err := program.Run()
		return err //nolint:wrapcheck // verdict explains it
	})
	if lost := lost(model.ctx.Board); err == nil && lost != "" && cfg.Note != nil {
		cfg.Note(lost)
	}
	return verdict(err, model.failed.Load(), trace.From(ctx))
}

// manyLost is how many tokens are worth a word when they go.
const manyLost = 10

// lost says what of a board is gone, if it took work to put it there.
func lost(b *desk.Board) string {
	labels := 0
	for _, e := range b.Entries() {
		if e.Label != "" {
			labels++
		}
	}
	if labels == 0 && b.Len() < manyLost {
		return ""
	}
	text := phrase.Count(b.Len(), "token was", "tokens were") + " on the board"
	if labels > 0 {
		text += ", " + strconv.Itoa(labels) + " with a label"
	}
	return text + "; the board is not saved"
}

// verdict says how the console ended.
func verdict(err error, failed bool, log *trace.Log) error {
	stopped, isStopped := errors.AsType[*terminal.Stopped](err)
	switch {
	case isStopped:
		return stopped
	case failed, errors.Is(err, tea.ErrProgramPanic), errors.Is(err, terminal.ErrPanicked):
		return advice.Add(errFailed, log.Advice())
	case errors.Is(err, tea.ErrInterrupted):
		return &terminal.Stopped{Signal: os.Interrupt}
	case err != nil:
		return fmt.Errorf("the console ended: %w", err)
	}
	return nil
}

package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"

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
	var ended atomic.Bool // otherwise the program may still be running
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
		ended.Store(true)
		return err //nolint:wrapcheck // verdict explains it
	})
	if ended.Load() && !model.failed.Load() {
		if said := model.memory.end(model); said != "" && (err == nil || isStopped(err)) && cfg.Note != nil {
			cfg.Note(said)
		}
	}
	return verdict(err, model.failed.Load(), trace.From(ctx))
}

// isStopped reports whether a signal ended the console.
func isStopped(err error) bool {
	_, is := errors.AsType[*terminal.Stopped](err)
	return is
}

// manyLost is how many tokens are worth a word when they go.
const manyLost = 10

// lost says what of a board is gone, if it took work to put it there, and why.
func lost(b *desk.Board, why string) string {
	labels := 0
	for _, e := range desk.EntriesOf(b) {
		if e.Label != "" {
			labels++
		}
	}
	switch {
	case why != "":
	case labels == 0 && b.Len() < manyLost:
		return ""
	default:
		why = "the board is not saved"
	}
	text := phrase.Count(b.Len(), "token was", "tokens were") + " on the board"
	if labels > 0 {
		text += ", " + strconv.Itoa(labels) + " with a label"
	}
	return text + "; " + why
}

// forgotten says how many tokens of a board are gone although it comes back: those that were
// not issued here.
func forgotten(b *desk.Board) string {
	n := 0
	for _, e := range desk.EntriesOf(b) {
		if (e.Arrival.Pasted || e.Arrival.File != "") && !e.Unsigned() {
			n++
		}
	}
	if n < manyLost {
		return ""
	}
	return phrase.Count(n, "token", "tokens") + " on the board came from elsewhere: subject, expiry and label are kept, but not the token"
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

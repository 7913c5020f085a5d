package terminal

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// Job is a Bubble Tea program as a job of a shell, which Windows does not have.
type Job struct{}

// NewJob returns a job that does nothing.
func NewJob(context.Context, *os.File) *Job { return &Job{} }

// Filter returns the message.
func (*Job) Filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

// Watch does nothing.
func (*Job) Watch(context.Context, func(tea.Msg)) {}

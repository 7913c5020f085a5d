package frame

import (
	"context"
	"errors"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
)

// Done is the one message with which work comes back.
type Done struct {
	Now   time.Time // when it was done
	Apply func(c *Ctx) tea.Cmd
}

// Exec hands the terminal to another program until it ends. The message that Done
// returns comes back as any other.
type Exec struct {
	Command *exec.Cmd
	Done    tea.ExecCallback
}

// Job is work of one kind, of which only the newest counts: the answer of one
// that was begun before another, or dropped, does nothing. The zero value is
// ready.
type Job struct {
	number int
	busy   bool
}

// Busy reports whether an answer is still to come.
func (j *Job) Busy() bool { return j.busy }

// Drop makes the answer that is to come do nothing.
func (j *Job) Drop() { j.number, j.busy = j.number+1, false }

// begin begins the next one, and end reports whether it is still the newest.
func (j *Job) begin() int {
	j.number, j.busy = j.number+1, true
	return j.number
}

func (j *Job) end(number int) bool {
	if number != j.number {
		return false
	}
	j.busy = false
	return true
}

// Do runs work off the loop and hands its answer to then, on the loop. The job
// may be nil: then every answer counts. What the desk has to know first is asked
// by the console, and the same work is done again after it: no part knows of
// protection or passphrases.
func Do[T any](
	c *Ctx, job *Job, work func(context.Context, *desk.Desk) (T, error), then func(*Ctx, T, error) tea.Cmd,
) tea.Cmd {
	d, clock, ctx := c.Desk, c.Env.Clock, c.Env.Context()
	if job == nil {
		job = &Job{}
	}
	number := job.begin()
	return func() tea.Msg {
		got, err := work(ctx, d)
		return Done{Now: clock(), Apply: func(c *Ctx) tea.Cmd {
			if !job.end(number) {
				return nil
			}
			if locked, ok := errors.AsType[*desk.Locked](err); ok {
				return c.Ask(locked, func(c *Ctx) tea.Cmd { return Do(c, job, work, then) })
			}
			return then(c, got, err)
		}}
	}
}

// Fetch fetches the keys that the issuer publishes, newer ones for a kid that is
// not among them, and has the desk verify with them from then on. The error says
// why there are none.
func Fetch(c *Ctx, job *Job, then func(c *Ctx, err error) tea.Cmd, kids ...string) tea.Cmd {
	from := c.Desk
	fetch := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.Fetch(ctx, kids...) }
	return Do(c, job, fetch, func(c *Ctx, d *desk.Desk, err error) tea.Cmd {
		switch {
		case c.Desk == from && err == nil:
			c.Learn(d)
		case c.Desk != from && c.Desk.Name() != from.Name():
			return nil // they are those of another profile
		case c.Desk != from && err == nil: // which has learned something else meanwhile
			return Fetch(c, job, then, kids...)
		}
		return then(c, err)
	})
}

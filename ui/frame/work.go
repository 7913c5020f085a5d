package frame

import (
	"context"
	"errors"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
)

// Done is the message with the result of work.
type Done struct {
	Now   time.Time // when it was done
	From  Screen    // that had it done
	Apply func(c *Ctx) tea.Cmd
}

// Exec hands the terminal to another program until it ends. The console then handles
// the message that Done returns.
type Exec struct {
	Command *exec.Cmd
	Done    tea.ExecCallback
}

// Job is work of one kind, of which only the newest counts: an older or dropped one
// has no effect. The zero value is ready to use.
type Job struct {
	number int
	busy   bool
}

// Busy reports whether a result is still to come.
func (j *Job) Busy() bool { return j.busy }

// Drop ignores the result that is still to come.
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

// Do runs work off the loop and hands its result to then, on the loop. If the job is
// nil, every result counts. If the desk needs an answer first, the console asks the
// user and then does the work again: no part knows of protection or passphrases.
func Do[T any](
	c *Ctx, job *Job, work func(context.Context, *desk.Desk) (T, error), then func(*Ctx, T, error) tea.Cmd,
) tea.Cmd {
	d, from, clock, ctx := c.Desk, c.Screen, c.Env.Clock, c.Env.Context()
	if job == nil {
		job = &Job{}
	}
	number := job.begin()
	return func() tea.Msg {
		got, err := work(ctx, d)
		return Done{Now: clock(), From: from, Apply: func(c *Ctx) tea.Cmd {
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

// Fetch fetches the keys that the issuer publishes, and newer ones for a kid that is
// not among them. The desk verifies with them from then on. The error says why there
// are none.
func Fetch(c *Ctx, job *Job, then func(c *Ctx, err error) tea.Cmd, kids ...string) tea.Cmd {
	from := c.Desk
	fetch := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.Fetch(ctx, kids...) }
	return Do(c, job, fetch, func(c *Ctx, d *desk.Desk, err error) tea.Cmd {
		switch {
		case c.Desk == from && err == nil:
			c.Learn(d)
			c.Desk = d
		case c.Desk != from && c.Desk.Name() != from.Name():
			return nil // they are those of another profile
		case c.Desk != from && err == nil: // it has learned something else meanwhile
			return Fetch(c, job, then, kids...)
		}
		return then(c, err)
	})
}

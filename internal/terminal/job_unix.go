//go:build unix

package terminal

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"

	"tokendesk/internal/trace"
)

const (
	// stopWait is how long the program may take to give the terminal back. If it does not,
	// an editor has the terminal, or the program is stuck.
	stopWait = 700 * time.Millisecond
	// turnWait is how long a shell may take to make a continued program the one in the
	// foreground.
	turnWait = 200 * time.Millisecond
)

// Job is a Bubble Tea program as a job of a shell. Bubble Tea itself stops and continues
// only by ctrl+z: a SIGTSTP from outside would leave the terminal in raw mode, and after a
// SIGSTOP the program would go on in the modes of the shell.
type Job struct {
	in      *os.File
	ended   <-chan struct{} // the program ends
	signals chan os.Signal
	stopped atomic.Bool   // the program has given the terminal back
	resumed chan struct{} // it was continued
	late    atomic.Bool   // a message about that is on its way
}

// NewJob returns the job of a program that reads from a terminal until ctx is done.
func NewJob(ctx context.Context, in *os.File) *Job {
	return &Job{in: in, ended: ctx.Done(), signals: make(chan os.Signal, 8), resumed: make(chan struct{}, 1)}
}

// Filter is for [tea.WithFilter]. It replaces the way in which Bubble Tea suspends.
func (j *Job) Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.SuspendMsg:
		if signal.Ignored(syscall.SIGTSTP) || !hasShell() {
			return NoShell{}
		}
		return while(j.stop)
	case *request:
		if !msg.take() {
			return nil
		}
		close(msg.begun)
		return while(msg.work)
	}
	return msg
}

// Watch relays the signals of job control to the program until ctx is done.
func (j *Job) Watch(ctx context.Context, send func(tea.Msg)) {
	defer func() { trace.From(ctx).Caught(recover()) }()
	signal.Notify(j.signals, syscall.SIGCONT)
	defer signal.Stop(j.signals)
	if !signal.Ignored(syscall.SIGTSTP) {
		signal.Notify(j.signals, syscall.SIGTSTP)
	}
	for {
		select {
		case sig := <-j.signals:
			switch {
			case sig == syscall.SIGTSTP:
				j.suspend(ctx, send)
			case j.stopped.Load():
				select {
				case j.resumed <- struct{}{}:
				default:
				}
			default:
				j.continued(ctx, send)
			}
		case <-ctx.Done():
			return
		}
	}
}

// suspend stops the program because of a SIGTSTP from outside.
func (j *Job) suspend(ctx context.Context, send func(tea.Msg)) {
	r := &request{work: j.stop, begun: make(chan struct{})}
	go func() {
		defer func() { trace.From(ctx).Caught(recover()) }()
		send(r)
	}()
	select {
	case <-r.begun:
	case <-ctx.Done():
	case <-time.After(stopWait):
		if r.take() {
			_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		}
	}
}

// continued takes the terminal again after the program was stopped without a chance to
// give it back.
func (j *Job) continued(ctx context.Context, send func(tea.Msg)) {
	if !j.myTurn() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP) // as the terminal does with whoever reads out of turn
		return
	}
	if !j.late.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer func() { trace.From(ctx).Caught(recover()) }()
		defer j.late.Store(false)
		send(&request{work: func() {}, begun: make(chan struct{})})
	}()
}

// stop stops the program, and with it the others of its job, until a shell continues it in
// the foreground. The terminal has been given back.
func (j *Job) stop() {
	select {
	case <-j.resumed: // from a time when nobody waited
	default:
	}
	j.stopped.Store(true)
	defer j.stopped.Store(false)
	caught := !signal.Ignored(syscall.SIGTSTP)
	signal.Ignore(syscall.SIGTSTP) // only the others get the next one
	_ = syscall.Kill(0, syscall.SIGTSTP)
	for syscall.Kill(os.Getpid(), syscall.SIGSTOP) == nil {
		select {
		case <-j.resumed:
		case <-j.ended:
			return
		}
		if j.myTurn() {
			break
		}
	}
	if caught {
		signal.Notify(j.signals, syscall.SIGTSTP)
	}
}

// myTurn reports whether the program is in the foreground, or will be at once.
func (j *Job) myTurn() bool {
	for end := time.Now().Add(turnWait); ; time.Sleep(5 * time.Millisecond) {
		group, err := unix.IoctlGetInt(int(j.in.Fd()), unix.TIOCGPGRP)
		if err != nil || group == syscall.Getpgrp() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// hasShell reports whether the parent process is of the same session: one of another
// session, such as a terminal that runs nothing else, does not continue a program.
func hasShell() bool {
	mine, err := unix.Getsid(0)
	parents, other := unix.Getsid(os.Getppid())
	return err != nil || other != nil || mine == parents
}

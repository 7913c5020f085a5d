package terminal

import (
	"io"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// NoShell is the message that the program cannot be suspended, because no shell started it
// that could continue it.
type NoShell struct{}

// held is work that a Bubble Tea program does between giving the terminal back and taking
// it again. It is a [tea.ExecCommand].
type held func()

// Run does the work.
func (h held) Run() error {
	h()
	return nil
}

// SetStdin does nothing.
func (held) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (held) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (held) SetStderr(io.Writer) {}

// settle is how long the renderer of Bubble Tea takes at most to stop. One that is started
// before that is stopped with it, and draws nothing any more.
const settle = 20 * time.Millisecond

// while returns the message that gives the terminal back, does the work and takes the
// terminal again. The program then gets a [tea.ResumeMsg].
func while(work func()) tea.Msg {
	settled := func() {
		time.Sleep(settle)
		work()
	}
	return tea.Exec(held(settled), func(error) tea.Msg { return tea.ResumeMsg{} })()
}

// request asks the program to do something that must not be done late.
type request struct {
	work  func()
	taken atomic.Bool // by the program, or it is too late
	begun chan struct{}
}

// take reports whether the request is still to be fulfilled, and whoever asks first gets it.
func (r *request) take() bool { return r.taken.CompareAndSwap(false, true) }

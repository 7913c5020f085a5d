package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// dialogue reads and writes lines.
type dialogue struct {
	in  *lineReader
	out *bufio.Writer
}

// errLeave ends the console.
var errLeave = errors.New("leave")

// sayf writes a line, with everything escaped that a terminal could obey.
func (d *dialogue) sayf(format string, args ...any) {
	fmt.Fprintln(d.out, visible.Text(fmt.Sprintf(format, args...)))
}

// ask writes a prompt and returns the line that was typed. The end of the input
// is errLeave.
func (d *dialogue) ask(ctx context.Context, prompt string) (string, error) {
	for {
		fmt.Fprint(d.out, prompt)
		if err := d.out.Flush(); err != nil {
			return "", err
		}
		line, err := d.in.next(ctx, prompt)
		switch {
		case err != nil:
			fmt.Fprintln(d.out) // the next output begins a line
			return "", err
		case line.fault == explain.Line{}:
			return line.text, nil
		}
		d.tell("Error", line.fault)
	}
}

// tell writes explanations, each on a line that begins with the label.
func (d *dialogue) tell(label string, lines ...explain.Line) {
	for _, line := range lines {
		d.sayf("%s: %s", label, line)
	}
}

// refused reports whether there is an error, and says why something was not done.
func (d *dialogue) refused(err error) bool {
	d.tell("Error", explain.Lines(err)...)
	return err != nil
}

// ended returns the reason why the console must end, or nil: the context is done,
// or a signal came while the user was asked something else.
func ended(ctx context.Context, err error) error {
	if stopped, ok := errors.AsType[*terminal.Stopped](err); ok {
		return stopped
	}
	return context.Cause(ctx)
}

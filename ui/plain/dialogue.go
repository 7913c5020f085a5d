package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// dialogue reads and writes lines.
type dialogue struct {
	in     *lineReader
	out    *bufio.Writer
	failed *bool // a command could not be done
}

func newDialogue(in *lineReader, out io.Writer) dialogue {
	return dialogue{in, bufio.NewWriter(out), new(bool)}
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
	return d.askWith(ctx, question{prompt: prompt})
}

// askWith is ask for a line that is read in a special way.
func (d *dialogue) askWith(ctx context.Context, q question) (string, error) {
	for {
		fmt.Fprint(d.out, q.prompt)
		if err := d.out.Flush(); err != nil {
			return "", err
		}
		line, err := d.in.next(ctx, q)
		switch {
		case err != nil:
			fmt.Fprintln(d.out) // the next output begins a line
			return "", err
		case line.fault == explain.Line{}:
			return line.text, nil
		}
		d.fail(line.fault)
	}
}

// tell writes explanations, each on a line that begins with the label.
func (d *dialogue) tell(label string, lines ...explain.Line) {
	for _, line := range lines {
		d.sayf("%s: %s", label, line)
	}
}

// fail says why something was not done, which the exit code says too.
func (d *dialogue) fail(lines ...explain.Line) {
	d.tell("Error", lines...)
	*d.failed = *d.failed || len(lines) > 0
}

// refused reports whether there is an error, and says why something was not done.
func (d *dialogue) refused(err error) bool {
	d.fail(explain.Lines(err)...)
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

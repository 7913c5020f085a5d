package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// dialogue is the lines that are read and written.
type dialogue struct {
	in  *lineReader
	out *bufio.Writer
}

// errLeave ends the console.
var errLeave = errors.New("leave")

// sayf writes a line. Everything that is not ours to begin with is escaped.
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
		case line.fault == "":
			return line.text, nil
		}
		d.sayf("Error: %s", line.fault)
	}
}

// refused says why something was not done, if it was not.
func (d *dialogue) refused(err error) bool {
	if err != nil {
		d.sayf("Error: %s", err.Error())
	}
	return err != nil
}

// problems says what is wrong with some settings.
func (d *dialogue) problems(err error) {
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		for _, problem := range problems {
			d.sayf("Problem: %s", problem.Error())
		}
		return
	}
	d.sayf("Problem: %s", err.Error())
}

// ended returns the reason why the console has to end, or nil: the context is
// done, or a signal came while something else was asked.
func ended(ctx context.Context, err error) error {
	if stopped, ok := errors.AsType[*terminal.Stopped](err); ok {
		return stopped
	}
	return context.Cause(ctx)
}

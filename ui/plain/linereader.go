package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth/find"
	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
)

// lineReader is where the lines come from. A terminal that hands over lines would
// cut a long token, so where it can be had by the key the line is edited here.
type lineReader struct {
	file    *os.File
	reader  *bufio.Reader
	keys    *terminal.KeyMode // nil when it comes by the line
	editor  *lineEditor       // likewise
	prompts chan string       // each asks for a line
	lines   chan typedLine
	redraws chan os.Signal
}

// typedLine is a line of the input, why it cannot be taken, or why there are no
// more.
type typedLine struct {
	text, fault string
	end         error
}

// newLineReader takes the terminal, until giveBack.
func newLineReader(in, out *os.File) *lineReader {
	r := &lineReader{
		file: in, reader: bufio.NewReader(in),
		prompts: make(chan string), lines: make(chan typedLine), redraws: make(chan os.Signal, 1),
	}
	if r.keys = terminal.EnterKeyMode(in, out); r.keys != nil {
		r.editor = &lineEditor{in: r.reader, out: out}
		terminal.NotifyRedraws(r.redraws)
	}
	return r
}

func (r *lineReader) giveBack() {
	if r.keys != nil {
		signal.Stop(r.redraws)
		r.keys.Leave()
	}
}

// isTerminal reports whether a person types, and no file or pipe is read.
func (r *lineReader) isTerminal() bool { return term.IsTerminal(r.file.Fd()) }

// next returns the line that is typed at the prompt, which is on the screen
// already.
func (r *lineReader) next(ctx context.Context, prompt string) (typedLine, error) {
	prompts := r.prompts
	for {
		select {
		case <-ctx.Done():
			return typedLine{}, context.Cause(ctx)
		case prompts <- prompt:
			prompts = nil
		case line := <-r.lines:
			return line, line.end
		case sig := <-r.redraws:
			if terminal.IsSuspend(sig) {
				r.editor.suspend(func() {
					r.keys.Leave()
					terminal.Suspend(ctx)
					r.keys.Enter()
				})
			}
		}
	}
}

// run reads a line each time it is asked to, until the context is done.
func (r *lineReader) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case prompt := <-r.prompts:
			line := r.read(ctx, prompt)
			select {
			case <-ctx.Done():
				return
			case r.lines <- line:
			}
		}
	}
}

// read reads a line. A terminal that ends other than by ctrl+d was closed.
func (r *lineReader) read(ctx context.Context, prompt string) (line typedLine) {
	defer func() {
		if trace.From(ctx).Caught(recover()) {
			line = typedLine{end: errReading}
		}
	}()
	var text string
	var err error
	isTerminal := r.keys != nil || r.isTerminal()
	if r.editor != nil {
		text, err = r.editor.read(prompt, find.MaxPasted)
	} else {
		text, err = readLine(r.reader, find.MaxPasted)
	}
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		return typedLine{fault: fmt.Sprintf("a line may have %d bytes: give only the token", find.MaxPasted)}
	case isTerminal && err != nil && !errors.Is(err, io.EOF):
		return typedLine{end: &terminal.Stopped{Signal: syscall.SIGHUP}}
	case err != nil:
		return typedLine{end: errLeave}
	case isTerminal && r.keys == nil && terminal.IsTruncated(len(text)):
		return typedLine{fault: fmt.Sprintf("the terminal cuts lines at %d bytes, so this is not all of it: use tokendesk inspect < FILE", len(text))}
	}
	return typedLine{text: strings.TrimSuffix(text, "\r")}
}

// errReading is a mistake of ours in reading. What was read is not in it.
var errReading = errors.New("the program was ended by an internal error while reading a line")

// readLine reads a line without its end. Of one that is longer than most bytes
// all is read and nothing returned but [bufio.ErrTooLong].
func readLine(r *bufio.Reader, most int) (string, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > most+1; !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !tooLong):
			return "", err //nolint:wrapcheck // the end of the input, for whatever reason
		case tooLong:
			return "", bufio.ErrTooLong
		}
		text := strings.TrimSuffix(string(line), "\n")
		if len(text) > most {
			return "", bufio.ErrTooLong
		}
		return text, nil
	}
}

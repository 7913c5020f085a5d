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
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
)

// lineReader reads the lines of the input. A terminal that returns whole lines would
// cut a long token, so where it can return single keys, a lineEditor edits the line.
type lineReader struct {
	file    *os.File
	reader  *bufio.Reader
	keys    *terminal.KeyMode // nil when the terminal returns whole lines
	editor  *lineEditor       // likewise
	prompts chan string       // each asks for a line
	lines   chan typedLine
	redraws chan os.Signal
}

// typedLine is a line of the input, or why it was refused, or why there are no more.
type typedLine struct {
	text  string
	fault explain.Line // zero for a line that was not refused
	end   error
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

// isTerminal reports whether a person types, rather than a file or a pipe being
// read.
func (r *lineReader) isTerminal() bool { return term.IsTerminal(r.file.Fd()) }

// next returns the line that the user types at the prompt, which is already on the
// screen.
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

// run reads a line for each prompt, until the context is done.
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

// read reads a line. A terminal that ends without ctrl+d was closed.
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
		return typedLine{fault: explain.Line{
			Text: fmt.Sprintf("a line can have at most %d bytes", find.MaxPasted), Do: "paste only the token",
		}}
	case isTerminal && err != nil && !errors.Is(err, io.EOF):
		return typedLine{end: &terminal.Stopped{Signal: syscall.SIGHUP}}
	case err != nil:
		return typedLine{end: errLeave}
	case isTerminal && r.keys == nil && terminal.IsTruncated(len(text)):
		return typedLine{fault: explain.Line{
			Text: fmt.Sprintf("the terminal cuts lines at %d bytes, so this one is incomplete", len(text)), Do: "use tokendesk inspect < FILE",
		}}
	}
	return typedLine{text: strings.TrimSuffix(text, "\r")}
}

// errReading stands for a bug in reading. It does not hold the line.
var errReading = errors.New("the program was ended by an internal error while reading a line")

// readLine reads a line without its end. It reads to the end even if there are more
// than most bytes, and then returns only [bufio.ErrTooLong].
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

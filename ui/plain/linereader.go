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
	"time"

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
	asked   chan question     // each asks for a line
	lines   chan typedLine
	redraws chan os.Signal
}

// question says how a line is read.
type question struct {
	prompt string
	// hidden says that the line is a secret, which is not shown; earlier says that the line
	// can be one of those that were typed before, and becomes one of them.
	hidden, earlier bool
	// wake returns when tell may have something to say while the user types, or zero. tell
	// returns nothing if it has not.
	wake func() time.Duration
	tell func() string
}

// typedLine is a line of the input, or why it was refused, or why there are no more.
type typedLine struct {
	text  string
	fault explain.Line // zero for a line that was not refused
	end   error
}

// newLineReader takes the terminal, until giveBack. What the editor shows goes through show.
func newLineReader(in, out *os.File, show io.Writer) *lineReader {
	r := &lineReader{
		file: in, reader: bufio.NewReader(in),
		asked: make(chan question), lines: make(chan typedLine), redraws: make(chan os.Signal, 1),
	}
	if r.keys = terminal.EnterKeyMode(in, out); r.keys != nil {
		r.editor = &lineEditor{in: r.reader, input: in, out: show, terminal: out}
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

// canHide reports whether a secret can be typed without being shown.
func (r *lineReader) canHide() bool { return r.editor != nil || !r.isTerminal() }

// next returns the line that the user types at the prompt, which is already on the
// screen.
func (r *lineReader) next(ctx context.Context, q question) (typedLine, error) {
	asked := r.asked
	for {
		alarm, stop := q.alarm()
		select {
		case <-ctx.Done():
			stop()
			return typedLine{}, context.Cause(ctx)
		case asked <- q:
			asked = nil
		case line := <-r.lines:
			stop()
			return line, line.end
		case <-alarm:
			r.announce(q)
		case sig := <-r.redraws:
			if terminal.IsSuspend(sig) {
				r.editor.suspend(func() {
					r.keys.Leave()
					terminal.Suspend(ctx)
					r.keys.Enter()
				})
			}
		}
		stop()
	}
}

// longestSleep is how long an alarm may wait: after the machine was suspended, a timer is late.
const longestSleep = 30 * time.Second

// alarm returns the channel that says when to announce something, and the function that
// releases its timer.
func (q *question) alarm() (<-chan time.Time, func()) {
	if q.wake == nil {
		return nil, func() {}
	}
	after := q.wake()
	if after == 0 {
		return nil, func() {}
	}
	timer := time.NewTimer(min(max(after, time.Millisecond), longestSleep))
	return timer.C, func() { timer.Stop() }
}

// announce says what has happened while the user types, above the line.
func (r *lineReader) announce(q question) {
	text := q.tell()
	switch {
	case text == "" || !r.isTerminal(): // a pipe is told before the next line
	case r.editor != nil:
		r.editor.interrupt(func() { r.editor.print(text) })
	default:
		fmt.Fprint(r.file, "\n"+text+q.prompt)
	}
}

// run reads a line for each prompt, until the context is done.
func (r *lineReader) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case q := <-r.asked:
			line := r.read(ctx, q)
			select {
			case <-ctx.Done():
				return
			case r.lines <- line:
			}
		}
	}
}

// read reads a line. A terminal that ends without ctrl+d was closed.
func (r *lineReader) read(ctx context.Context, q question) (line typedLine) {
	defer func() {
		if trace.From(ctx).Caught(recover()) {
			line = typedLine{end: errReading}
		}
	}()
	var text string
	var err error
	isTerminal := r.keys != nil || r.isTerminal()
	if r.editor != nil {
		text, err = r.editor.read(q, find.MaxPasted)
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

package plain

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget/buffer"
)

// lineEditor reads lines from a terminal that returns single keys. It knows the keys of
// readline. It cuts nothing, and its echo is safe to show.
type lineEditor struct {
	in       *bufio.Reader
	input    *os.File // that in reads
	out      io.Writer
	terminal *os.File // where out goes to in the end
	past     past

	mu      sync.Mutex
	ask     question
	line    buffer.Buffer
	row     row
	tooLong bool
}

// read returns the next line, of at most the given number of bytes. The error is
// [io.EOF] after ctrl+d, [bufio.ErrTooLong] when there were more bytes, and another
// one when the terminal is gone.
func (e *lineEditor) read(q question, most int) (string, error) {
	e.mu.Lock()
	e.ask, e.line, e.row, e.tooLong = q, buffer.Buffer{Secret: q.hidden}, row{}, false
	e.past.start()
	e.mu.Unlock()
	more := func() bool { return terminal.HasInputWithin(e.input, splitKey) }
	for {
		key, err := readKey(e.in, more)
		if err != nil {
			return "", io.ErrUnexpectedEOF
		}
		done, err := e.press(key, most)
		if err != nil {
			return "", err
		}
		if done {
			if q.earlier {
				e.past.add(e.line.Text())
			}
			return e.line.Text(), nil
		}
	}
}

// press obeys a key and reports whether the line is complete.
func (e *lineEditor) press(key typedKey, most int) (done bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch key.name {
	case "":
		e.insert(key.text, most)
	case "enter":
		e.line.MoveTo(len(e.line.Text()), false)
		e.echo()
		fmt.Fprintln(e.out)
		if e.tooLong {
			return true, bufio.ErrTooLong
		}
		return true, nil
	case "ctrl+d":
		if e.line.Text() == "" {
			return true, io.EOF
		}
		e.line.Press(key.name)
	case "up", "ctrl+p":
		e.recall(e.past.older)
	case "down", "ctrl+n":
		e.recall(e.past.newer)
	case "ctrl+r", "ctrl+l":
		e.reprint()
	default:
		before := len(e.line.Text())
		e.line.Press(key.name)
		e.tooLong = e.tooLong && len(e.line.Text()) >= before
	}
	if e.in.Buffered() == 0 { // a paste is echoed in large pieces
		e.echo()
	}
	return false, nil
}

// insert types a text and everything else that has been read already, as one change: each
// change copies the line.
func (e *lineEditor) insert(text string, most int) {
	var all strings.Builder
	all.WriteString(text)
	for e.in.Buffered() > 0 {
		next, _ := e.in.Peek(1)
		if b := next[0]; b < ' ' && b != '\t' || b == rubout {
			break
		}
		_, _ = e.in.Discard(1)
		all.WriteByte(next[0])
	}
	if e.tooLong = e.tooLong || len(e.line.Text())+all.Len() > most; !e.tooLong {
		e.line.Type(all.String())
	}
}

// recall replaces the line by an earlier or a later one.
func (e *lineEditor) recall(from func(now string) (string, bool)) {
	if !e.ask.earlier {
		return
	}
	if text, ok := from(e.line.Text()); ok {
		e.line.Set(text)
	}
}

// shown returns what the terminal shows of the line, and the part of it before the cursor.
func (e *lineEditor) shown() (all, before string) {
	if e.ask.hidden {
		return "", ""
	}
	text := e.line.Text()
	return visible.Text(text), visible.Text(text[:e.line.Cursor()])
}

// echo makes the terminal show the line and the cursor as they are now.
func (e *lineEditor) echo() {
	all, before := e.shown()
	e.row.draw(e.out, e.terminal, e.ask.prompt, all, before)
}

// reprint writes the prompt and the line again on the next row.
func (e *lineEditor) reprint() {
	fmt.Fprint(e.out, "\n"+e.ask.prompt)
	e.row = row{}
	e.echo()
}

// interrupt moves to the next row before do runs, and writes the prompt and the line again
// afterwards.
func (e *lineEditor) interrupt(do func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	fmt.Fprintln(e.out)
	do()
	fmt.Fprint(e.out, e.ask.prompt)
	e.row = row{}
	e.echo()
}

// print writes a text while the line is interrupted.
func (e *lineEditor) print(text string) { fmt.Fprint(e.out, text) }

// suspend is interrupt for a program that is stopped.
func (e *lineEditor) suspend(stop func()) { e.interrupt(stop) }

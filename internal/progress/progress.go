// Package progress draws one line on a terminal that says what is under way, and
// takes it away again.
package progress

import (
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/internal/visible"
)

// often is how long a line stands before it is drawn again.
const often = time.Second / 10

// erase goes to the first column and empties the line.
const erase = "\r\x1b[K"

// Line is a line on standard error. A nil one does nothing.
type Line struct {
	out   *os.File
	now   func() time.Time
	drawn time.Time
	shown bool
}

// New returns a line, or nil where it would be in the way: in a pipe or a file,
// and on a terminal that cannot move its cursor, which is one with TERM=dumb.
// NO_COLOR is about colours, and does not hide it.
func New(stderr *os.File, now func() time.Time) *Line {
	if !term.IsTerminal(stderr.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &Line{out: stderr, now: now}
}

// Say shows a text, which may quote what others wrote.
func (l *Line) Say(text string) {
	l.Draw(func(int) string { return visible.Text(text) })
}

// Draw shows what text returns for the columns that there are. It is not called,
// and the line stays, when the last one was drawn a moment ago. What is longer is
// cut.
func (l *Line) Draw(text func(width int) string) {
	if l == nil || l.now().Sub(l.drawn) < often {
		return
	}
	l.drawn = l.now()
	l.draw(text)
}

func (l *Line) draw(text func(width int) string) {
	width, _, err := term.GetSize(l.out.Fd())
	if err != nil || width < 1 {
		width = 80
	}
	width-- // the cursor behind the text stays on the line
	l.shown = true
	fmt.Fprint(l.out, erase+ansi.Truncate(text(width), width, ""))
}

// Clear takes the line away, so that another can stand there.
func (l *Line) Clear() {
	if l != nil && l.shown {
		l.shown = false
		fmt.Fprint(l.out, erase)
	}
}

// End puts a text that stays in the place of the line.
func (l *Line) End(text string) {
	if l != nil {
		l.Clear()
		fmt.Fprintln(l.out, text)
	}
}

// While does what takes a while, and shows what that is with a wheel that turns.
// A panic in it ends it without a word: the caller finds that nothing was done.
func (l *Line) While(what string, after func(time.Duration) <-chan time.Time, do func()) {
	if l == nil {
		do()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		do()
	}()
	for frame := 0; ; frame++ {
		select {
		case <-done:
			l.Clear()
			return
		case <-after(often):
			l.draw(func(int) string { return string([]rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")[frame%10]) + " " + what })
		}
	}
}

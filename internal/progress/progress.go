// Package progress shows the progress of a command on one line of a terminal, and
// removes the line afterwards.
package progress

import (
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// often is how much time passes between two drawings of the line.
const often = time.Second / 10

// erase moves the cursor to the first column and clears the line.
const erase = "\r\x1b[K"

// Line is a line on standard error. A nil one does nothing.
type Line struct {
	out   *os.File
	ascii bool // the locale has no UTF-8
	now   func() time.Time
	drawn time.Time
	shown bool
}

// New returns a line, or nil where it would be in the way: in a pipe or a file, and
// on a terminal that cannot move its cursor (TERM=dumb). NO_COLOR does not hide it,
// since it is about colours.
func New(stderr *os.File, now func() time.Time) *Line {
	if !term.IsTerminal(stderr.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &Line{out: stderr, ascii: terminal.ASCII(os.LookupEnv), now: now}
}

// Say shows a text, which need not be safe to print.
func (l *Line) Say(text string) {
	l.Draw(func(int) string { return visible.Text(text) })
}

// Draw shows the text that the function returns for the width of the terminal, and
// cuts it if it is longer. It does nothing if the line was drawn just before.
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
	width-- // leave room for the cursor on the same line
	l.shown = true
	shown := ansi.Truncate(text(width), width, "")
	if l.ascii {
		shown = visible.ASCIICells(shown)
	}
	fmt.Fprint(l.out, erase+shown)
}

// Clear removes the line.
func (l *Line) Clear() {
	if l != nil && l.shown {
		l.shown = false
		fmt.Fprint(l.out, erase)
	}
}

// End replaces the line with a text that stays.
func (l *Line) End(text string) {
	if l != nil {
		l.Clear()
		fmt.Fprintln(l.out, text)
	}
}

// While calls do and shows what it does, with a spinner, until it returns. A panic in
// do is swallowed: the caller must check whether it completed.
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

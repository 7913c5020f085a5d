package cli

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/cli/batch"
)

// progress is a line on a terminal's standard error that says how far a batch
// has come. It is nil, and does nothing, where it would be in the way.
type progress struct {
	program Program
	style   style
	total   int64 // of Counts.Read, 0 when it is not known
	began   time.Time
	drawn   time.Time
	shown   bool
}

func (p Program) newProgress(total int64) *progress {
	if !term.IsTerminal(p.Stderr.Fd()) || term.IsTerminal(p.Stdout.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &progress{program: p, style: styleFor(p.Stderr), total: total, began: p.Now()}
}

// draw draws the line, five times a second at most.
func (g *progress) draw(counts batch.Counts) {
	if g == nil {
		return
	}
	now := g.program.Now()
	if now.Sub(g.drawn) < time.Second/5 {
		return
	}
	width, _, err := term.GetSize(g.program.Stderr.Fd())
	if err != nil {
		width = 80
	}
	g.drawn, g.shown = now, true
	fmt.Fprint(g.program.Stderr, "\r\x1b[K"+g.line(counts, now.Sub(g.began), width-1))
}

// clear takes the line away, so that another can stand there.
func (g *progress) clear() {
	if g != nil && g.shown {
		g.shown = false
		fmt.Fprint(g.program.Stderr, "\r\x1b[K")
	}
}

// finish says what was done.
func (g *progress) finish(counts batch.Counts) {
	if g != nil {
		fmt.Fprintln(g.program.Stderr, done(counts, g.program.Now().Sub(g.began)))
	}
}

// line returns the line after a time, in no more than width columns.
func (g *progress) line(counts batch.Counts, after time.Duration, width int) string {
	text := done(counts, after)
	if counts.Refused > 0 {
		text += ", " + plural(int(counts.Refused), "row", "rows") + " refused"
	}
	if g.total == 0 || counts.Read == 0 {
		return text[:min(len(text), max(0, width))]
	}
	share := min(1, float64(counts.Read)/float64(g.total))
	left := time.Duration(float64(after) * (1 - share) / share)
	text += ", " + auth.FormatDuration(ceilSeconds(left)) + " left"
	const cells = 30
	if len(text)+2+cells > width {
		return text[:min(len(text), max(0, width))]
	}
	full := int(share * cells)
	return g.style.good(strings.Repeat("━", full)) + g.style.faint(strings.Repeat("─", cells-full)) + "  " + text
}

// done says how many tokens there are and, after a while, how many a second.
func done(counts batch.Counts, after time.Duration) string {
	text := grouped(counts.Tokens) + " tokens"
	if after >= time.Second {
		text += ", " + grouped(int64(float64(counts.Tokens)/after.Seconds())) + " a second"
	}
	return text
}

// grouped writes a number with its digits in groups of three.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/cli/batch"
	"tokendesk/internal/phrase"
	"tokendesk/internal/progress"
)

// batchProgress says on a terminal's standard error how far a batch has come, but
// not where the tokens go to a terminal too.
type batchProgress struct {
	line  *progress.Line
	style style
	total int64 // of Counts.Read, 0 when it is not known
	now   func() time.Time
	began time.Time
}

func (p Program) newBatchProgress(total int64) batchProgress {
	g := batchProgress{style: styleFor(p.Stderr), total: total, now: p.Now, began: p.Now()}
	if !term.IsTerminal(p.Stdout.Fd()) {
		g.line = progress.New(p.Stderr, p.Now)
	}
	return g
}

// draw draws the line.
func (g *batchProgress) draw(counts batch.Counts) {
	g.line.Draw(func(width int) string { return g.text(counts, g.now().Sub(g.began), width) })
}

// finish says what was done.
func (g *batchProgress) finish(counts batch.Counts) {
	g.line.End(done(counts, g.now().Sub(g.began)))
}

// text returns the line after a time, with a bar when the width allows one.
func (g *batchProgress) text(counts batch.Counts, after time.Duration, width int) string {
	text := done(counts, after)
	if counts.Refused > 0 {
		text += ", " + phrase.Count(int(counts.Refused), "row", "rows") + " refused"
	}
	if g.total == 0 || counts.Read == 0 {
		return text
	}
	share := min(1, float64(counts.Read)/float64(g.total))
	left := time.Duration(float64(after) * (1 - share) / share)
	text += ", " + phrase.Left(left) + " left"
	const cells = 30
	if len(text)+2+cells > width {
		return text
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

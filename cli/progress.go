package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/cli/batch"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/progress"
)

// batchProgress shows on a terminal how far a batch has come, unless the tokens go to
// a terminal too.
type batchProgress struct {
	line  *progress.Line
	style style
	total int64 // of Counts.Read, 0 when it is unknown
	now   func() time.Time
	began time.Time
}

func newBatchProgress(p Program, total int64) batchProgress {
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

// finish says how many tokens were issued.
func (g *batchProgress) finish(counts batch.Counts) {
	g.line.End(tokensIssued(counts, g.now().Sub(g.began)))
}

// text returns the line after a time, with a bar if there is room for one.
func (g *batchProgress) text(counts batch.Counts, after time.Duration, width int) string {
	text := tokensIssued(counts, after)
	if counts.Refused > 0 {
		text += ", " + phrase.Count(int(counts.Refused), "row", "rows") + " refused"
	}
	if g.total == 0 || counts.Read == 0 {
		return text
	}
	share := min(1, float64(counts.Read)/float64(g.total))
	left := time.Duration(float64(after) * (1 - share) / share)
	text += ", " + phrase.Left(left) + " left"
	const barWidth = 30
	if len(text)+2+barWidth > width {
		return text
	}
	full := int(share * barWidth)
	return g.style.tone(explain.Good, strings.Repeat("━", full)) + g.style.faint(strings.Repeat("─", barWidth-full)) + "  " + text
}

// tokensIssued says how many tokens there are and, after a second, how many per second.
func tokensIssued(counts batch.Counts, after time.Duration) string {
	text := grouped(counts.Tokens) + " tokens"
	if after >= time.Second {
		text += ", " + grouped(int64(float64(counts.Tokens)/after.Seconds())) + " per second"
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

package cli

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// watchScreen is the lines of watch on a terminal, drawn again and again in the same
// place.
type watchScreen struct {
	out     *os.File
	ascii   bool
	style   style
	columns watchColumns
	hidden  bool  // the cursor is
	drawn   []int // the widths of the lines on the screen
}

// screen returns nil where nothing can be drawn: in a pipe, on a simple terminal, for
// a screen reader, and for JSON.
func (w *watch) screen() *watchScreen {
	out := w.program.Stdout
	if w.asJSON || terminal.Plain(os.LookupEnv, out, out) != "" { // the tokens may come from a pipe
		return nil
	}
	return &watchScreen{out: out, ascii: w.program.ascii, style: styleFor(out)}
}

// draw replaces the lines on the screen. The terminal may have another size each
// time.
func (s *watchScreen) draw(tokens []*watched, warnBefore time.Duration) error {
	width, height, err := term.GetSize(s.out.Fd())
	if err != nil || width <= 0 || height <= 0 {
		width, height = 80, 24
	}
	lines := s.lines(tokens, warnBefore, width, height)
	var b strings.Builder
	if !s.hidden {
		b.WriteString("\x1b[?25l")
		s.hidden = true
	}
	b.WriteString(s.back(width))
	b.WriteString(strings.Join(lines, "\r\n"))
	s.drawn = s.drawn[:0]
	for _, line := range lines {
		s.drawn = append(s.drawn, ansi.StringWidth(line))
	}
	text := b.String()
	if s.ascii {
		text = visible.ASCIICells(text)
	}
	_, err = s.out.WriteString(text)
	return outputError(err)
}

// back moves to the start of the drawing and clears it. A terminal that has become
// narrower may have wrapped the lines.
func (s *watchScreen) back(width int) string {
	rows := -1
	for _, cells := range s.drawn {
		rows += max(1, (cells+width-1)/width)
	}
	up := ""
	if rows > 0 {
		up = fmt.Sprintf("\x1b[%dA", rows)
	}
	return "\r" + up + "\x1b[J"
}

// leave gives the terminal back, with the cursor below what was drawn.
func (s *watchScreen) leave() {
	if s == nil || !s.hidden {
		return
	}
	s.hidden, s.drawn = false, nil
	_, _ = s.out.WriteString("\r\n\x1b[?25h")
}

// lines returns the lines to draw: one for each token or, when there are more tokens
// than rows, those that expire next and how many others there are.
func (s *watchScreen) lines(tokens []*watched, warnBefore time.Duration, width, height int) []string {
	room := max(1, height-1) // the last row belongs to the shell
	shown, more := tokens, ""
	if len(tokens) > room {
		rows := max(1, room-1)
		first := 0
		for first < len(tokens)-rows && tokens[first].status.State == auth.StateExpired {
			first++
		}
		shown = tokens[first : first+rows]
		more = fmt.Sprintf("and %d more", len(tokens)-rows)
		if first > 0 {
			more += fmt.Sprintf(", %d of them expired", first)
		}
	}
	lines := make([]string, 0, len(shown)+1)
	statuses := make([]explain.Status, len(shown))
	for i, t := range shown {
		statuses[i] = t.shown(warnBefore)
		s.columns.widen(t.name, statuses[i])
	}
	columns := s.columns.fit(width)
	for i, t := range shown {
		lines = append(lines, ansi.Truncate(s.line(t.name, statuses[i], columns), width, "…"))
	}
	if more != "" && room > 1 {
		lines = append(lines, s.style.faint(ansi.Truncate(more, width, "…")))
	}
	return lines
}

// watchColumns says how many cells each column has; a column of 0 is left out. There
// are two cells between columns.
//
//	● active  ada@example.com  ━━━━━━━━━━━━╸────────  29m 41s left
//	● active  ada@example.com  29m 41s left
//	●  ada@example.com  29m 41s left
//	● 29m 41s
type watchColumns struct {
	state, name, bar, left int

	bare bool // only the sign and the time
}

const (
	columnGap = 2
	minBar    = 10
	minName   = 16
	wideName  = 40 // longer names get no more room
)

// widen makes the columns wide enough for a token. They never become narrower, so
// that nothing moves from second to second.
func (c *watchColumns) widen(name string, status explain.Status) {
	c.state = max(c.state, ansi.StringWidth(signAndWord(status)))
	c.name = max(c.name, min(ansi.StringWidth(name), wideName))
	c.left = max(c.left, ansi.StringWidth(timeLeft(status)), len("59m 59s left"))
}

// fit returns the columns for a terminal. In a narrow one the bar goes first, then
// the end of a long name, then the word next to the sign, then the name, then the
// words of the time.
func (c watchColumns) fit(width int) watchColumns {
	if c.bar = width - c.state - c.name - c.left - 3*columnGap; c.bar >= minBar {
		return c
	}
	c.bar = 0
	room := width - c.state - c.left - 2*columnGap
	if room < min(c.name, minName) {
		room += c.state - 1
		c.state = 1
	}
	if c.name = min(c.name, room); c.name < minName/4 {
		c.name = 0
	}
	c.bare = width < c.state+columnGap+c.left
	return c
}

// line draws a token.
func (s *watchScreen) line(name string, status explain.Status, c watchColumns) string {
	if c.bare {
		return s.style.tone(status.Tone, status.Sign) + " " + s.style.strong(status.Short)
	}
	parts := []string{s.style.tone(status.Tone, fit(signAndWord(status), c.state, ""))}
	if c.name > 0 {
		parts = append(parts, fit(name, c.name, "…"))
	}
	if c.bar > 0 {
		full, empty := bar(status.Portion, c.bar)
		parts = append(parts, s.style.tone(status.Bar, full)+s.style.faint(empty))
	}
	left := timeLeft(status)
	if status.State != auth.StateExpired {
		left = s.style.strong(left)
	}
	return strings.Join(append(parts, left), strings.Repeat(" ", columnGap))
}

func signAndWord(status explain.Status) string { return status.Sign + " " + status.Word }

// timeLeft returns the time next to the sign and the word, without a word that is
// there already.
func timeLeft(status explain.Status) string {
	if status.State == auth.StateExpired {
		return status.Short
	}
	return status.Left
}

// bar returns the two parts of a bar that is filled to a portion from 0 to 1. It is
// empty only at 0.
func bar(portion float64, width int) (full, empty string) {
	halves := int(min(1, max(0, portion))*float64(2*width) + 0.5)
	if portion > 0 {
		halves = max(1, halves)
	}
	full = strings.Repeat("━", halves/2)
	if halves%2 == 1 {
		full += "╸"
	}
	return full, strings.Repeat("─", width-(halves+1)/2)
}

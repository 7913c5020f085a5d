package cli

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/internal/terminal"
)

// watchScreen is the lines of watch on a terminal, which are drawn again and again in
// the same place.
type watchScreen struct {
	out     *os.File
	style   style
	columns watchColumns
	hidden  bool  // the cursor is
	drawn   []int // how wide the lines are that stand there
}

// screen returns nil where there is nothing to draw on: in a pipe, on a terminal
// that cannot do it, for a screen reader, and for JSON.
func (w *watch) screen() *watchScreen {
	out := w.program.Stdout
	if w.asJSON || terminal.Plain(os.LookupEnv, out, out) != "" { // the tokens may come from a pipe
		return nil
	}
	return &watchScreen{out: out, style: styleFor(out)}
}

// draw puts the lines in the place of those before. The terminal may have
// another size each time.
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
	_, err = s.out.WriteString(b.String())
	return outputError(err)
}

// back moves to where the drawing began and clears what is there. A terminal
// that has become narrower may have broken the lines.
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

// lines returns what is drawn: a line for each token, or, when they are more
// than the terminal is high, those that expire next and how many others there
// are.
func (s *watchScreen) lines(tokens []*watched, warnBefore time.Duration, width, height int) []string {
	room := max(1, height-1) // the last row is the shell's
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
	for _, t := range shown {
		s.columns.widen(t, t.soon(warnBefore))
	}
	columns := s.columns.fit(width)
	for _, t := range shown {
		lines = append(lines, ansi.Truncate(s.line(t, t.soon(warnBefore), columns), width, "…"))
	}
	if more != "" && room > 1 {
		lines = append(lines, s.style.faint(ansi.Truncate(more, width, "…")))
	}
	return lines
}

// watchColumns says how many cells each column has; a column of 0 is left out.
// From left to right they are two cells apart.
//
//	● active  ada@example.com  ━━━━━━━━━━━━╸────────  29m 41s left
//	● active  ada@example.com  29m 41s left
//	●  ada@example.com  29m 41s left
//	● 29m 41s
type watchColumns struct {
	state, name, bar, left int

	bare bool // nothing but the sign and the figures
}

const (
	columnGap    = 2
	leastBar     = 10
	leastName    = 16
	broadestName = 40
)

// widen makes the columns wide enough for the token. They never become narrower,
// so that nothing moves from second to second.
func (c *watchColumns) widen(t *watched, soon bool) {
	c.state = max(c.state, ansi.StringWidth(t.sign(soon)))
	c.name = max(c.name, min(ansi.StringWidth(t.name), broadestName))
	c.left = max(c.left, ansi.StringWidth(t.left()), len("59m 59s left"))
}

// fit returns the columns for a terminal. What goes first is the bar, then the
// end of a long name, then the word next to the sign, which the time says as
// well, then the name, then the words of the time.
func (c watchColumns) fit(width int) watchColumns {
	if c.bar = width - c.state - c.name - c.left - 3*columnGap; c.bar >= leastBar {
		return c
	}
	c.bar = 0
	room := width - c.state - c.left - 2*columnGap
	if room < min(c.name, leastName) {
		room += c.state - 1
		c.state = 1
	}
	if c.name = min(c.name, room); c.name < leastName/4 {
		c.name = 0
	}
	c.bare = width < c.state+columnGap+c.left
	return c
}

// line draws a token.
func (s *watchScreen) line(t *watched, soon bool, c watchColumns) string {
	if c.bare {
		return s.bareLine(t, soon)
	}
	paint := s.paint(t, soon)
	parts := []string{paint(cells(t.sign(soon), c.state, ""))}
	if c.name > 0 {
		parts = append(parts, cells(t.name, c.name, "…"))
	}
	if c.bar > 0 {
		full, empty := bar(t.status.Portion, c.bar)
		parts = append(parts, paint(full)+s.style.faint(empty))
	}
	left := t.left()
	if t.status.State != auth.StateExpired {
		left = s.style.strong(left)
	}
	return strings.Join(append(parts, left), strings.Repeat(" ", columnGap))
}

// bareLine draws a token where there is hardly any room.
func (s *watchScreen) bareLine(t *watched, soon bool) string {
	return s.paint(t, soon)(cells(t.sign(soon), 1, "")) + " " + s.style.strong(auth.FormatDuration(t.status.Left))
}

// paint returns the colour of a token's state.
func (s *watchScreen) paint(t *watched, soon bool) func(string) string {
	switch {
	case t.status.State == auth.StateExpired:
		return s.style.bad
	case soon, t.status.State == auth.StateNotYetValid:
		return s.style.warn
	default:
		return s.style.good
	}
}

// sign is the state as a sign and a word.
func (t *watched) sign(soon bool) string {
	switch {
	case t.status.State == auth.StateExpired:
		return "✗ expired"
	case t.status.State == auth.StateNotYetValid:
		return "○ not yet valid"
	case soon:
		return "▲ expires soon"
	default:
		return "● active"
	}
}

// left is the time that goes with the sign.
func (t *watched) left() string {
	left := auth.FormatDuration(t.status.Left)
	switch {
	case t.status.State == auth.StateNotYetValid:
		return "begins in " + left
	case t.status.State != auth.StateExpired:
		return left + " left"
	case t.status.Left == 0:
		return "now"
	default:
		return left + " ago"
	}
}

// cells returns the text in exactly that many cells.
func cells(text string, width int, tail string) string {
	text = ansi.Truncate(text, width, tail)
	return text + strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
}

// bar returns the two parts of a bar of so many cells that is full to a portion
// from 0 to 1. It is empty only at 0.
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

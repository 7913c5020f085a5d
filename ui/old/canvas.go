package old

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

// tone is how a sentence to the user is meant.
type tone int

const (
	quiet tone = iota
	good
	warn
	bad
)

// sign is what a tone is shown with besides its colour.
func (t tone) sign() string {
	switch t {
	case good:
		return "✓ "
	case warn:
		return "▲ "
	case bad:
		return "✗ "
	default:
		return ""
	}
}

func (s styles) tone(t tone) lipgloss.Style {
	switch t {
	case good:
		return s.good
	case warn:
		return s.warn
	case bad:
		return s.bad
	default:
		return s.faint
	}
}

// note is a sentence and how it is meant.
type note struct {
	tone tone
	text string
}

// sentence draws a sentence with its sign in at most height lines.
func (s styles) sentence(t tone, text string, width, height int) []string {
	sign := t.sign()
	width -= textWidth(sign)
	lines := wrap(visible.Text(text), width)
	if len(lines) > height && height > 0 {
		rest := strings.Join(lines[height-1:], " ")
		lines = append(lines[:height-1], ansi.Truncate(rest, width, "…"))
	}
	for i := range lines {
		lines[i] = s.tone(t).Render(sign + lines[i])
		sign = strings.Repeat(" ", textWidth(sign))
	}
	return lines
}

// canvas collects the lines of a rectangle.
type canvas struct {
	in   rect
	text []string
}

func newCanvas(in rect) *canvas {
	return &canvas{in, make([]string, max(0, in.h))}
}

// put writes lines at a rectangle that begins at the canvas' left edge or
// behind what stands there already.
func (c *canvas) put(r rect, block string) {
	for i, line := range strings.Split(block, "\n") {
		y := r.y - c.in.y + i
		if i >= r.h || y < 0 || y >= len(c.text) {
			return
		}
		c.text[y] = fit(c.text[y], r.x-c.in.x) + fit(line, r.w)
	}
}

// note writes a sentence into the rectangle.
func (c *canvas) note(r rect, s styles, sentence func() (string, tone)) {
	if text, t := sentence(); text != "" {
		c.put(r, strings.Join(s.sentence(t, text, r.w, r.h), "\n"))
	}
}

func (c *canvas) lines() []string { return c.text }

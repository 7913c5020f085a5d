package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

// Tone is how a sentence to the user is meant.
type Tone int

// The tones, from the quietest to the loudest.
const (
	Quiet Tone = iota
	Good
	Warn
	Bad
)

// Sign is what a tone is shown with besides its colour.
func (t Tone) Sign() string {
	switch t {
	case Good:
		return "✓ "
	case Warn:
		return "▲ "
	case Bad:
		return "✗ "
	default:
		return ""
	}
}

// Note is a sentence and how it is meant.
type Note struct {
	Tone Tone
	Text string
}

// Tone returns the style of a tone.
func (t *Theme) Tone(tone Tone) lipgloss.Style {
	switch tone {
	case Good:
		return t.Good
	case Warn:
		return t.Warn
	case Bad:
		return t.Bad
	default:
		return t.Faint
	}
}

// Sentence draws a sentence with its sign in at most height lines, or with a
// height of 0 in as many as it needs.
func (t *Theme) Sentence(n Note, width, height int) []string {
	sign := n.Tone.Sign()
	width -= Width(sign)
	lines := Wrap(visible.Text(n.Text), width)
	if len(lines) > height && height > 0 {
		rest := strings.Join(lines[height-1:], " ")
		lines = append(lines[:height-1], ansi.Truncate(rest, width, "…"))
	}
	for i := range lines {
		lines[i] = t.Tone(n.Tone).Render(sign + lines[i])
		sign = strings.Repeat(" ", Width(sign))
	}
	return lines
}

// Cuts reports whether a sentence has no room in the rectangle.
func (t *Theme) Cuts(n Note, r Rect) bool { return len(t.Sentence(n, r.W, 0)) > r.H }

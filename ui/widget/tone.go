package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/tone"
	"tokendesk/internal/visible"
)

// Tone is how much a sentence matters.
type Tone = tone.Tone

// The tones, from the quietest to the loudest.
const (
	Quiet = tone.Quiet
	Good  = tone.Good
	Warn  = tone.Warn
	Bad   = tone.Bad
)

// Note is a sentence and how much it matters.
type Note struct {
	Tone Tone
	Text string
}

// Tone returns the style of a tone.
func (t *Theme) Tone(of Tone) lipgloss.Style {
	return *[...]*lipgloss.Style{Quiet: &t.Faint, Good: &t.Good, Warn: &t.Warn, Bad: &t.Bad}[of]
}

// Sentence draws a sentence in at most height lines, or in as many as it needs if
// the height is 0. A sign stands before it unless it is a quiet one.
func (t *Theme) Sentence(n Note, width, height int) []string {
	sign := ""
	if n.Tone != Quiet {
		sign = n.Tone.Sign() + " "
	}
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

// Sentences draws sentences below each other.
func (t *Theme) Sentences(notes []Note, width int) []string {
	lines := make([]string, 0, len(notes))
	for _, n := range notes {
		lines = append(lines, t.Sentence(n, width, 0)...)
	}
	return lines
}

// Cuts reports whether a sentence has no room in the rectangle.
func (t *Theme) Cuts(n Note, r Rect) bool { return len(t.Sentence(n, r.W, 0)) > r.H }

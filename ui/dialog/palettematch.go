package dialog

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/internal/fuzzy"
	"tokendesk/ui/widget"
)

// found is a command that matches, and the characters of it that do.
type found struct {
	Command
	at    []int
	score int
}

// matches returns the commands that the filter leaves, the best first.
func (p *Palette) matches() []found {
	query := strings.TrimSpace(p.filter.Value())
	left := make([]found, 0, len(p.all))
	for _, command := range p.all {
		if f, ok := p.match(query, command); ok {
			left = append(left, f)
		}
	}
	if query != "" {
		slices.SortStableFunc(left, func(a, b found) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.Title), len(b.Title)))
		})
	}
	return left
}

// match says how well a command matches. Its title counts most, then what is behind it. A
// command that cannot be done now comes after one that can, and one of another screen after
// one of this.
func (p *Palette) match(query string, command Command) (found, bool) {
	const preferred, elsewhere, disabled, far = 1000, 100, 5, 3
	f := found{Command: command}
	m, ok := fuzzy.Find(query, command.Title)
	if !ok {
		if m, ok = fuzzy.Words(query, text(command)); !ok {
			return f, false
		}
		m.Score -= elsewhere
	}
	f.at, f.score = m.At, m.Score
	if command.Group == p.prefers && !command.Far {
		if _, has := fuzzy.Words(query, text(command)); has {
			f.score += preferred
		}
	}
	if command.Not != "" {
		f.score -= disabled
	}
	if command.Far {
		f.score -= far
	}
	return f, true
}

// text is all of a command that is searched.
func text(c Command) string { return c.Title + " " + c.About + " " + c.Group }

// lettered draws a text with the characters that matched in the accent. The text begins that
// many characters behind the start of what was searched.
func lettered(t *widget.Theme, text string, at []int, first int, style lipgloss.Style) string {
	hit := t.Accent.Bold(true).Underline(true)
	var line strings.Builder
	start, was := 0, false
	letters := []rune(text)
	flush := func(end int) {
		if end > start {
			used := style
			if was {
				used = hit
			}
			line.WriteString(used.Render(string(letters[start:end])))
		}
		start = end
	}
	for i := range letters {
		if _, is := slices.BinarySearch(at, i+first); is != was {
			flush(i)
			was = is
		}
	}
	flush(len(letters))
	return line.String()
}

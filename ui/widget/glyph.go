package widget

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/internal/visible"
	"tokendesk/ui/widget/buffer"
)

// glyph is a character of a line as it is drawn.
type glyph struct {
	at    int // where it begins in the line, in bytes
	text  string
	width int
}

// glyphs returns the characters of a line. One that cannot be shown as it is becomes an
// escape.
func glyphs(line string) []glyph {
	all := make([]glyph, 0, len(line))
	clean := visible.Text(line) == line
	for at := 0; at < len(line); {
		end := buffer.Next(line, at)
		g := glyph{at: at, text: line[at:end], width: 1}
		if !clean {
			g.text = visible.Text(g.text)
		}
		if len(g.text) > 1 {
			g.width = Width(g.text)
		}
		all = append(all, g)
		at = end
	}
	return all
}

// width returns how many cells the characters take.
func width(of []glyph) int {
	n := 0
	for _, g := range of {
		n += g.width
	}
	return n
}

// before returns the characters in front of a place in the line.
func before(all []glyph, at int) []glyph {
	for i, g := range all {
		if g.at >= at {
			return all[:i]
		}
	}
	return all
}

// paint draws characters, each in the style that the function returns for its place.
func paint(of []glyph, style func(at int) *lipgloss.Style) string {
	var out, run strings.Builder
	var last *lipgloss.Style
	flush := func() {
		if run.Len() > 0 {
			out.WriteString(last.Inline(true).Render(run.String()))
			run.Reset()
		}
	}
	for _, g := range of {
		if now := style(g.at); now != last {
			flush()
			last = now
		}
		run.WriteString(g.text)
	}
	flush()
	return out.String()
}

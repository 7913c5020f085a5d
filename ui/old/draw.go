package old

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// fit returns the styled text in exactly that many cells: cut with an ellipsis,
// or filled with spaces.
func fit(s string, width int) string {
	if width <= 0 {
		return ""
	}
	n := ansi.StringWidth(s)
	if n > width {
		s = ansi.Truncate(s, width, "…")
		n = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", max(0, width-n))
}

// spread puts one text at the left and one at the right end of a line. When
// there is no room for both the right one goes.
func spread(left, right string, width int) string {
	gap := width - ansi.StringWidth(left) - ansi.StringWidth(right)
	if gap < 1 {
		return fit(left, width)
	}
	return left + strings.Repeat(" ", gap) + right
}

// fill returns exactly height lines of exactly width cells.
func fill(lines []string, width, height int) []string {
	out := make([]string, 0, max(0, height))
	for i := range max(0, height) {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, fit(line, width))
	}
	return out
}

// box draws a rounded border with a title at the left and one at the right end
// of its top line around the content.
func box(line lipgloss.Style, title, right string, content []string, width, height int) []string {
	if width < 4 || height < 2 {
		return fill(nil, width, height)
	}
	left := ""
	if title != "" {
		left = " " + title + " "
	}
	if right != "" {
		right = " " + right + " "
	}
	gap := width - 4 - ansi.StringWidth(left) - ansi.StringWidth(right)
	if gap < 0 {
		right, left = "", ansi.Truncate(left, width-4, "… ")
		gap = width - 4 - ansi.StringWidth(left)
	}
	out := make([]string, 0, height)
	out = append(out, line.Render("╭─")+left+line.Render(strings.Repeat("─", gap))+right+line.Render("─╮"))
	side := line.Render("│")
	for _, text := range fill(content, width-4, height-2) {
		out = append(out, side+" "+text+" "+side)
	}
	return append(out, line.Render("╰"+strings.Repeat("─", width-2)+"╯"))
}

// beside joins two blocks of the same height.
func beside(left, right []string) []string {
	out := make([]string, len(left))
	for i := range left {
		out[i] = left[i]
		if i < len(right) {
			out[i] += right[i]
		}
	}
	return out
}

// over lays a block of lines over others, in the middle of them.
func over(under, top []string, width int) []string {
	if len(top) == 0 {
		return under
	}
	w := ansi.StringWidth(top[0])
	x, y := max(0, (width-w)/2), max(0, (len(under)-len(top))/2)
	for i, line := range top {
		if y+i >= len(under) {
			break
		}
		old, room := under[y+i], width-x-w
		rest := ansi.TruncateLeft(old, x+w, "")
		if textWidth(rest) > room { // a wide character stands on the edge
			rest = ansi.TruncateLeft(old, x+w+1, "")
		}
		under[y+i] = fit(cut(old, x), x) + line + strings.Repeat(" ", max(0, room-textWidth(rest))) + rest
	}
	return under
}

// wrap breaks a text that holds no line breaks into lines of at most width
// cells, between words where it can.
func wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	// A date or a name is not to be broken at its hyphens. The rune that stands in
	// for them is of private use, which visible.Text never lets through.
	const hyphen = "\ue000"
	wrapped := ansi.Wrap(strings.ReplaceAll(text, "-", hyphen), width, "")
	return strings.Split(strings.ReplaceAll(wrapped, hyphen, "-"), "\n")
}

// chop breaks a text into lines of exactly width cells, as a token is read.
func chop(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Hardwrap(text, width, true), "\n")
}

// bar draws how much is left, from 1 to 0, in width cells.
func bar(portion float64, width int, full, empty lipgloss.Style) string {
	if width <= 0 {
		return ""
	}
	halves := int(min(1, max(0, portion))*float64(2*width) + 0.5)
	if halves == 0 && portion > 0 {
		halves = 1
	}
	text := strings.Repeat("━", halves/2)
	if halves%2 == 1 {
		text += "╸"
	}
	rest := width - (halves+1)/2
	return full.Render(text) + empty.Render(strings.Repeat("─", rest))
}

// settle fits lines that were measured by cluster to a terminal that draws the
// parts of an emoji sequence one by one, and to a renderer that counts so: what
// a sequence takes more or less than two cells is taken from or given to the
// blanks behind it. Nothing but blanks is taken away.
func settle(lines []string) {
	for i, line := range lines {
		if !hasSequence(line) {
			continue
		}
		var b strings.Builder
		more, blank := 0, false // cells that were drawn too many; a blank came before
		for state := byte(0); len(line) > 0; {
			part, width, n, next := ansi.DecodeSequence(line, state, nil)
			line, state = line[n:], next
			switch {
			case part == " " && blank && more > 0:
				more--
				continue
			case part == " " && more < 0:
				b.WriteString(strings.Repeat(" ", -more))
				more = 0
			case width > 1:
				more += ansi.StringWidthWc(part) - width
			}
			if width > 0 {
				blank = part == " "
			}
			b.WriteString(part)
		}
		lines[i] = b.String()
	}
}

// hasSequence reports whether a line holds what is measured in two ways: a
// joiner, the emoji selector or a skin tone.
func hasSequence(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool {
		return r == '\u200d' || r == '\ufe0f' || '\U0001f3fb' <= r && r <= '\U0001f3ff'
	})
}

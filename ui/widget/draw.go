package widget

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Width returns how many cells a styled text takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut truncates without an ellipsis.
func Cut(s string, width int) string { return ansi.Truncate(s, width, "") }

// Fit returns the styled text in exactly that many cells: cut with an ellipsis,
// or filled with spaces.
func Fit(s string, width int) string {
	if width <= 0 {
		return ""
	}
	n := Width(s)
	if n > width {
		s = ansi.Truncate(s, width, "…")
		n = Width(s)
	}
	return s + strings.Repeat(" ", max(0, width-n))
}

// Clip cuts a styled text with an ellipsis if it has more cells.
func Clip(s string, width int) string { return Fit(s, min(width, Width(s))) }

// Spread puts one text at the left and one at the right end of a line. If there is no
// room for both, it leaves out the right one.
func Spread(left, right string, width int) string {
	gap := width - Width(left) - Width(right)
	if gap < 1 {
		return Fit(left, width)
	}
	return left + strings.Repeat(" ", gap) + right
}

// Fill returns exactly height lines of exactly width cells.
func Fill(lines []string, width, height int) []string {
	out := make([]string, max(0, height))
	copy(out, lines)
	for i, line := range out {
		out[i] = Fit(line, width)
	}
	return out
}

// Box draws a rounded border with a title at the left and one at the right end
// of its top line around the content.
func Box(line lipgloss.Style, title, right string, content []string, width, height int) []string {
	if width < 4 || height < 2 {
		return Fill(nil, width, height)
	}
	left := ""
	if title != "" {
		left = " " + title + " "
	}
	if right != "" {
		right = " " + right + " "
	}
	gap := width - 4 - Width(left) - Width(right)
	if gap < 0 {
		right, left = "", ansi.Truncate(left, width-4, "… ")
		gap = width - 4 - Width(left)
	}
	out := make([]string, 0, height)
	out = append(out, line.Render("╭─")+left+line.Render(strings.Repeat("─", gap))+right+line.Render("─╮"))
	side := line.Render("│")
	for _, text := range Fill(content, width-4, height-2) {
		out = append(out, side+" "+text+" "+side)
	}
	return append(out, line.Render("╰"+strings.Repeat("─", width-2)+"╯"))
}

// Beside puts a block beside one that is at least as high.
func Beside(left, right []string) []string {
	out := slices.Clone(left)
	for i, line := range right {
		out[i] += line
	}
	return out
}

// Over returns the lines with a block over them, in the middle, and where the
// block begins.
func Over(under, top []string, width int) ([]string, Rect) {
	out := append([]string{}, under...)
	if len(top) == 0 {
		return out, Rect{}
	}
	at := Rect{W: Width(top[0]), H: len(top)}
	at.X, at.Y = max(0, (width-at.W)/2), max(0, (len(out)-at.H)/2)
	for i, line := range top {
		if at.Y+i >= len(out) {
			break
		}
		old, room := out[at.Y+i], width-at.X-at.W
		rest := ansi.TruncateLeft(old, at.X+at.W, "")
		if Width(rest) > room { // a wide character crosses the edge
			rest = ansi.TruncateLeft(old, at.X+at.W+1, "")
		}
		out[at.Y+i] = Fit(Cut(old, at.X), at.X) + line + strings.Repeat(" ", max(0, room-Width(rest))) + rest
	}
	return out, at
}

// Wrap breaks a text without line breaks into lines of at most width cells, between
// words if possible.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	// A date or a name must not be broken at its hyphens. A rune for private use, which
	// visible.Text never lets through, replaces them meanwhile.
	const hyphen = "\ue000"
	wrapped := ansi.Wrap(strings.ReplaceAll(text, "-", hyphen), width, "")
	return strings.Split(strings.ReplaceAll(wrapped, hyphen, "-"), "\n")
}

// Chop breaks a text into lines of exactly width cells.
func Chop(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Hardwrap(text, width, true), "\n")
}

// Bar draws a portion from 1 to 0 as a bar of width cells.
func Bar(portion float64, width int, full, empty lipgloss.Style) string {
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

// Centered draws a heading and a sentence in the middle of the width, a third
// down the height.
func Centered(t *Theme, width, height int, heading, text string) []string {
	body := append([]string{heading, ""}, Wrap(text, max(10, width-8))...)
	lines := make([]string, max(0, (height-len(body))/3), height)
	style := t.Strong
	for _, line := range body {
		lines = append(lines, strings.Repeat(" ", max(0, (width-Width(line))/2))+style.Render(line))
		style = t.Faint
	}
	return lines
}

package widget

import "strings"

// rowSign is the width of the sign before a row of a list.
const rowSign = 2

// Row draws a styled line as a row of a list. A selected one has a bar at its left end
// and the background of the selection over its whole width.
func (t *Theme) Row(line string, width int, selected bool) string {
	line = Fit(line, width-rowSign)
	if !selected {
		return Cut(strings.Repeat(" ", rowSign)+line, width)
	}
	return over(t.selected, Cut(t.Accent.Render("▌")+" "+line, width))
}

// OnBar draws a styled line over the background of the bars that hold the screen.
func (t *Theme) OnBar(line string, width int) string { return over(t.bar, Fit(line, width)) }

// over draws a line over a background, which it begins again after each style that ends.
func over(background, line string) string {
	const reset = "\x1b[m"
	if background == "" {
		return line
	}
	return background + strings.ReplaceAll(line, reset, reset+background) + reset
}

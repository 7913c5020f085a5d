package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// tabRow holds the drawn tabs and their zones for clicks.
type tabRow struct {
	text  string
	zones []frame.Zone
}

// tabs draws the screens that have a tab. The row is blank until one of them has been
// in front.
func (s *stack) tabs(c *frame.Ctx, width int, goTo func(int) tea.Cmd) tabRow {
	t, current := c.Env.Theme, s.tab()
	row := tabRow{text: " "}
	if current < 0 {
		return row
	}
	words := s.words(c, width)
	before, gap := "", " "
	if tabsWidth(words, 2) <= width {
		gap = "  "
	}
	for i, word := range words {
		if word == "" {
			continue
		}
		row.text += before
		before = gap
		style := t.Tab
		if i == current {
			word, style = "["+word+"]", t.TabActive
		}
		at := widget.Rect{X: widget.Width(row.text), Y: 1, W: widget.Width(word), H: 1}
		row.text += style.Render(word)
		if s.tabbed() {
			row.zones = append(row.zones, frame.Zone{Rect: at, Do: func(*frame.Ctx) tea.Cmd { return goTo(i) }})
		}
	}
	return row
}

// words returns the text of the tab of each screen, empty for one without a tab. If
// there is no room for them all, only the tab of the screen in front has a name.
func (s *stack) words(c *frame.Ctx, width int) []string {
	words, short := make([]string, len(s.rows)), make([]string, len(s.rows))
	n := 0
	for i, row := range s.rows {
		if !row.tab {
			continue
		}
		n++
		short[i] = strconv.Itoa(n)
		words[i] = strings.TrimSpace(short[i] + " " + row.name + " " + row.screen.Badge(c))
	}
	if tabsWidth(words, 1) <= width {
		return words
	}
	short[s.tab()] = words[s.tab()]
	return short
}

// tabsWidth returns the width of the row with that gap between two tabs.
func tabsWidth(words []string, gap int) int {
	width := 3 - gap // the blank before them, and the brackets
	for _, word := range words {
		if word != "" {
			width += widget.Width(word) + gap
		}
	}
	return width
}

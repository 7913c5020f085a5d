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
	words := s.words(c)
	gap, x, drawn := tabGap(words, width), 1, 0
	for i, word := range words {
		if word == "" {
			continue
		}
		if drawn > 0 {
			row.text += strings.Repeat(" ", gap)
			x += gap
		}
		style := t.Tab
		if i == current {
			word, style = "["+word+"]", t.TabActive
		}
		row.text += style.Render(word)
		at := widget.Rect{X: x, Y: 1, W: widget.Width(word), H: 1}
		if s.tabbed() {
			row.zones = append(row.zones, frame.Zone{Rect: at, Do: func(*frame.Ctx) tea.Cmd { return goTo(i) }})
		}
		x += at.W
		drawn++
	}
	return row
}

// words returns the text of the tab of each screen, empty for one without a tab.
func (s *stack) words(c *frame.Ctx) []string {
	words := make([]string, len(s.rows))
	n := 0
	for i, row := range s.rows {
		if !row.tab {
			continue
		}
		n++
		words[i] = strings.TrimSpace(strconv.Itoa(n) + " " + row.screen.Name() + " " + row.screen.Badge(c))
	}
	return words
}

// tabGap returns the room between two tabs.
func tabGap(words []string, room int) int {
	width := 3 // the blank before them, and the brackets
	for _, word := range words {
		if word != "" {
			width += widget.Width(word) + 2
		}
	}
	if width-2 <= room {
		return 2
	}
	return 1
}

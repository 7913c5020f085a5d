package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// tabRow is the tabs as they are drawn, with what a click on each does.
type tabRow struct {
	text  string
	zones []frame.Zone
}

// tabs draws the screens that have a tab. There is a blank row as long as none of
// them was in front.
func (m *Model) tabs() tabRow {
	t, current := m.ctx.Env.Theme, m.stack.tab()
	row := tabRow{text: " "}
	if current < 0 {
		return row
	}
	words := m.tabWords()
	gap, x, drawn := m.tabGap(words), 1, 0
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
		width := widget.Width(word)
		if m.stack.tabbed() {
			at := widget.Rect{X: x, Y: 1, W: width, H: 1}
			row.zones = append(row.zones, frame.Zone{Rect: at, Do: func(*frame.Ctx) tea.Cmd { return m.goTo(i) }})
		}
		x += width
		drawn++
	}
	return row
}

// tabWords returns what stands in the tab of each screen, or nothing for one
// without.
func (m *Model) tabWords() []string {
	words := make([]string, len(m.stack.rows))
	n := 0
	for i, row := range m.stack.rows {
		if !row.tab {
			continue
		}
		n++
		words[i] = strings.TrimSpace(strconv.Itoa(n) + " " + row.screen.Name() + " " + row.screen.Badge(m.c()))
	}
	return words
}

// tabGap is the room between two tabs.
func (m *Model) tabGap(words []string) int {
	width := 3 // the blank before them, and the brackets
	for _, word := range words {
		if word != "" {
			width += widget.Width(word) + 2
		}
	}
	if width-2 <= m.size.W {
		return 2
	}
	return 1
}

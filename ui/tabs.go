package ui

import (
	"slices"
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

// tab is what the tab of a screen says.
type tab struct {
	row          int // of the screen
	number, name string
	badge        frame.Badge
}

// tabs draws the screens that have a tab. The row is blank until one of them has been
// in front.
func (s *stack) tabs(c *frame.Ctx, width int, goTo func(int) tea.Cmd) tabRow {
	row := tabRow{text: " "}
	if s.tab() < 0 {
		return row
	}
	all, gap := s.fitted(c, width)
	for i, tab := range all {
		if i > 0 {
			row.text += strings.Repeat(" ", gap)
		}
		text := tab.draw(c.Env.Theme, tab.row == s.tab())
		at := widget.Rect{X: widget.Width(row.text), Y: 1, W: widget.Width(text), H: 1}
		row.text += text
		if s.tabbed() {
			row.zones = append(row.zones, frame.Zone{Rect: at, Do: func(*frame.Ctx) tea.Cmd { return goTo(tab.row) }})
		}
	}
	return row
}

// draw draws a tab; that of the screen in front is a block.
func (b tab) draw(t *widget.Theme, front bool) string {
	text := strings.TrimSpace(b.number + " " + b.name)
	if front {
		return t.TabActive.Render(" "+strings.TrimSpace(text+" "+b.badge.Text)+" ") + b.news(t)
	}
	text = t.Faint.Render(b.number)
	if b.name != "" {
		text += " " + t.Tab.Render(b.name)
	}
	if b.badge.Text != "" {
		text += " " + t.Faint.Render(b.badge.Text)
	}
	return text + b.news(t)
}

func (b tab) news(t *widget.Theme) string {
	if b.badge.News.Text == "" {
		return ""
	}
	return " " + t.Tone(b.badge.News.Tone).Render("·"+b.badge.News.Text)
}

// findWidth is the room of what offerFind adds, with a blank before it.
const findWidth = len(" ctrl+p find ")

// fitted returns the tabs, and the gap between two, so that they fit the width, beside what
// offerFind adds if that is possible. Without room it leaves out the gaps, the badges of others,
// what is new, and then their names.
func (s *stack) fitted(c *frame.Ctx, width int) (all []tab, gap int) {
	for i, row := range s.rows {
		if row.tab {
			all = append(all, tab{row: i, number: strconv.Itoa(len(all) + 1), name: row.name, badge: row.screen.Badge(c)})
		}
	}
	for gap = 3; gap > 1; gap-- {
		if tabsWidth(all, gap) <= width-findWidth {
			return all, gap
		}
	}
	front := func(b *tab) bool { return b.row == s.tab() }
	for _, less := range []func(*tab){
		func(b *tab) { b.badge.Text = "" },
		func(b *tab) { b.badge.News.Text = "" },
		func(b *tab) { b.name = "" },
	} {
		for gap = 3; gap > 0; gap-- {
			if tabsWidth(all, gap) <= width {
				return all, gap
			}
		}
		all = slices.Clone(all)
		for i := range all {
			if !front(&all[i]) {
				less(&all[i])
			}
		}
	}
	return all, 1
}

// tabsWidth returns the width of the row with that gap between two tabs.
func tabsWidth(all []tab, gap int) int {
	t, width := &widget.Theme{}, 3-gap // the blank before them, and two of the block
	for _, tab := range all {
		width += widget.Width(tab.draw(t, false)) + gap
	}
	return width
}

// offerFind moves the action that finds everything from the help line to the right end of
// the row, if there is room.
func (r *tabRow) offerFind(t *widget.Theme, groups []frame.Group, width int) {
	actions := groups[len(groups)-1].Actions
	i := slices.IndexFunc(actions, func(a frame.Action) bool { return a.Enabled() && slices.Contains(a.Keys(), "ctrl+p") })
	if i < 0 {
		return
	}
	text := t.HelpKey.Render("ctrl+p") + t.HelpText.Render(" find") + " "
	at := widget.Rect{X: width - widget.Width(text), Y: 1, W: widget.Width(text), H: 1}
	if widget.Width(r.text) < at.X {
		r.text = widget.Spread(r.text, text, width)
		r.zones = append(r.zones, frame.Zone{Rect: at, Do: actions[i].Run})
		actions[i].Always = false
	}
}

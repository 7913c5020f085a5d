package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// helpLine holds the current keys in one line, with their zones for clicks.
type helpLine struct {
	text  string
	zones []frame.Zone
}

// helpItem is a key of the help line.
type helpItem struct {
	text string
	run  func(*frame.Ctx) tea.Cmd
}

// helpGap is between two keys.
const helpGap = 3

// newHelpLine draws as many of the current keys as fit. Those that are always there come
// last.
func newHelpLine(t *widget.Theme, groups []frame.Group, at widget.Rect) helpLine {
	items, last := helpItems(t, groups)
	if len(items) > 0 {
		last = besideFirst(items[0], last, at.W-1)
	}
	room := roomBeside(last, at.W-1)
	var shown []helpItem
	for _, item := range items {
		if need := widget.Width(item.text) + helpGap; need <= room {
			shown = append(shown, item)
			room -= need
		}
	}
	line := helpLine{text: " "}
	for i, item := range append(shown, last...) {
		if i > 0 {
			line.text += strings.Repeat(" ", helpGap)
		}
		place := widget.Rect{X: at.X + widget.Width(line.text), Y: at.Y, W: widget.Width(item.text), H: 1}
		line.text += item.text
		line.zones = append(line.zones, frame.Zone{Rect: place, Do: item.run})
	}
	line.text = widget.Fit(line.text, at.W)
	return line
}

// besideFirst returns the keys that are always there beside the first one, which counts most.
// Where all have no room, those between help and quit are left out.
func besideFirst(first helpItem, last []helpItem, width int) []helpItem {
	kept := slices.Clone(last)
	for len(kept) > 2 && roomBeside(kept, width) < widget.Width(first.text)+helpGap {
		kept = slices.Delete(kept, len(kept)-2, len(kept)-1)
	}
	if roomBeside(kept, width) < widget.Width(first.text)+helpGap {
		return last
	}
	return kept
}

// roomBeside returns how many cells are left beside keys.
func roomBeside(items []helpItem, width int) int {
	for _, item := range items {
		width -= widget.Width(item.text) + helpGap
	}
	return width + helpGap // none behind the last one
}

// helpItems returns the keys of the part that has the focus, and those that are always
// there.
func helpItems(t *widget.Theme, groups []frame.Group) (items, last []helpItem) {
	for i, g := range groups {
		for _, a := range g.Actions {
			h := a.Help()
			if !a.Enabled() || h.Desc == "" {
				continue
			}
			item := helpItem{t.HelpKey.Render(h.Key) + " " + t.HelpText.Render(h.Desc), a.Run}
			switch {
			case a.Always:
				last = append(last, item)
			case i < len(groups)-1:
				items = append(items, item)
			}
		}
	}
	return items, last
}

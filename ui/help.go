package ui

import (
	"strings"
)

// viewHelp draws all keys of the moment, from the same table that handles them.
func (m *Model) viewHelp(l layout) []string {
	s := m.styles
	width := min(l.body.w, 64)
	lines := m.troubles(width - 4)
	keys := len(lines)
	for _, g := range m.helpGroups {
		var rows []string
		for _, a := range g.actions {
			if h := a.Help(); a.Enabled() && h.Desc != "" {
				rows = append(rows, "  "+s.helpKey.Render(fit(h.Key, 12))+s.helpText.Render(h.Desc))
			}
		}
		if len(rows) > 0 {
			lines = append(append(lines, s.strong.Render(g.title)), rows...)
		}
	}
	room := l.body.h - 2
	if len(lines) > room && width >= 44 { // in two columns
		half := (len(lines) - keys + 1) / 2
		left, right := lines[keys:keys+half], lines[keys+half:]
		joined := make([]string, half)
		for i := range joined {
			joined[i] = fit(left[i], (width-4)/2)
			if i < len(right) {
				joined[i] += right[i]
			}
		}
		lines = append(lines[:keys:keys], joined...)
	}
	m.helpScroll = max(0, min(m.helpScroll, len(lines)-room))
	end := min(len(lines), m.helpScroll+room)
	right := ""
	if end < len(lines) || m.helpScroll > 0 {
		right = s.faint.Render("↑/↓")
	}
	return box(s.borderFocus, s.strong.Render("Keys"), right, lines[m.helpScroll:end], width, min(room, len(lines))+2)
}

// helpLine draws the keys of the moment in one line, as many as fit. Help and
// quit are always among them.
func (m *Model) helpLine(groups []group, width int) string {
	s := m.styles
	var items, last []string
	for i, g := range groups {
		for _, a := range g.actions {
			h := a.Help()
			if !a.Enabled() || h.Desc == "" {
				continue
			}
			item := s.helpKey.Render(h.Key) + " " + s.helpText.Render(h.Desc)
			if i == len(groups)-1 {
				if h.Desc == "help" || h.Desc == "quit" {
					last = append(last, item)
				}
				continue
			}
			items = append(items, item)
		}
	}
	separator := s.faint.Render(" · ")
	tail := strings.Join(last, separator)
	line, room := " ", width-1-textWidth(tail)
	for _, item := range items {
		if need := textWidth(item) + 3; need <= room { // with its separator
			line += item + separator
			room -= need
		}
	}
	return fit(line+tail, width)
}

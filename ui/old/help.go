package old

import (
	"strings"
)

// viewHelp draws all keys of the moment, from the same table that handles them.
func (m *Model) viewHelp(l layout) []string {
	s := m.styles
	width := min(l.body.w, 64)
	lines := m.cutShort(l, width-4)
	lines = append(lines, m.troubles(width-4)...)
	if m.helpOver == overlaySwitch {
		lines = append(lines, m.problems(m.switcher.err, width-4)...)
	}
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
	return box(s.borderFocus, s.strong.Render("Help"), right, lines[m.helpScroll:end], width, min(room, len(lines))+2)
}

// cutShort draws, whole, what the screen under the help has no room for: the
// latest message and the sentences beside what is typed.
func (m *Model) cutShort(l layout, width int) []string {
	var lines []string
	say := func(n note) { lines = append(lines, m.styles.sentence(n.tone, n.text, width, 0)...) }
	if _, whole := m.toastLines(l, m.said, overlayHelp); m.said.text != "" && !whole {
		say(note{m.said.tone, m.said.text})
	}
	need := func(n note, r rect) {
		if len(m.styles.sentence(n.tone, n.text, r.w, 0)) > r.h {
			say(n)
		}
	}
	switch {
	case m.helpOver == overlayEdit:
		text, t := m.editNote()
		_, r := m.editRects(l)
		need(note{t, text}, r)
	case m.helpOver == overlayNone && m.screen == screenIssue && (l.wide || !m.issue.onPane):
		f := m.formRects(l.inner(l.left))
		for i, r := range []rect{f.subjectNote, f.expiryNote, f.claimsNote} {
			need(m.issue.notes(m)[i], r)
		}
	}
	return lines
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

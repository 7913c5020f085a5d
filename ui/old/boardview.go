package old

import (
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/internal/visible"
)

// boardColumns says how wide each column is; a column of 0 is left out.
type boardColumns struct{ state, subject, label, alg, key, left, bar int }

func newBoardColumns(width int) boardColumns {
	c := boardColumns{state: 16, left: 18}
	if width < 60 {
		c.state, c.left = 2, 15 // the sign alone
	}
	if width >= 70 {
		c.alg, c.key = 7, 9
	}
	if width >= 90 {
		c.bar = 16
	}
	rest := width - c.state - c.left - c.alg - c.key - c.bar - 2
	if width >= 110 {
		c.label = rest / 3
	}
	c.subject = max(8, rest-c.label)
	return c
}

// viewBoard draws the list.
func (m *Model) viewBoard(width, height int) []string {
	b, s := &m.board, m.styles
	if len(b.items) == 0 {
		return centered(s, width, height, "No tokens yet.", "Issue one (1), or read one (3) and add it with b: it runs out here.")
	}
	head := spread(s.faint.Render(b.summary()), s.faint.Render(b.order.String()), width)
	if b.filtering || b.filter.Value() != "" {
		head = spread(b.filter.view(max(10, width/2)), s.faint.Render(b.summary()), width)
	}
	lines := []string{head}
	room := height - 1
	if len(b.list) == 0 {
		return append(lines, s.faint.Render("Nothing matches. esc clears the filter."))
	}
	columns := newBoardColumns(width)
	expired := firstAlive(b.list, m.now)
	place := b.place(m.now)
	b.offset = scrollTo(b.offset, place, room, len(b.list))
	for i := b.offset; i < min(len(b.list), b.offset+room); i++ {
		item := b.at(i, expired)
		lines = append(lines, m.boardRow(item, columns, item == b.selected))
	}
	return lines
}

// scrollTo moves the first visible place so that the selected one is seen.
func scrollTo(offset, place, room, length int) int {
	offset = min(offset, place)
	offset = max(offset, place-room+1)
	return max(0, min(offset, length-room))
}

func (b *board) summary() string {
	if len(b.list) == len(b.items) {
		return plural(len(b.items), "token", "tokens")
	}
	return itoa(len(b.list)) + " of " + plural(len(b.items), "token", "tokens")
}

func (m *Model) boardRow(item *boardItem, c boardColumns, selected bool) string {
	s := m.styles
	status := item.token.Status(m.now)
	subject := item.token.Subject()
	text := s.plain
	if selected {
		text = s.selected
	}
	subject = visible.Text(subject)
	if subject == "" {
		subject = "(no subject)"
	}
	more := []string{item.persona(), item.label}
	if c.alg > 0 { // otherwise there is no room for it
		more = append(more, m.elsewhere(item.entry))
	}
	label := visible.Text(strings.Join(slices.DeleteFunc(more, func(text string) bool { return text == "" }), " · "))
	if c.label == 0 && label != "" {
		subject += " · " + label
	}
	var b strings.Builder
	cursor := "  "
	if selected {
		cursor = s.accent.Render("▌ ")
	}
	b.WriteString(cursor)
	b.WriteString(fit(firstCells(s.sign(item.entry, status), c.state-1), c.state))
	b.WriteString(text.Render(fit(subject, c.subject-1)) + " ")
	if c.label > 0 {
		b.WriteString(s.faint.Render(fit(label, c.label-1)) + " ")
	}
	if c.alg > 0 {
		b.WriteString(s.faint.Render(fit(visible.Text(string(item.token.Algorithm())), c.alg)))
		b.WriteString(s.faint.Render(fit(item.key(), c.key)))
	}
	left := fit(timeLeft(status), c.left-1)
	if expiresSoon(status) {
		text = s.warn
	}
	b.WriteString(text.Render(left) + " ")
	if c.bar > 0 {
		b.WriteString(bar(status.Portion, c.bar-1, s.barStyle(item.entry, status), s.border))
	}
	return b.String()
}

// timeLeft is the status without the word that stands in a column of its own.
func timeLeft(status auth.Status) string {
	left := auth.FormatDuration(status.Left)
	switch status.State {
	case auth.StateExpired:
		return left + " ago"
	case auth.StateNotYetValid:
		return "in " + left
	case auth.StateNoExpiry:
		return "for ever"
	default:
		return left
	}
}

// firstCells cuts without an ellipsis, for a sign that stands for its word.
func firstCells(s string, width int) string {
	if textWidth(s) <= width {
		return s
	}
	return cut(s, width)
}

// centered draws a heading and a sentence in the middle.
func centered(s styles, width, height int, heading, text string) []string {
	lines := make([]string, 0, height)
	body := append([]string{heading, ""}, wrap(text, max(10, width-8))...)
	for range max(0, (height-len(body))/3) {
		lines = append(lines, "")
	}
	for i, line := range body {
		style := s.faint
		if i == 0 {
			style = s.strong
		}
		lines = append(lines, strings.Repeat(" ", max(0, (width-textWidth(line))/2))+style.Render(line))
	}
	return lines
}

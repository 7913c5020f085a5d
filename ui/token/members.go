package token

import (
	"bytes"
	"encoding/json"
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// object draws the header or the claims, and marks the members that are at fault.
func (b *builder) object(title string, members []explain.Member) {
	b.blank()
	if len(members) == 0 {
		b.add(b.t.Faint.Render(widget.Fit(title, labelWidth) + "empty"))
		return
	}
	names := 3
	for i := range members {
		name, _ := b.name(&members[i])
		names = max(names, min(18, widget.Width(name)))
	}
	lead := labelWidth
	if b.width < 48 { // no room for the title beside the names
		b.add(b.t.Faint.Render(title))
		title, lead = "", 1
	}
	indent := lead + names + 2
	width := max(8, b.width-indent)
	values := make([][]string, len(members))
	column := 0 // where the notes begin
	for i := range members {
		values[i] = b.value(&members[i], width)
		if w := widget.Width(values[i][0]); len(values[i]) == 1 && w <= width/2 {
			column = max(column, w)
		}
	}
	for i := range members {
		if i > 0 {
			title = ""
		}
		name, style := b.name(&members[i])
		prefix := b.t.Faint.Render(widget.Fit(title, lead)) + style.Render(widget.Fit(name, names)) + "  "
		b.member(&members[i], prefix, strings.Repeat(" ", indent), values[i], width, column)
	}
}

func (b *builder) name(m *explain.Member) (string, lipgloss.Style) {
	if m.AtFault {
		return faultSign + visible.Text(m.Name), b.t.Bad
	}
	return visible.Text(m.Name), b.t.Name
}

// member draws a name and its value, and beside the value its meaning if there is
// room. The meaning of a date is always there, below the value if need be.
func (b *builder) member(m *explain.Member, prefix, indent string, value []string, width, column int) {
	note := visible.Text(b.note(m))
	at := max(column, widget.Width(value[0])) + 3
	if inline := len(value) == 1 && note != "" && at+widget.Width(note) <= width; inline {
		b.rows = append(b.rows, row{prefix + widget.Fit(value[0], at) + b.t.Faint.Render(note), m})
		return
	}
	b.add(prefix + value[0])
	for _, line := range value[1:] {
		b.add(indent + line)
	}
	if m.Moment(b.clock) != "" {
		b.rows = append(b.rows, row{indent + b.t.Faint.Render(widget.Clip(note, width)), m})
	}
}

// note returns the meaning of a member. That of a date is without the distance,
// which the row has.
func (b *builder) note(m *explain.Member) string {
	if m.Date == nil {
		return m.Note(b.clock)
	}
	return m.Label(b.clock.Now) + " " + m.Moment(b.clock)
}

// value draws a value. Text without quotes has another colour than JSON.
func (b *builder) value(m *explain.Member, width int) []string {
	if !bytes.HasPrefix(m.Raw, []byte{'"'}) {
		return jsonLines(b.t, json.RawMessage(m.Text), width)
	}
	style := b.t.Plain
	if strings.HasPrefix(m.Text, `"`) {
		style = b.t.Str
	}
	lines := widget.Chop(visible.Text(m.Text), width)
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}
